"""A count as bars: the whole is always everybody; abstained, not voted and absent keep their place; the line stands at
what is needed. Positions are percent with two decimals, rounded down, so that parts abut."""

from dataclasses import dataclass

from redhouse.kit.sentences import Sentence
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.counts import Counts, with_unit
from redhouse.kit.voting.deciding import Outcome, Reason
from redhouse.kit.voting.words import Count

AREA = (Count.AREA_FOR, Count.AREA_PRESENT, Count.AREA)


@dataclass(frozen=True)
class Segment:
    """A part of a bar. `css` is its colour's class."""

    css: str
    label: Sentence
    number: str
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """`need_at` is where the line stands; `is_late` says that its label would run over the right edge."""

    title: Sentence
    segments: tuple[Segment, ...]
    need: str
    need_at: str
    is_late: bool
    is_quorum: bool


def bars(outcome: Outcome, counts: Counts) -> list[Bar]:
    """The vote first, by heads and by area, then each quorum that could be counted."""
    votes = [_vote(reason, outcome, counts) for reason in outcome.reasons if reason.part == "passing"]
    quorums = [reason for reason in outcome.reasons if reason.part == "quorum"]
    return [*votes, *(_quorum(reason, outcome) for reason in quorums)]


def _vote(reason: Reason, outcome: Outcome, counts: Counts) -> Bar:
    if reason.threshold.count is Count.AREA_FOR:
        agreed, part, whole = (counts.get(count) or 0 for count in AREA)
        parts = [
            ("c-yes", _("赞成的面积"), agreed),
            ("c-none", _("其余参与的面积"), part - agreed),
            ("c-away", _("未参与的面积"), whole - part),
        ]
        return _bar(reason, Sentence(_("按面积")), parts, whole)
    by_ballots = outcome.rule.attendance is Count.CAST
    given = [counts.get(count) or 0 for count in (Count.FOR, Count.AGAINST, Count.ABSTAIN)]
    attended = counts.get(outcome.rule.attendance) or sum(given)
    whole = counts.get(Count.ELECTORS) or attended
    names = (_("赞成"), _("反对"), _("弃权"))
    parts = [(css, name, number) for css, name, number in zip(("c-yes", "c-no", "c-abs"), names, given, strict=True)]
    parts += [
        ("c-none", _("其他票") if by_ballots else _("到会未投"), attended - sum(given)),
        ("c-away", _("未投票") if by_ballots else _("未到会"), whole - attended),
    ]
    return _bar(reason, Sentence(_("按人数")), parts, whole)


def _quorum(reason: Reason, outcome: Outcome) -> Bar:
    parts = [("c-here", _("已到"), reason.reached), ("c-away", _("未到"), reason.base - reason.reached)]
    return _bar(reason, Sentence("%(count)s", {"count": reason.threshold.count}), parts, reason.base)


def _bar(reason: Reason, title: Sentence, parts: list[tuple[str, str, int]], whole: int) -> Bar:
    count, segments, before = reason.threshold.count, [], 0
    for css, label, number in parts:
        start, end = _hundredths(before, whole), _hundredths(before + number, whole)
        if number:
            segments.append(
                Segment(css, Sentence(label), with_unit(count, number), _percent(start), _percent(end - start))
            )
        before += number
    at = _hundredths(min(reason.needed, whole), whole)
    is_late = at > 80 * 100
    return Bar(title, tuple(segments), with_unit(count, reason.needed), _percent(at), is_late, reason.part == "quorum")


def _hundredths(number: int, whole: int) -> int:
    return number * 10000 // whole if whole else 0


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}%"
