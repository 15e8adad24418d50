"""Reads of meetings: who attends, and how the agenda stands. Numbers are counted where the wall is open: they name
nobody, and whoever reads the page reads the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import StepKind, Way
from redhouse.ground.process.models import Elector, Meeting, Roll, Run, RunStep, Teller
from redhouse.ground.process.queries.rolls import rolls_with
from redhouse.kit.today import today
from redhouse.kit.voting import Count as C

WITH = ("roll__run__version", "roll__run__host", "occasion__space", "box")


def meetings_for(person: Person, on: date) -> QuerySet[Meeting]:
    """Meetings of places that this person works for, those that they serve, and those at which they vote."""
    here = within(reach_of(person, Verb.SEE_MATTERS, on), "roll__division_code")
    meetings = Meeting.objects.filter(here | _serves(person) | Q(roll__in=rolls_with(person)))
    # not the officers: their rows stand behind the wall, and a join with them would hide the meeting itself
    return meetings.select_related(*WITH).order_by("-occasion__from_at", "-pk")


def _serves(person: Person) -> Q:
    keying = Q(box__in=Teller.objects.filter(person=person).values("box"))
    return Q(chair=person) | Q(recorder=person) | Q(scrutineer=person) | keying


def unended_with(person: Person, at: datetime) -> QuerySet[Any, Any]:
    """Sittings under way or to come that this person `serves`, or at which he or she `may_vote` at `at`; the earliest
    first. One may vote who is on the roll, not recused, and took no ballot, until the vote is over, or if it has not
    begun, to the end of the day. Only while their notice or vote is the open step: a run that was suspended waits, one
    that went back needs none.
    """
    mine = Elector.objects.filter(person=person, recusal__isnull=True, mark__isnull=True)
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    in_time = Q(box__closes_at__gt=at) | Q(box__isnull=True, occasion__until_at__gt=day)
    votes = Q(in_time, roll__in=mine.values("roll"))
    at_step = Q(key=OuterRef("roll__step_key")) | Q(kind=StepKind.NOTICE)
    step = RunStep.objects.filter(at_step, run=OuterRef("roll__run"), outcome="", run__suspended_on__isnull=True)
    rows = Meeting.objects.filter(_serves(person) | votes, Exists(step), ending="")
    rows = rows.annotate(serves=_holds(_serves(person)), may_vote=_holds(votes))
    return rows.select_related("occasion", "box").order_by("occasion__from_at", "pk")


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)


def latest_roll(run: Run, step_key: str) -> Roll | None:
    return run.rolls.filter(step_key=step_key).order_by("-round").first()


def meeting_of(roll: Roll) -> Meeting | None:
    """The sitting that stands or stood last."""
    return roll.meetings.order_by("-pk").first()


def latest_sitting(run: Run, step_key: str) -> tuple[Roll | None, Meeting | None]:
    """The newest roll of the step, and the sitting by it that stands or stood last, with its box; one query where there
    is one."""
    rolls = run.rolls.filter(step_key=step_key).order_by("-round")
    sittings = Meeting.objects.filter(roll=rolls.values("pk")[:1]).select_related("roll", "box")
    meeting = sittings.order_by("-pk").first()
    if meeting is None:
        return rolls.first(), None
    meeting.roll.run = run
    return meeting.roll, meeting


@dataclass(frozen=True)
class Attendance:
    """Who is there, by way; recused people are left out of those present, and stay in the electors."""

    electors: int
    by_way: Mapping[str, int]
    waiting: Mapping[str, int]  # of these, who was not given a ballot
    households: int
    households_present: int
    area: int
    area_present: int

    @property
    def present(self) -> int:
        return sum(self.by_way.values())

    @property
    def away(self) -> int:
        return self.electors - self.present

    def counts(self) -> dict[C, int]:
        """By the names of `kit.voting`; households and areas only where the roll knows them."""
        counts = {C.ELECTORS: self.electors, C.PRESENT: self.present}
        if self.households:
            counts |= {C.HOUSEHOLDS: self.households, C.HOUSEHOLDS_PRESENT: self.households_present}
        if self.area:
            counts |= {C.AREA: self.area, C.AREA_PRESENT: self.area_present}
        return counts


def attendance(meeting: Meeting) -> Attendance:
    """One query, by hand: the page of a meeting asks every ten seconds, and Django takes longer to write it."""
    with everything(), connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"roll": meeting.roll_id, "meeting": meeting.pk})
        electors, households, households_present, area, area_present, *ways = cursor.fetchone()
    there, waiting = ways[: len(Way)], ways[len(Way) :]
    return Attendance(
        electors=electors,
        by_way=dict(zip(Way.values, there, strict=True)),
        waiting=dict(zip(Way.values, waiting, strict=True)),
        households=households,
        households_present=households_present,
        area=area,
        area_present=area_present,
    )


_WAYS = [f"count(*) FILTER (WHERE s.way = '{way}')" for way in Way.values]
_WAITING = [f"count(*) FILTER (WHERE s.way = '{way}' AND m.id IS NULL)" for way in Way.values]
_COUNTED = (
    "SELECT count(*), count(DISTINCT e.household_id), count(DISTINCT e.household_id) FILTER (WHERE s.id IS NOT NULL),"
    " coalesce(sum(e.area), 0)::bigint, coalesce(sum(e.area) FILTER (WHERE s.id IS NOT NULL), 0)::bigint,"
    f" {', '.join([*_WAYS, *_WAITING])}"
    " FROM process_elector e LEFT JOIN process_mark m ON m.elector_id = e.id"
    " LEFT JOIN process_recusal r ON r.elector_id = e.id"
    " LEFT JOIN process_signin s ON s.elector_id = e.id AND s.meeting_id = %(meeting)s AND r.id IS NULL"
    " WHERE e.roll_id = %(roll)s"
)


def meeting_for(person: Person, meeting_id: int) -> Meeting | None:
    """One of `meetings_for`, with its officers, whose names the notice gives to everybody; of whoever sees it by a post
    nothing more is asked."""
    meeting, day = Meeting.objects.select_related(*WITH, "notice", "tally").filter(pk=meeting_id).first(), today()
    if meeting is None:
        return None
    by_post = meeting.roll.division_code.startswith(reach_of(person, Verb.SEE_MATTERS, day))
    if not by_post and not meetings_for(person, day).filter(pk=meeting_id).exists():
        return None
    with everything():
        officers = Person.objects.in_bulk([meeting.chair_id, meeting.recorder_id, meeting.scrutineer_id])
    meeting.chair, meeting.recorder = officers[meeting.chair_id], officers[meeting.recorder_id]
    meeting.scrutineer = officers[meeting.scrutineer_id]
    return meeting
