"""A plan into the ground's verbs. Called inside one transaction, within the person's reach."""

from datetime import date

from redhouse.ground.bodies import actions as bodies
from redhouse.ground.people import actions as people
from redhouse.ground.people.actions import NewHousehold, NewMembership, NewPost
from redhouse.ground.places import actions as places
from redhouse.ground.places.actions import NewDwelling
from redhouse.work.registry.rules.plans import BodyPlan, DivisionPlan, HouseholdPlan, MemberPlan, Plan, PostPlan
from redhouse.work.registry.rules.plans.persons import PersonPlan


def apply_plan(plan: Plan, *, by: int, on: date) -> None:
    """Write it. Raises what the ground raises; then nothing of it stays."""
    if isinstance(plan, HouseholdPlan):
        _households(plan, by, on)
    elif isinstance(plan, MemberPlan):
        _members(plan, by)
    elif isinstance(plan, PostPlan):
        _posts(plan, by)
    elif isinstance(plan, BodyPlan):
        _bodies(plan, by)
    else:
        _divisions(plan, by)


def _divisions(plan: DivisionPlan, by: int) -> None:
    if plan.new:
        places.register_divisions(divisions=plan.new, by=by)
    for old, new in plan.revised:
        places.revise_division(division=old, kind=new.kind, name=new.name, source=new.source, by=by, on=new.from_on)


def _bodies(plan: BodyPlan, by: int) -> None:
    born: dict[tuple[str, str], int] = {}
    for batch in plan.new:
        rows = [row if above is None else row._replace(parent_id=born[above]) for row, above in batch]
        for row, pk in zip(rows, bodies.found_bodies(bodies=rows, by=by), strict=True):
            born[row.division_code, row.name] = pk
    for body, until in plan.dissolved:
        bodies.dissolve_body(body=body, by=by, on=until)


def _people(plan: PersonPlan) -> dict[str, int]:
    """Register the new, change the phones; keys by citizen id."""
    keys = {number: person.pk for number, person in plan.known.items()}
    if plan.new:
        keys |= dict(zip(plan.new, people.register_persons(persons=list(plan.new.values())), strict=True))
    for person, phone in plan.phones.values():
        people.change_phone(person=person, phone=phone)
    return keys


def _members(plan: MemberPlan, by: int) -> None:
    keys = _people(plan.people)
    for tie, until in plan.ended:
        people.end_membership(membership=tie, by=by, on=until)
    if plan.new:
        people.record_memberships(
            memberships=[NewMembership(keys[row.number], row.body.pk, row.tie, row.on, row.status) for row in plan.new],
            by=by,
        )


def _posts(plan: PostPlan, by: int) -> None:
    keys = _people(plan.people)
    for post, until in plan.left:
        people.leave_post(post=post, by=by, on=until)
    for post, term in plan.terms:
        people.set_term(post=post, term_ends_on=term)
    if plan.new:
        people.take_posts(
            posts=[NewPost(keys[row.number], row.body.pk, row.kind, row.on, row.term_ends_on) for row in plan.new],
            by=by,
        )


def _households(plan: HouseholdPlan, by: int, on: date) -> None:
    for home, until in plan.ended:
        people.end_household(household=home, by=by, on=until)
    for home, phone in plan.phones:
        if home.head is not None:
            people.change_phone(person=home.head, phone=phone)
    if plan.grids:
        places.assign_grids(grids=plan.grids)
    if plan.revised:
        heads = iter(people.register_persons(persons=[head for *_, head in plan.revised if head is not None]))
        people.revise_households(
            households=[
                (home, residents, next(heads) if head is not None else home.head_id)
                for home, residents, head in plan.revised
            ],
            by=by,
            on=on,
        )
    if plan.new:
        doors = iter(
            places.register_dwellings(
                dwellings=[
                    NewDwelling(home.code, home.grid_code, home.door, home.on)
                    for home in plan.new
                    if home.dwelling_id is None
                ]
            )
        )
        heads = iter(people.register_persons(persons=[home.head for home in plan.new if home.head is not None]))
        people.register_households(
            households=[
                NewHousehold(
                    next(doors) if home.dwelling_id is None else home.dwelling_id, home.code,
                    next(heads) if home.head is not None else None, home.residents, home.on,
                )
                for home in plan.new
            ],
            by=by,
        )  # fmt: skip
