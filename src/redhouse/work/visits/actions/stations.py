"""A team's fixed day, its log, and whom it takes by the hand."""

from datetime import date, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.people.models import Person
from redhouse.work.visits import facts, rules
from redhouse.work.visits.models import DayLog, Mentorship, MentorshipNote, StationDay


@transaction.atomic
def fix_station_day(
    *, team: Body, weekday: int, begins: time, place: str, every_weeks: int = 1, by: Person, on: date
) -> StationDay:
    """From `on` on the team is to be met on this day of the week. Raises ValidationError, PermissionDenied."""
    _ask_to_fix(by, team, on)
    last = StationDay.objects.select_for_update().filter(team=team, until_on__isnull=True).first()
    if last is not None and last.from_on < on:
        last.until_on = on
        last.save(update_fields=["until_on"])
    elif last is not None:
        last.delete()
    row = StationDay(
        team=team, weekday=weekday, begins=begins, place=place.strip(), every_weeks=every_weeks, from_on=on
    )
    row.full_clean(exclude=["team"])
    with in_words(row):
        row.save()
    _record(facts.STATION_DAY_FIXED, team, by, on)
    return row


@transaction.atomic
def write_day_log(*, team: Body, logged_on: date, summary: str, received: int = 0, by: Person, on: date) -> DayLog:
    """What the team did that day, once. Raises NotYet for a day to come, ValidationError for one already written."""
    if not rules.may_work_in_team(by, team, on=on):
        raise PermissionDenied(_("日志由这个驻点团队的人写"))
    if logged_on > on:
        raise NotYet([_("日志不能写在将来，请核对日期")])
    row = DayLog(
        team=team,
        division_code=team.division_code,
        logged_on=logged_on,
        summary=summary.strip(),
        received=received,
        written_by=by,
    )
    row.full_clean(exclude=["team", "written_by"])
    with in_words(row):
        row.save()
    _record(facts.STATION_DAY_LOGGED, team, by, logged_on, quantity=received)
    return row


@transaction.atomic
def begin_mentorship(*, team: Body, mentee: Person | None, goals: str, by: Person, on: date) -> Mentorship:
    """The leader takes a secretary by the hand, or (no mentee) the team both committees of the village."""
    _ask_to_fix(by, team, on)
    row = Mentorship(team=team, division_code=team.division_code, mentee=mentee, goals=goals.strip(), from_on=on)
    row.full_clean(exclude=["team", "mentee"])
    with in_words(row):
        row.save()
    _record(facts.MENTORSHIP_STARTED, team, by, on)
    return row


@transaction.atomic
def note_mentorship(*, mentorship: Mentorship, text: str, by: Person, on: date) -> MentorshipNote:
    """What was done today for the goals; a note stays."""
    if not rules.may_work_in_team(by, mentorship.team, on=on):
        raise PermissionDenied(_("帮带记录由这个驻点团队的人写"))
    row = MentorshipNote(mentorship=mentorship, text=text.strip(), noted_on=on, noted_by=by)
    row.full_clean(exclude=["mentorship", "noted_by"])
    row.save()
    _record(facts.MENTORSHIP_NOTED, mentorship.team, by, on)
    return row


@transaction.atomic
def end_mentorship(*, mentorship: Mentorship, by: Person, on: date) -> None:
    row = Mentorship.objects.select_for_update().select_related("team").get(pk=mentorship.pk)
    _ask_to_fix(by, row.team, on)
    if row.until_on is not None or row.from_on >= on:
        raise NotYet([_("这项帮带今天才开始，或已经结束")])
    row.until_on = on
    row.save(update_fields=["until_on"])
    _record(facts.MENTORSHIP_ENDED, row.team, by, on)


def _ask_to_fix(by: Person, team: Body, on: date) -> None:
    if not rules.may_fix_station(by, team, on=on):
        raise PermissionDenied(_("由驻点领导，或本村（社区）、镇的书记和组织干部来定"))


def _record(kind: str, team: Body, by: Person, on: date, *, quantity: int = 1) -> None:
    ledger.record(kind, happened_on=on, division_code=team.division_code, by=by.pk, subject=team.pk, quantity=quantity)
