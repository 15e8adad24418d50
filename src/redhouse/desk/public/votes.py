"""The vote calculator as a page: which rule, which counts, what came out. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from redhouse.kit.sentences import SentenceError
from redhouse.kit.voting import (
    Bar,
    Clause,
    Count,
    MissingCount,
    Mode,
    Outcome,
    Reason,
    Rule,
    Subject,
    VoteBody,
    bars,
    bodies_for,
    decide,
    required_counts,
    rules_on,
    told,
)
from redhouse.kit.voting.entering import counted, day

FIRST = "V09"
EARLIEST = date(1990, 1, 1)  # the oldest text in force that is known here
ALSO = (Count.AGAINST, Count.ABSTAIN)  # nobody has to give them, and everybody has them


@dataclass(frozen=True)
class Choice:
    """A rule in the list: its key in the address, and its name."""

    key: str
    name: str
    rule: Rule


@dataclass(frozen=True)
class Field:
    """One count to fill in. `is_missing` says that the rule still needs it."""

    name: str
    label: str
    value: str
    is_area: bool
    is_missing: bool


@dataclass(frozen=True)
class Cited:
    """A sentence with the text it comes from, in the reader's language."""

    label: str
    sentence: str
    cite: str
    text: str
    is_law: bool
    met: bool | None = None


@dataclass(frozen=True)
class Part:
    css: str
    label: str
    number: str
    x: str
    width: str


@dataclass(frozen=True)
class Drawn:
    """A bar for the template."""

    title: str
    parts: list[Part]
    bar: Bar
    height: int


@dataclass(frozen=True)
class Able:
    """Who decides a subject: the body, its rules, and what must hold besides."""

    subject: str
    bodies: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Calculation:
    """Everything the page prints. `error` is a sentence where the counts, the day or the rule cannot be read."""

    on: date
    choices: list[Choice]
    chosen: Choice
    fields: list[Field]
    counts_area: bool
    lines: list[Cited]
    error: str
    outcome: Outcome | None
    headline: str
    reasons: list[Cited]
    drawn: list[Drawn]


def calculation(asked: Mapping[str, str], today: date) -> Calculation:
    """What a stranger asked: `rule` (a key), `on`, and counts; the first rule and today where they say nothing."""
    error, on = "", today
    try:
        on = day(asked["on"]) if asked.get("on") else today
    except SentenceError as unread:
        error = unread.say(_)
    choices = choices_on(on)
    if not rules_on(on):
        error = _("%(on)s还没有可用的规则；下面列的是%(first)s的。") % {"on": on, "first": EARLIEST}
    wanted = asked.get("rule") or (FIRST if any(one.key == FIRST for one in choices) else choices[0].key)
    chosen = next((one for one in choices if one.key == wanted), None)
    if chosen is None:
        error = error or _("%(on)s没有“%(rule)s”这条规则；请另选一条。") % {"on": on, "rule": wanted[:40]}
        chosen = choices[0]
    rule, outcome, missing = chosen.rule, None, None
    drawn: list[Drawn] = []
    needed = [count for count in Count if count in {*required_counts(rule), *ALSO}]
    given = {count.value: asked[count.value] for count in needed if asked.get(count.value)}
    if given and not error:
        try:
            counts = counted(given)
            outcome = decide(rule, counts)
            drawn = [_drawn(bar) for bar in bars(outcome, counts)]
        except SentenceError as refused:
            error, missing = refused.say(_), refused.count if isinstance(refused, MissingCount) else None
    return Calculation(
        on=on,
        choices=choices,
        chosen=chosen,
        fields=[_field(count, asked.get(count.value, ""), missing) for count in needed],
        counts_area=Count.AREA in needed,
        lines=[_cited(_(line.part.label), _capital(line.sentence.say(_)), line.clause) for line in told(rule)],
        error=error,
        outcome=outcome,
        headline=outcome.sentence().say(_) if outcome else "",
        reasons=[_reason(one) for one in outcome.reasons] if outcome else [],
        drawn=drawn,
    )


def choices_on(on: date) -> list[Choice]:
    """Every rule of the day; of a rule with several bodies or modes each one. Before there was any,
    those of the first day."""
    found = rules_on(on) or rules_on(EARLIEST)
    several = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    return [_choice(one, one.id in several) for one in found]


def who_decides(on: date) -> list[Able]:
    """Subject by subject, the bodies that may decide it on the day."""
    return [
        Able(
            _capital(_(subject.label)),
            [
                (
                    _capital(_(one.body.label)),
                    "+".join(one.rules),
                    "；".join(_(condition.label) for condition in one.conditions),
                )
                for one in bodies_for(subject, on)
            ],
        )
        for subject in Subject
    ]


def _choice(rule: Rule, is_one_of_several: bool) -> Choice:
    name = rule.name_en if _is_english() else rule.name
    if not is_one_of_several:
        return Choice(rule.id, f"{rule.id} {name}", rule)
    which = rule.mode if rule.mode in list(Mode) else rule.body.value
    word = Mode(which) if which in list(Mode) else VoteBody(which)
    return Choice(f"{rule.id}.{which}", f"{rule.id} {name} · {_(word.label)}", rule)


def _field(count: Count, value: str, missing: Count | None) -> Field:
    return Field(count.value, _capital(_(count.label)), value[:40], count.is_area, count is missing)


def _reason(reason: Reason) -> Cited:
    label = _("法定人数") if reason.part == "quorum" else _("通过条件")
    return _cited(label, _capital(reason.sentence().say(_)), reason.clause, reason.met)


def _cited(label: str, sentence: str, clause: Clause | None, met: bool | None = None) -> Cited:
    if clause is None:
        return Cited(label, sentence, "", "", False, met)
    text = clause.text_en if _is_english() else clause.text
    return Cited(label, sentence, clause.cite().say(_), text, clause.is_law, met)


def _drawn(bar: Bar) -> Drawn:
    parts = [Part(one.css, one.label.say(_), one.number, one.x, one.width) for one in bar.segments]
    return Drawn(bar.title.say(_), parts, bar, 16 if bar.is_quorum else 28)


def _capital(text: str) -> str:
    """Words of a vocabulary stand inside sentences too, so that they are written small."""
    return text[:1].upper() + text[1:]


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
