"""Rights of teams and offices."""

from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import posts_of
from redhouse.ground.access.rules import may
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Person
from redhouse.work.visits.models import Callback

STATIONED = (PostKind.STATION_LEADER, PostKind.STATION_MEMBER)


def may_work_in_team(person: Person, team: Body, *, on: date) -> bool:
    """Write the log, note the mentorship: whoever is stationed in this very team."""
    return team.kind == BodyKind.STATION_TEAM and any(
        post.body_id == team.pk and post.kind in STATIONED for post in posts_of(person, on)
    )


def may_fix_station(person: Person, team: Body, *, on: date) -> bool:
    """The day, the place and the mentorship are fixed by the leader of the team or by who keeps the registry there."""
    leads = any(post.body_id == team.pk and post.kind == PostKind.STATION_LEADER for post in posts_of(person, on))
    return leads or may(person, Verb.KEEP_REGISTRY, team.division_code, on)


def may_edit_checklist(person: Person, division_code: str, *, on: date) -> bool:
    """The town office: whoever keeps the registry of the whole town."""
    return may(person, Verb.KEEP_REGISTRY, division_code, on)


def may_draw_sample(person: Person, division_code: str, *, on: date) -> bool:
    return may(person, Verb.KEEP_REGISTRY, division_code, on)


def may_answer_callback(person: Person, callback: Callback, *, on: date) -> bool:
    """Anybody whose post lets them see the household, but never who visited it."""
    return person.pk != callback.member_id and may(person, Verb.SEE_PEOPLE, callback.division_code, on)
