"""Reads of a box: what was given out and cast by each channel, what the two keyings say, and what it comes to."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from redhouse.ground.access.reach import everything
from redhouse.ground.process.enums import LIVE_CHOICES, TURNS, Channel, Method, Way
from redhouse.ground.process.models import Ballot, Box, Mark
from redhouse.ground.process.queries.meetings import Attendance
from redhouse.kit import box as published
from redhouse.kit.voting import Count as C
from redhouse.kit.voting import Counts


@dataclass(frozen=True)
class Difference:
    """A paper ballot on which the keyings do not agree; an empty word: not keyed in that turn."""

    number: int
    first: str
    second: str


@dataclass(frozen=True)
class Keyer:
    """Who keys the ballots the first or the second time."""

    person_id: int
    name: str


@dataclass(frozen=True)
class Keyed:
    """The two keyings held against each other. `agreed` maps the number of a ballot to what is on it."""

    tellers: Mapping[int, Keyer]
    sizes: Mapping[int, int]
    agreed: Mapping[int, str]
    differences: tuple[Difference, ...]
    settled: Mapping[int, str]  # by a third look; empty: no such ballot

    @property
    def open(self) -> tuple[Difference, ...]:
        """Differences that nobody has settled yet."""
        return tuple(difference for difference in self.differences if difference.number not in self.settled)

    @property
    def valid(self) -> dict[int, str]:
        """What counts: agreed, or settled by the third look, which has the last word."""
        return {number: choice for number, choice in {**self.agreed, **self.settled}.items() if choice}


def keyed(box: Box) -> Keyed:
    """One query, two where something differs: who was appointed, each with what they keyed."""
    with everything():  # who keys is known to everybody at the meeting
        tellers = box.tellers.order_by("turn")
        rows = list(tellers.values_list("turn", "person", "person__name", "keyings__number", "keyings__choice"))
    read: dict[int, dict[int, str]] = {turn: {} for turn in TURNS}
    for turn, _person, _name, number, choice in rows:
        if number is not None:
            read[turn][number] = choice
    first, second = (read[turn] for turn in TURNS)
    numbers = sorted(first.keys() | second.keys())
    differences = tuple(
        Difference(number, first.get(number, ""), second.get(number, ""))
        for number in numbers
        if first.get(number) != second.get(number)
    )
    return Keyed(
        tellers={turn: Keyer(person, name) for turn, person, name, _number, _choice in rows},
        sizes={turn: len(read[turn]) for turn in TURNS},
        agreed={number: first[number] for number in numbers if first.get(number) == second.get(number)},
        differences=differences,
        settled=dict(box.third_looks.values_list("number", "choice")) if differences else {},
    )


@dataclass(frozen=True)
class Line:
    """One channel: who may cast by it, how many did, what stands on the ballots (None: not told before the end)."""

    channel: str
    may: int
    cast: int
    choices: Mapping[str, int] | None
    pending: int

    @property
    def missing(self) -> int:
        return max(0, self.may - self.cast - self.pending)


@dataclass(frozen=True)
class Standing:
    """How a vote stands. While a secret box is open, only how many were cast is told: a running count beside the list
    of who has just voted would give every single vote away."""

    attendance: Attendance
    lines: tuple[Line, ...]
    is_told: bool
    handed: int  # ballots on paper that were handed out

    @property
    def cast(self) -> int:
        return sum(line.cast for line in self.lines)

    @property
    def may(self) -> int:
        return sum(line.may for line in self.lines)

    @property
    def pending(self) -> int:
        return sum(line.pending for line in self.lines)

    def total(self, choice: str) -> int:
        return sum((line.choices or {}).get(choice, 0) for line in self.lines)


def marks_by_channel(box: Box) -> dict[str, int]:
    with everything():
        return dict(box.marks.order_by().values_list("channel").annotate(Count("pk")))


def standing(box: Box, there: Attendance, papers: Keyed) -> Standing:
    """The table of a vote in progress, from who is there and what was keyed so far; one query, two in a named vote."""
    marks = marks_by_channel(box)
    told = box.method == Method.NAMED
    on_paper, online = marks.get(Channel.PAPER, 0), marks.get(Channel.ONLINE, 0)
    with everything():
        live = box.marks.exclude(choice="").order_by().values_list("choice")
        named = dict(live.annotate(Count("pk"))) if told else {}
    return Standing(
        attendance=there,
        lines=(
            Line(
                Channel.PAPER,
                # present on the spot or by proxy and not yet given a ballot: they will vote on paper
                on_paper + there.waiting[Way.ONSITE] + there.waiting[Way.PROXY],
                len(papers.valid),
                Counter(papers.valid.values()) if told else None,
                len(papers.open),
            ),
            Line(Channel.ONLINE, online + there.waiting[Way.ONLINE], online, named if told else None, 0),
        ),
        is_told=told,
        handed=on_paper,
    )


def paper_ballots(box: Box, make_id: Callable[[int], str]) -> list[published.Ballot]:
    """Paper ballots that count, under `make_id(number)`: the number on paper is not published in a secret vote."""
    areas = _areas(box) if box.method == Method.NAMED else {}
    return [
        published.Ballot(make_id(number), choice, areas.get(number, 0)) for number, choice in keyed(box).valid.items()
    ]


def named_ballots(box: Box) -> list[published.Ballot]:
    """Ballots cast online in a named vote, under the number on the roll."""
    with everything():
        rows = box.marks.exclude(choice="").values_list("elector__number", "choice", "elector__area")
        return [published.Ballot(str(number), choice, area) for number, choice, area in rows]


def hand_counts(box: Box) -> dict[int, dict[str, int]]:
    """turn -> what was counted in a show of hands."""
    rows = box.tellers.exclude(for_count=None).values_list("turn", "for_count", "against_count", "abstain_count")
    names = [choice.value for choice in LIVE_CHOICES]
    return {turn: dict(zip(names, (n or 0 for n in three), strict=True)) for turn, *three in rows}


def counts_of(there: Attendance, votes: Mapping[str, int]) -> Counts:
    """`votes` by the names of `kit.box.recount`. Owners take part by voting, wherever they are."""
    counts = there.counts() | {C.FOR: votes.get("for", 0), C.AGAINST: votes.get("against", 0)}
    counts |= {C.ABSTAIN: votes.get("abstain", 0), C.CAST: votes["cast"]}
    if there.area:  # of owners, heads and area decide; who came counts for nothing, nor from which household
        counts = {count: n for count, n in counts.items() if count not in (C.HOUSEHOLDS, C.HOUSEHOLDS_PRESENT)}
        counts |= {C.PRESENT: votes["cast"], C.AREA_PRESENT: votes.get("area_present", 0)}
        counts |= {C.AREA_FOR: votes.get("area_for", 0)}
    return Counts.of(counts)


def receipt_is_in(box: Box, receipt: str) -> bool:
    """Whether a ballot with this receipt lies in the open box."""
    return Ballot.objects.filter(box=box, receipt=receipt).exists()


def _areas(box: Box) -> dict[int, int]:
    with everything():
        return dict(box.meeting.roll.electors.values_list("number", "area"))


def marked(box: Box) -> set[int]:
    """Electors who were given a ballot."""
    with everything():
        return set(Mark.objects.filter(box=box).values_list("elector", flat=True))
