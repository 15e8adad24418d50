"""Posts fill roles: who may owe a step of a run. One table, read in both directions."""

from collections.abc import Collection
from datetime import date
from enum import Enum
from functools import cached_property

from django.db.models import Q

from redhouse.ground.access.queries import posts_of
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import BodyKind as B
from redhouse.ground.bodies.enums import RelationKind
from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.people.enums import PostKind as P
from redhouse.ground.people.models import Person, Post
from redhouse.ground.process.enums import CASE_ROLES, Role
from redhouse.ground.process.models import Run, RunStep
from redhouse.kit.divisions import CODE_LENGTH, town_of


class Where(Enum):
    """Whose body it is: the town's, the village's, the branch's next to the matter, the host's own, the team's."""

    TOWN = "town"
    VILLAGE = "village"
    NEAREST_BRANCH = "nearest_branch"
    HOST = "host"
    TEAM = "team"


VILLAGE_PARTY = (B.PARTY_COMMITTEE, B.PARTY_GENERAL_BRANCH)
SEATS: dict[Role, tuple[Where, tuple[str, ...], tuple[str, ...]]] = {  # where, kinds of body, kinds of post
    Role.TOWN_ORG_OFFICE: (Where.TOWN, (B.PARTY_COMMITTEE, B.TOWN_OFFICE), (P.ORG_OFFICER,)),
    Role.TOWN_LEADER: (Where.TOWN, (B.PARTY_COMMITTEE,), (P.SECRETARY, P.DEPUTY_SECRETARY, P.TOWN_LEADER)),
    Role.STATION_LEADER: (Where.TEAM, (B.STATION_TEAM,), (P.STATION_LEADER,)),
    Role.VILLAGE_SECRETARY: (Where.VILLAGE, VILLAGE_PARTY, (P.SECRETARY,)),
    Role.BRANCH_SECRETARY: (Where.NEAREST_BRANCH, (*VILLAGE_PARTY, B.PARTY_BRANCH), (P.SECRETARY,)),
    Role.VILLAGE_DIRECTOR: (Where.VILLAGE, (B.VILLAGE_COMMITTEE, B.RESIDENTS_COMMITTEE), (P.CHAIR,)),
    Role.SUPERVISOR: (Where.VILLAGE, (B.SUPERVISION_COMMITTEE,), (P.CHAIR, P.SUPERVISOR)),
    Role.REC_DIRECTOR: (Where.HOST, (B.REC_COUNCIL, B.ECON_SOCIETY, B.ECON_UNION), (P.CHAIR,)),
    Role.REC_SUPERVISOR: (Where.HOST, (B.REC_SUPERVISORS,), (P.CHAIR, P.SUPERVISOR, P.COMMITTEE_MEMBER)),
    Role.GRID_WORKER: (Where.VILLAGE, (*VILLAGE_PARTY, B.VILLAGE_COMMITTEE, B.RESIDENTS_COMMITTEE), (P.GRID_WORKER,)),
    Role.GRID_DISPATCHER: (Where.TOWN, (B.TOWN_OFFICE,), (P.GRID_DISPATCHER,)),
    Role.TOWN_HANDLER: (Where.TOWN, (B.TOWN_OFFICE,), (P.OFFICE_WORKER,)),
}
# They keep the house, and never act in it [S22].
ADMINISTRATORS = (P.SYS_ADMIN, P.SEC_ADMIN, P.AUDIT_ADMIN)


class Surroundings:
    """What decides which post fills a role, for many runs at once. Each half is one query, however many runs, and is
    asked when a post is first weighed that depends on it: most do not."""

    def __init__(self, division_codes: Collection[str], on: date) -> None:
        self.division_codes, self.on = frozenset(division_codes), on

    @cached_property
    def branches(self) -> frozenset[str]:
        """Divisions below the village that have a branch of their own."""
        branches = Body.objects.as_of(self.on).filter(kind=B.PARTY_BRANCH, division_code__in=self.division_codes)
        codes = branches.values_list("division_code", flat=True)
        return frozenset(code for code in codes if len(code) > CODE_LENGTH)

    @cached_property
    def guided(self) -> frozenset[tuple[int, str]]:
        """Station teams, each with a village that it guides."""
        villages = {code[:CODE_LENGTH] for code in self.division_codes}
        teams = Relation.objects.as_of(self.on).filter(
            kind=RelationKind.GUIDES, from_body__kind=B.STATION_TEAM, to_body__division_code__in=villages
        )
        return frozenset(teams.values_list("from_body_id", "to_body__division_code"))


def might_fill(post: Post) -> list[Role]:
    """The roles for which this post is of the right kind, in a body of the right kind, wherever the run is."""
    return [role for role, (_where, bodies, posts) in SEATS.items() if post.body.kind in bodies and post.kind in posts]


def fills(post: Post, role: str, run: Run, around: Surroundings) -> bool:
    """Whether this post, standing on the day, fills the role for the run."""
    where, body_kinds, post_kinds = SEATS[Role(role)]
    body = post.body
    return body.kind in body_kinds and post.kind in post_kinds and _stands(body, where, run, around)


def _stands(body: Body, where: Where, run: Run, around: Surroundings) -> bool:
    here, village = run.division_code, run.division_code[:CODE_LENGTH]
    match where:
        case Where.TOWN:
            return body.division_code == town_of(here)
        case Where.VILLAGE:
            return body.division_code == village
        case Where.NEAREST_BRANCH:
            if here in around.branches:
                return body.kind == B.PARTY_BRANCH and body.division_code == here
            return body.kind != B.PARTY_BRANCH and body.division_code == village
        case Where.HOST:
            return run.host_id in (body.pk, body.parent_id)
        case Where.TEAM:
            return body.division_code == village or (body.pk, village) in around.guided


def holders(role: str, run: Run, on: date) -> list[Person]:
    """Who fills the role for this run on `on`, by key. Who holds a post is public, so the wall is opened."""
    around = Surroundings([run.division_code], on)
    where, body_kinds, post_kinds = SEATS[Role(role)]
    near = Q(body__division_code__in=_around(run.division_code)) | Q(body=run.host_id) | Q(body__parent=run.host_id)
    if where == Where.TEAM:
        near |= Q(body__in=[team for team, _village in around.guided])
    with everything():
        posts = Post.objects.as_of(on).filter(near, kind__in=post_kinds, body__kind__in=body_kinds)
        posts = posts.exclude(person__in=administrators(on)).select_related("person", "body").order_by("person_id")
        return list({post.person_id: post.person for post in posts if fills(post, role, run, around)}.values())


def who_owe(steps: Collection[RunStep], on: date) -> dict[int, list[int]]:
    """step -> keys of the people who fill its roles, of many steps at once; the same few queries for all of them."""
    runs = {step.run_id: step.run for step in steps}
    around = Surroundings({run.division_code for run in runs.values()}, on)
    codes = {code for run in runs.values() for code in _around(run.division_code)}
    hosts = {run.host_id for run in runs.values()}
    near = Q(body__division_code__in=codes) | Q(body__in=hosts) | Q(body__parent__in=hosts)
    near |= Q(body__in={team for team, _village in around.guided})
    kinds = {kind for _where, _bodies, posts in SEATS.values() for kind in posts}
    with everything():
        known = Post.objects.as_of(on).filter(near, kind__in=kinds).exclude(person__in=administrators(on))
        posts = list(known.select_related("body"))
    return {
        step.pk: sorted(
            {
                post.person_id
                for post in posts
                for role in step.run.version.steps[step.key]["owed_by"]
                if fills(post, role, step.run, around)
            }
        )
        for step in steps
    }


def _around(code: str) -> set[str]:
    return {code, code[:CODE_LENGTH], town_of(code)}


def administrators(on: date) -> list[int]:
    return list(Post.objects.as_of(on).filter(kind__in=ADMINISTRATORS).values_list("person_id", flat=True))


def roles_of(person: Person, run: Run, on: date) -> set[Role]:
    """The roles that this person fills for the run, none for who keeps the house; kept on the person for the request,
    as the posts are from which they follow."""
    kept: dict[tuple[int | None, date], set[Role]] = person.__dict__.setdefault("_roles_in", {})
    if run.pk is None or (run.pk, on) not in kept:
        posts = acting_posts(person, on)
        around = Surroundings([run.division_code], on)
        kept[run.pk, on] = {role for role in Role if any(fills(post, role, run, around) for post in posts)}
    return set(kept[run.pk, on])


def offices_of(person: Person, run: Run, on: date) -> set[Role]:
    """The offices of a matter that this person holds: who only settles cases of the grid holds none."""
    return roles_of(person, run, on) - CASE_ROLES


def acting_posts(person: Person | None, on: date) -> list[Post]:
    """Posts by which somebody may close steps; none for who keeps the house."""
    posts = posts_of(person, on)
    return [] if any(post.kind in ADMINISTRATORS for post in posts) else posts
