"""What the page of a meeting shows, worked out once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.messages.queries import Arrived, arrived
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import TURNS, Choice, Method, Way
from redhouse.ground.process.models import AgendaItem, Box, Candidate, Elector, Meeting, Proxy, Run, Tally
from redhouse.ground.process.queries.counting import Keyed, Standing, keyed, standing
from redhouse.ground.process.queries.elections import candidates_of, posts_left
from redhouse.ground.process.queries.meetings import Attendance, attendance
from redhouse.ground.process.queries.rolls import rule_of
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules.meetings import (
    decided,
    difference_sentence,
    may_key,
    may_look,
    may_serve,
    missing_before_box,
    missing_for_count,
    needed_in_favour,
)
from redhouse.kit.voting import Rule

WIDTH = 1000


def title_of(run: Run) -> str:
    """What is voted on: the matter of the run, else the name of its power."""
    matter = getattr(run, "matter", None)
    return str(matter.title) if matter is not None else procedure_of(run.version).name


@dataclass(frozen=True)
class Part:
    """A stretch of a bar: its class, its word, how many, and where it stands in thousandths of the whole."""

    css: str
    word: str
    count: int
    x: int
    width: int


def bar(parts: list[tuple[str, str, int]], whole: int) -> list[Part]:
    """Whole thousandths that never add up to more than the bar."""
    made, before = [], 0
    for css, word, count in parts:
        left = before * WIDTH // whole if whole else 0
        right = (before + count) * WIDTH // whole if whole else 0
        made.append(Part(css, word, count, left, right - left))
        before += count
    return made


@dataclass(frozen=True)
class MeetingPage:
    """`stage`: coming, waiting (begun, no vote yet), voting, counting, over."""

    stage: str
    at: datetime
    rule: Rule
    there: Attendance
    attendance_bar: list[Part]
    quorum: tuple[int, int, int] | None  # needed, of how many, where the mark stands
    box: Box | None
    standing: Standing | None
    vote_bar: list[Part]
    need: tuple[int, int, int] | None
    keyed: Keyed | None
    turns: list[int]  # for which nobody is appointed yet; told to those who serve
    differences: list[tuple[int, str]]
    tally: Tally | None
    reasons: list[tuple[str, str]]
    missing: list[str]
    agenda: list[tuple[AgendaItem, str]]
    proxies: list[Proxy]
    arrived: Arrived | None
    notice_days: int
    elector: Elector | None
    is_signed: bool
    has_voted: bool
    serves: bool
    keys: bool
    looks: bool
    minutes_left: int
    candidates: list[Candidate]
    posts_left: int  # in an election after a count that did not fill them all; else 0

    @property
    def is_counted(self) -> bool:
        return any(row.votes is not None for row in self.candidates)


def meeting_page(meeting: Meeting, person: Person, *, at: datetime, on: date, live: bool = False) -> MeetingPage:
    """The wall is opened once: who may come here may see the counts of everybody, and names only where they serve.
    `live`: only what changes while people come and vote, which everybody there asks for every few seconds."""
    with everything():
        return _page(meeting, person, at, on, live)


def _page(meeting: Meeting, person: Person, at: datetime, on: date, live: bool) -> MeetingPage:
    box: Box | None = getattr(meeting, "box", None)
    tally: Tally | None = getattr(meeting, "tally", None)
    stage = _stage(meeting, box, at)
    there = attendance(meeting)
    serves = not live and may_serve(person, meeting, on)
    mine = meeting.roll.electors.filter(person=person).select_related("mark")
    elector = None if live else mine.first()
    papers = keyed(box) if box and box.method != Method.HANDS else None
    now_standing = standing(box, there, papers) if box and papers and box.closed_at is None else None
    need = needed_in_favour(meeting, there)
    proxies = Proxy.objects.filter(principal__roll=meeting.roll).select_related(
        "principal__person", "principal__household__dwelling", "holder__person"
    )
    signed = elector is not None and meeting.sign_ins.filter(elector=elector).exists()
    listed = list(proxies.order_by("checked_on", "principal__number")[:50]) if serves else []
    return MeetingPage(
        stage=stage,
        at=at,
        rule=rule_of(meeting.roll),
        there=there,
        attendance_bar=_attendance(there),
        quorum=_quorum(meeting, there),
        box=box,
        standing=now_standing,
        vote_bar=_votes(there, now_standing, tally),
        need=(*need, need[0] * WIDTH // need[1]) if need and need[1] else None,
        keyed=papers,
        turns=_turns(box, papers) if box and serves else [],
        differences=[(d.number, difference_sentence(d.number, d.first, d.second)) for d in papers.open]
        if papers
        else [],
        tally=tally,
        reasons=_reasons(meeting, there, tally),
        missing=_missing(meeting, box, stage, papers, now_standing),
        agenda=_agenda(meeting),
        proxies=listed,
        arrived=arrived(meeting.notice) if meeting.notice and not live else None,
        notice_days=max(0, (meeting.roll.vote_on - meeting.convened_on).days - 1),
        elector=elector,
        is_signed=signed,
        has_voted=elector is not None and hasattr(elector, "mark"),
        serves=serves,
        keys=may_key(person, meeting, on, papers),
        looks=may_look(person, meeting, on, papers),
        minutes_left=max(0, int((box.closes_at - at).total_seconds() + 59) // 60) if box else 0,
        candidates=(standing_for := candidates_of(meeting.roll)),
        posts_left=posts_left(meeting.roll.run, meeting.roll.step_key)
        if standing_for and meeting.ending and tally is None
        else 0,
    )


def _turns(box: Box, papers: Keyed | None) -> list[int]:
    taken = papers.tellers if papers else set(box.tellers.values_list("turn", flat=True))
    return [turn for turn in TURNS if turn not in taken]


def _stage(meeting: Meeting, box: Box | None, at: datetime) -> str:
    if meeting.ending:
        return "over"
    if meeting.started_at is None:
        return "coming"
    if box is None:
        return "waiting"
    return "voting" if at < box.closes_at else "counting"


def _attendance(there: Attendance) -> list[Part]:
    shades = {Way.ONSITE: "c-way-1", Way.ONLINE: "c-way-2", Way.PROXY: "c-way-3"}
    parts = [(css, str(way.label), there.by_way[way]) for way, css in shades.items()]
    return bar([*parts, ("c-away", _("未到会"), there.away)], there.electors)


def _quorum(meeting: Meeting, there: Attendance) -> tuple[int, int, int] | None:
    for reason in decided(meeting, there).reasons:
        if reason.part == "quorum" and reason.threshold.count.value == "present" and reason.base:
            return reason.needed, reason.base, reason.needed * WIDTH // reason.base
    return None


def _votes(there: Attendance, now: Standing | None, tally: Tally | None) -> list[Part]:
    if tally is not None:
        counts = tally.counts
        if "for" not in counts:  # an election: whom the ballots name is told beside the candidates
            cast = [("c-cast", _("已投"), counts["cast"])]
            return bar([*cast, ("c-away", _("未投"), counts["electors"] - counts["cast"])], counts["electors"])
        yes, no, abstain = (counts.get(name, 0) for name in ("for", "against", "abstain"))
        cast, present = counts.get("cast", 0), counts.get("present", 0)
        parts = [
            ("c-yes", str(Choice.FOR.label), yes),
            ("c-no", str(Choice.AGAINST.label), no),
            ("c-abs", str(Choice.ABSTAIN.label), abstain),
            ("c-hold", str(Choice.INVALID.label), cast - yes - no - abstain),
            ("c-none", _("到会未投"), max(0, present - cast)),
        ]
        return bar([*parts, ("c-away", _("未到会"), counts["electors"] - max(present, cast))], counts["electors"])
    if now is None:
        return []
    if now.is_told:
        told = [("c-yes", Choice.FOR), ("c-no", Choice.AGAINST), ("c-abs", Choice.ABSTAIN), ("c-hold", Choice.INVALID)]
        parts = [(css, str(choice.label), now.total(choice)) for css, choice in told]
    else:
        parts = [("c-cast", _("已投"), now.cast)]
    parts.append(("c-hold", _("待复核"), now.pending))
    done = sum(count for _css, _word, count in parts)
    parts.append(("c-none", _("到会未投"), max(0, there.present - done)))
    return bar([*parts, ("c-away", _("未到会"), there.electors - max(there.present, done))], there.electors)


def _reasons(meeting: Meeting, there: Attendance, tally: Tally | None) -> list[tuple[str, str]]:
    """Sentence and clause: of the result once there is one, until then only of the quorum."""
    if tally is not None and "for" not in tally.counts:
        return [(reason["sentence"], reason["clause"] or "") for reason in tally.reasons]
    if tally is not None:
        from redhouse.kit.voting import Count, Counts, decide

        found = decide(rule_of(meeting.roll), Counts.of({Count(name): n for name, n in tally.counts.items()})).reasons
    else:
        found = tuple(reason for reason in decided(meeting, there).reasons if reason.part == "quorum")
    return [(reason.sentence().say(_), reason.clause.cite().say(_) if reason.clause else "") for reason in found]


def _missing(meeting: Meeting, box: Box | None, stage: str, papers: Keyed | None, now: Standing | None) -> list[str]:
    if stage == "waiting":
        return missing_before_box(meeting, Method.SECRET if rule_of(meeting.roll).secret else "")
    if stage in ("voting", "counting") and box is not None:
        return missing_for_count(box, papers, now.handed if now else None)
    return []


def _agenda(meeting: Meeting) -> list[tuple[AgendaItem, str]]:
    items = list(meeting.agenda.all())
    begun = [item for item in items if item.begun_at is not None]
    last = begun[-1] if begun and not meeting.ending else None
    return [(item, "now" if item is last else "done" if item.begun_at else "") for item in items]
