"""Reads of rolls: whom the registers suggest, who stands on one, and its digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import MemberStatus, PostKind, Tie
from redhouse.ground.people.models import Household, HouseholdMember, Membership, Person, Post, SocietyMember
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import Role
from redhouse.ground.process.models import Elector, Roll, Run, RunStep
from redhouse.ground.process.procedure import Step
from redhouse.ground.process.queries.holders import VILLAGE_PARTY
from redhouse.ground.process.queries.owing import owed_by
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.kit.divisions import CODE_LENGTH, prefix
from redhouse.kit.today import today
from redhouse.kit.voting import Rule, VoteBody, rule_at, tightened

PARTY = (VoteBody.PARTY_BRANCH_MEETING, VoteBody.PARTY_BRANCH_COMMITTEE)
COMMITTEE = (PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY, PostKind.COMMITTEE_MEMBER)


@dataclass(frozen=True)
class RollRow:
    """One line of a list of electors; `area` in hundredths of a square metre, for owners."""

    person_id: int
    household_id: int | None = None
    area: int = 0
    is_candidate: bool = False


def step_of(roll: Roll) -> Step:
    """The step of the procedure at which these people vote."""
    return procedure_of(roll.run.version).by_key[roll.step_key]


def rule_of(roll: Roll) -> Rule:
    """The rule in the version that stands on the day of the vote, with what the town asks above it."""
    step = step_of(roll)
    rule = rule_at(roll.rule_id, roll.vote_on, VoteBody(step.body) if step.body else None)
    return tightened(rule, step.stricter) if step.stricter else rule


def suggested(run: Run, step: Step, on: date) -> list[RollRow]:
    """Whom the registers know as electors on `on`: full members for a party meeting, holders of a post for a council or
    committee, members of the collective for its assembly, members of households for everybody else."""
    with everything():
        if step.body in PARTY:
            return _party(run, step, on)
        if step.body == VoteBody.REC_COUNCIL:
            posts = Post.objects.as_of(on).filter(Q(body=run.host_id) | Q(body__parent=run.host_id))
            seats = posts.filter(body__kind=BodyKind.REC_COUNCIL).order_by("person")
            return [RollRow(person) for person in seats.values_list("person", flat=True).distinct()]
        if step.body == VoteBody.REC_MEMBERS_ASSEMBLY:
            members = SocietyMember.objects.as_of(on).filter(body=run.host_id).order_by("household", "person")
            known = [RollRow(person, home) for person, home in members.values_list("person", "household")]
            if known:
                return known
        residents = HouseholdMember.objects.as_of(on).filter(within([prefix(run.division_code)]))
        homes = dict(residents.order_by("-household").values_list("person", "household"))
        heads = Household.objects.as_of(on).filter(within([prefix(run.division_code)]), head__isnull=False)
        homes |= dict(heads.order_by("-pk").values_list("head", "pk"))
        return [RollRow(person, home) for person, home in sorted(homes.items(), key=lambda row: (row[1], row[0]))]


def _party(run: Run, step: Step, on: date) -> list[RollRow]:
    """Full members of the organisation that deliberates and of the branches under it, or those of its committee."""
    body = party_body(run, step, on)
    if body is None:
        return []
    if step.body == VoteBody.PARTY_BRANCH_COMMITTEE:
        seats = Post.objects.as_of(on).filter(body=body, kind__in=COMMITTEE).order_by("person")
        return [RollRow(person) for person in seats.values_list("person", flat=True).distinct()]
    under = Q(body=body) | Q(body__parent=body)
    ties = Membership.objects.as_of(on).filter(under, status=MemberStatus.FULL, tie=Tie.REGISTERED)
    return [RollRow(person) for person in ties.order_by("person").values_list("person", flat=True).distinct()]


def party_body(run: Run, step: Step, on: date) -> Body | None:
    """Whose meeting it is: the village's organisation where its secretary owes the step or the matter is the whole
    village's, else the branch next to the matter."""
    village = run.division_code[:CODE_LENGTH]
    bodies = Body.objects.as_of(on).order_by("pk")
    if Role.VILLAGE_SECRETARY not in step.owed_by and run.division_code != village:
        branch: Body | None = bodies.filter(kind=BodyKind.PARTY_BRANCH, division_code=run.division_code).first()
        if branch is not None:
            return branch
    committee: Body | None = bodies.filter(kind__in=VILLAGE_PARTY, division_code=village).first()
    return committee


@dataclass(frozen=True)
class Standing:
    """What the registers say of some people on one day, for checking the lines of a roll."""

    known: set[int]
    homes: set[tuple[int, int]]  # person, household: a tie that stands
    members: set[int]  # full party members


def standing(rows: Iterable[RollRow], on: date) -> Standing:
    """Five queries, however many rows."""
    people = {row.person_id for row in rows}
    with everything():
        ties = HouseholdMember.objects.as_of(on).filter(person__in=people).values_list("person", "household")
        heads = Household.objects.as_of(on).filter(head__in=people).values_list("head", "pk")
        shares = SocietyMember.objects.as_of(on).filter(person__in=people).values_list("person", "household")
        full = Membership.objects.as_of(on).filter(person__in=people, status=MemberStatus.FULL)
        return Standing(
            set(Person.objects.filter(pk__in=people).values_list("pk", flat=True)),
            {*ties, *heads, *shares},
            set(full.values_list("person", flat=True)),
        )


def roll_digest(roll: Roll) -> str:
    """SHA-256 over every line of the roll in the order of its numbers: number|person|household|area."""
    with everything():
        lines = roll.electors.order_by("number").values_list("number", "person", "household", "area")
        text = "".join(f"{'|'.join('' if value is None else str(value) for value in line)}\n" for line in lines)
    return sha256(f"redhouse-roll/1|{roll.run_id}|{roll.step_key}|{roll.round}\n{text}".encode()).hexdigest()


def rolls_for(person: Person, on: date) -> QuerySet[Roll]:
    """Rolls of places that this person works for, and those on which they stand."""
    here = within(reach_of(person, Verb.SEE_MATTERS, on))
    return Roll.objects.filter(here | Q(pk__in=rolls_with(person))).select_related("run__version", "run__host")


def rolls_with(person: Person) -> QuerySet[Elector, int]:
    """The keys of rolls on which this person stands, as a subquery: a join with a long roll makes every one of its
    people a row, to be told apart again."""
    return Elector.objects.filter(person=person).values_list("roll", flat=True)


def elector_of(roll: Roll, person: Person) -> Elector | None:
    with everything():
        return roll.electors.select_related("person", "household__dwelling").filter(person=person).first()


def lines_of(roll: Roll) -> QuerySet[Elector, tuple[int, str, str | None]]:
    """Number, name and door of everybody on it, in the order of the numbers; to be read where the wall is open."""
    return roll.electors.order_by("number").values_list("number", "person__name", "household__dwelling__door")


def roll_for(person: Person, roll_id: int) -> Roll | None:
    return rolls_for(person, today()).filter(pk=roll_id).first()


def step_for(person: Person, step_id: int) -> RunStep | None:
    """An open step that this person owes."""
    return next((step for step in owed_by(person, today()) if step.pk == step_id), None)
