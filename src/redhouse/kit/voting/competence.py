"""Which body may decide what, on which day, by which rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from redhouse.kit.sentences import Sentence, joined
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.library import rule_at
from redhouse.kit.voting.reading import clause, document
from redhouse.kit.voting.shapes import Clause, Rule
from redhouse.kit.voting.words import Condition, Subject, VoteBody


@dataclass(frozen=True)
class Competence:
    """Whether `body` may decide `subject` on a day. The vote must carry by every one of `rules`. `sentence` says it, or
    why not; `conditions` are facts of the case that must hold besides."""

    subject: Subject
    body: VoteBody
    on: date
    allowed: bool
    rules: tuple[str, ...]
    conditions: tuple[Condition, ...]
    clause: Clause | None
    sentence: Sentence

    def votes(self) -> list[Rule]:
        """The rules themselves, as they stand on the day."""
        return [rule_at(one, self.on, self.body) for one in self.rules]

    def say(self, translate: Callable[[str], str]) -> str:
        return self.sentence.say(translate)


def competent(subject: Subject, body: VoteBody, on: date) -> Competence:
    """May this body decide this on that day? A body that no text names may not."""
    entries = [entry for entry in _entries()[subject] if _stands(entry, on)]
    for entry in entries:
        if entry["body"] == body:
            return _answer(entry, subject, body, on)
    values = {"subject": subject, "body": body, "on": on}
    able = [VoteBody(entry["body"]) for entry in entries if entry.get("rules")]
    if not able:
        said = Sentence(_("%(on)s没有条文规定由谁表决决定“%(subject)s”。"), values)
        return Competence(subject, body, on, False, (), (), None, said)
    said = Sentence(
        _("%(on)s“%(subject)s”不由%(body)s决定，而由%(able)s决定。"),
        {**values, "able": joined(able, _("%(a)s或%(b)s"))},
    )
    cited = next(clause(entry["clause"]) for entry in entries if entry.get("rules"))
    return Competence(subject, body, on, False, (), (), cited, said)


def bodies_for(subject: Subject, on: date) -> list[Competence]:
    """Every body that may decide this on that day, the one of all members first."""
    return [found for body in VoteBody if (found := competent(subject, body, on)).allowed]


def _answer(entry: Mapping[str, Any], subject: Subject, body: VoteBody, on: date) -> Competence:
    cited, rules = clause(entry["clause"]), tuple(entry.get("rules", ()))
    conditions = tuple(Condition(one) for one in entry.get("if", ()))
    values = {"subject": subject, "body": body, "on": on, "rules": joined(rules), "clause": cited.cite()}
    if not rules:
        said = Sentence(_("“%(subject)s”不能由%(body)s决定：%(clause)s保留给全体会议，不能交给代表。"), values)
        return Competence(subject, body, on, False, (), (), cited, said)
    said = Sentence(_("%(on)s“%(subject)s”可以由%(body)s按%(rules)s决定（%(clause)s）。"), values)
    return Competence(subject, body, on, True, rules, conditions, cited, said)


@cache
def _entries() -> Mapping[Subject, tuple[Mapping[str, Any], ...]]:
    """Lines of competence.toml by subject. Raises ValueError for an unknown subject and for one that is missing."""
    data = document("competence.toml")
    if set(data) != {subject.value for subject in Subject}:
        raise ValueError(f"competence.toml: {set(data) ^ {subject.value for subject in Subject}}")
    return {Subject(name): tuple(lines) for name, lines in data.items()}


def _stands(entry: Mapping[str, Any], on: date) -> bool:
    return ("from_on" not in entry or entry["from_on"] <= on) and ("until_on" not in entry or on < entry["until_on"])
