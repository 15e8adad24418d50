"""Does a vote carry? Whole numbers only: a count times a denominator against a base times a numerator."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from redhouse.kit.sentences import Sentence, joined
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.counts import Counts, MissingCount, check, shown, with_unit
from redhouse.kit.voting.needs import still_needed
from redhouse.kit.voting.shapes import Clause, Override, Rule, Threshold
from redhouse.kit.voting.strictness import tightened
from redhouse.kit.voting.words import Count


@dataclass(frozen=True)
class Reason:
    """One threshold: what it asked for, what was reached, and the text it comes from."""

    part: str
    threshold: Threshold
    reached: int
    base: int
    needed: int
    met: bool
    clause: Clause | None

    def sentence(self) -> Sentence:
        values = {
            "count": self.threshold.count,
            "reached": with_unit(self.threshold.count, self.reached),
            "needed": with_unit(self.threshold.count, self.needed),
            "share": self.threshold.words(),
            "base": with_unit(self.threshold.base, self.base),
        }
        if self.met:
            return Sentence(_("%(count)s%(reached)s，须达%(needed)s（%(share)s，共%(base)s），已达到。"), values)
        return Sentence(_("%(count)s%(reached)s，须达%(needed)s（%(share)s，共%(base)s），未达到。"), values)

    def as_json(self, translate: Callable[[str], str]) -> dict[str, object]:
        cited = self.clause
        return {
            "part": self.part,
            "met": self.met,
            "sentence": self.sentence().say(translate),
            "clause": cited.cite().say(translate) if cited else None,
            "mark": cited.mark.value if cited else None,
            "text": cited.text if cited else None,
        }


@dataclass(frozen=True)
class Outcome:
    """`still_needed`: the fewest more of each count that together make the vote carry, nothing taken away; empty when
    it carries. `reachable` is False when not even everybody who is left could carry it."""

    rule: Rule
    quorum_met: bool
    passed: bool
    still_needed: dict[Count, int]
    reachable: bool
    reasons: tuple[Reason, ...]

    def sentence(self) -> Sentence:
        """The whole outcome, with what is still needed."""
        if self.passed:
            return Sentence(_("通过。"))
        if not self.reachable:
            return Sentence(_("未通过：即使余下的人都来、都赞成，也达不到。"))
        lacking = [
            Sentence(_("%(count)s还差%(number)s"), {"count": count, "number": with_unit(count, number)})
            for count, number in self.still_needed.items()
        ]
        needed = {"needed": joined(lacking)}
        if self.quorum_met:
            return Sentence(_("未通过，%(needed)s。"), needed)
        return Sentence(_("到会不足，不能作出决定：%(needed)s。"), needed)

    def as_json(self, translate: Callable[[str], str]) -> dict[str, object]:
        needed: dict[str, object] = {
            count.value: shown(count, value) if count.is_area else value for count, value in self.still_needed.items()
        }
        return {
            "rule": self.rule.id,
            "body": self.rule.body.value,
            "quorum_met": self.quorum_met,
            "passed": self.passed,
            "still_needed": needed,
            "reachable": self.reachable,
            "sentence": self.sentence().say(translate),
            "reasons": [reason.as_json(translate) for reason in self.reasons],
        }


def decide(rule: Rule, counts: Counts, charter: Override | None = None) -> Outcome:
    """Apply a rule, or the stricter charter, to the counts. Abstentions stay in the base; a tie carries only where the
    rule says half is enough; without a quorum nothing carries.

    Raises MissingCount, CountError for counts that contradict one another, and WeakerThanLaw for such a charter.
    """
    stood = tightened(rule, charter) if charter else rule
    check(stood, counts)
    reasons: list[Reason] = []
    ways = [way for way in stood.quorum if _missing(way, counts) is None]
    if stood.quorum and not ways:
        raise MissingCount(stood.id, _first_missing(stood, counts))
    missing = _missing(stood.passing, counts)
    if missing is not None:
        raise MissingCount(stood.id, missing)
    for way in ways:
        reasons += [_reason("quorum", one, counts, stood) for one in way]
    quorum_met = not ways or any(all(_met(one, counts) for one in way) for way in ways)
    passing = [_reason("passing", one, counts, stood) for one in stood.passing]
    passed = quorum_met and all(reason.met for reason in passing)
    needed, reachable = ({}, True) if passed else still_needed(stood, ways, counts)
    return Outcome(stood, quorum_met, passed, needed, reachable, (*reasons, *passing))


def electors_needed(threshold: Threshold, base: int) -> int:
    """The threshold over a base as a whole number: rounded up for 以上, one above the floor for 过半数 and 超过."""
    return threshold.least(base)


def required_counts(rule: Rule) -> list[Count]:
    """What has to be counted for a rule, in the order of the vocabulary. Of alternative quorums one suffices."""
    used = set(chain.from_iterable((one.count, one.base) for one in chain(*rule.quorum, rule.passing)))
    return [count for count in Count if count in used]


def _first_missing(rule: Rule, counts: Counts) -> Count:
    """The count to ask for: of the alternative that lacks least, the first."""
    lacking = [[c for one in way for c in (one.base, one.count) if counts.get(c) is None] for way in rule.quorum]
    return min(lacking, key=len)[0]


def _missing(thresholds: tuple[Threshold, ...], counts: Counts) -> Count | None:
    for one in thresholds:
        for count in (one.base, one.count):
            if counts.get(count) is None:
                return count
    return None


def _met(one: Threshold, counts: Counts) -> bool:
    return one.holds(counts.get(one.count) or 0, counts.get(one.base) or 0)


def _reason(part: str, one: Threshold, counts: Counts, rule: Rule) -> Reason:
    reached, base = counts.get(one.count) or 0, counts.get(one.base) or 0
    return Reason(part, one, reached, base, one.least(base), one.holds(reached, base), rule.clause(part))
