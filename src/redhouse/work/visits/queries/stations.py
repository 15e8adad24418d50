"""Stationed teams: who, which day, where; what they wrote; whom they take by the hand."""

from dataclasses import dataclass
from datetime import date, timedelta

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import posts_of, reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Person, Post
from redhouse.ground.people.queries import posts_in
from redhouse.ground.places.queries import within
from redhouse.kit.today import today
from redhouse.work.visits.models import DayLog, Mentorship, StationDay


@dataclass(frozen=True)
class Station:
    """A team with its fixed day, the next such day, and when it last wrote its log."""

    team: Body
    day: StationDay | None
    next_on: date | None
    logged_on: date | None
    is_mine: bool


def next_on(day: StationDay, on: date) -> date:
    """The first station day on or after `on`; in every second week counted from the week in which it was fixed."""
    start = max(on, day.from_on)
    found = start + timedelta(days=(day.weekday - start.weekday()) % 7)
    first = day.from_on - timedelta(days=day.from_on.weekday())
    weeks = (found - first).days // 7
    return found + timedelta(days=7 * (-weeks % day.every_weeks))


def stations_for(person: Person, on: date) -> list[Station]:
    """The teams within this person's sight, their own first; three queries."""
    mine = {post.body_id for post in posts_of(person, on) if post.body.kind == BodyKind.STATION_TEAM}
    seen = within(reach_of(person, Verb.SEE_PEOPLE, on))
    teams = list(Body.objects.as_of(on).filter(seen, kind=BodyKind.STATION_TEAM).order_by("division_code"))
    days = {row.team_id: row for row in StationDay.objects.as_of(on).filter(team__in=teams)}
    logs = DayLog.objects.filter(team__in=teams).order_by("team_id", "logged_on").values_list("team_id", "logged_on")
    last = dict(logs)
    found = [
        Station(
            team,
            days.get(team.pk),
            next_on(days[team.pk], on) if team.pk in days else None,
            last.get(team.pk),
            team.pk in mine,
        )
        for team in teams
    ]
    return sorted(found, key=lambda row: (not row.is_mine, row.next_on or date.max, row.team.division_code))


def team_for(person: Person, team_id: int) -> Body | None:
    seen = within(reach_of(person, Verb.SEE_PEOPLE, today()))
    return Body.objects.as_of(today()).filter(seen, pk=team_id, kind=BodyKind.STATION_TEAM).first()


def mentorship_for(person: Person, mentorship_id: int) -> Mentorship | None:
    row = Mentorship.objects.select_related("team").filter(pk=mentorship_id).first()
    return row if row and team_for(person, row.team_id) else None


def people_of(team: Body, on: date) -> list[tuple[str, str]]:
    """(name, post) of everybody stationed in the team, the leader first."""
    with everything():
        return [(seat.name, str(PostKind(seat.kind).label)) for seat in posts_in([team.pk], on)]


def logs_of(team: Body) -> list[tuple[DayLog, str]]:
    """The latest logs with who wrote them."""
    with everything():
        rows = DayLog.objects.filter(team=team).select_related("written_by").order_by("-logged_on")[:20]
        return [(row, row.written_by.name) for row in rows]


def mentorships_of(team: Body) -> list[tuple[Mentorship, str]]:
    """Those under way first, with the name of whom is taken by the hand (empty: both committees)."""
    with everything():
        rows = Mentorship.objects.filter(team=team).select_related("mentee", "team").prefetch_related("notes")
        found = [(row, row.mentee.name if row.mentee else "") for row in rows.order_by("-from_on", "-pk")]
    return sorted(found, key=lambda pair: pair[0].until_on is not None)


def secretaries_of(team: Body, on: date) -> list[tuple[int, str]]:
    """Who may be taken by the hand: secretaries of the village and of its branches."""
    with everything():
        posts = Post.objects.as_of(on).filter(
            within([team.division_code], "body__division_code"), kind=PostKind.SECRETARY
        )
        rows = posts.select_related("person", "body").order_by("body__division_code", "pk")
        return [(post.person_id, f"{post.person.name}（{post.body.name}）") for post in rows]
