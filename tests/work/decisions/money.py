"""A dividend of the cast's first society with members and shares, its register and its table."""

from datetime import date

from redhouse.ground.people.actions import NewSocietyMember, confirm_society_members
from redhouse.ground.people.models import Household, Person, SocietyMember
from redhouse.work.decisions import actions
from redhouse.work.decisions.models import Distribution, Matter, ShareRegister
from tests.cast import BEGIN, SOCIETY, person
from tests.ground.process.factories import society

SHARES = {"member": 3, "head1": 2, "head2": 2}  # 户常访 and the heads of the society's two households


def holders() -> dict[str, Person]:
    heads = Household.objects.filter(division_code=SOCIETY).order_by("pk")
    return {"member": person("member"), **{f"head{n}": home.head for n, home in enumerate(heads, start=1)}}


def with_members(shares: dict[str, int] = SHARES) -> None:
    """Members of the society; those of the cast who are members already stay."""
    host, homes = society(), Household.objects.filter(division_code=SOCIETY).order_by("pk")
    people = holders()
    rows = [
        NewSocietyMember(people[name].pk, host.pk, homes[0 if name != "head2" else 1].pk, SOCIETY, units, BEGIN)
        for name, units in shares.items()
        if not SocietyMember.objects.filter(person=people[name], body=host).exists()
    ]
    confirm_society_members(members=rows, by=person("org").pk)


def frozen(matter: Matter, on: date, **changes: object) -> ShareRegister:
    with_members()
    fields = {"matter": matter, "as_of": on, "by": person("director"), "on": on}
    return actions.freeze_register(**fields | changes)  # type: ignore[arg-type]


def proposed(matter: Matter, on: date, **changes: object) -> Distribution:
    """Register and table of the whole amount of the matter."""
    frozen(matter, on)
    fields = {"matter": matter, "total_fen": matter.amount, "by": person("director"), "on": on}
    return actions.propose_distribution(**fields | changes)  # type: ignore[arg-type]
