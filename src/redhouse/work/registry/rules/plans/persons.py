"""People in a workbook: found by number, registered where they are new, their phones kept up to date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.people.actions import NewPerson
from redhouse.ground.people.enums import Sex
from redhouse.ground.people.fields import blind_index
from redhouse.ground.people.models import Person
from redhouse.work.registry.rules.plans.scope import Scope
from redhouse.work.registry.rules.tables import Table

T = TypeVar("T")
_MANY = 5000  # keys a query
_CITIZEN_ID = Person._meta.get_field("citizen_id")


@dataclass
class PersonPlan:
    """Who is in the workbook, by citizen id."""

    known: dict[str, Person] = field(default_factory=dict)
    new: dict[str, NewPerson] = field(default_factory=dict)
    phones: dict[int, tuple[Person, str]] = field(default_factory=dict)


def standing_bodies(table: Table) -> dict[tuple[str, str], Body]:
    codes = {table.values["code"][row] for row in table.live}
    found = Body.objects.filter(until_on__isnull=True, division_code__in=codes)
    return {(each.division_code, each.name): each for each in found}


def people_in(table: Table) -> PersonPlan:
    """Everyone in the workbook who is registered. Ask it with the whole town in reach: a number is unique in it."""
    plan = PersonPlan()
    numbers = {str(table.values["citizen_id"][row]) for row in table.live}
    by_index = {blind_index(_CITIZEN_ID, number): number for number in numbers}
    for some in chunks(list(by_index)):
        for person in Person.objects.filter(citizen_id_index__in=some):
            plan.known[by_index[bytes(person.citizen_id_index)]] = person
    return plan


def body_of(table: Table, row: int, bodies: dict[tuple[str, str], Body]) -> Body | None:
    body = bodies.get((str(table.values["code"][row]), str(table.values["body"][row])))
    if body is None:
        table.refuse(
            row, "body", _("区划%(code)s没有叫“%(name)s”的组织；请核对全称和代码，或先登记它"),
            code=table.values["code"][row], name=table.values["body"][row],
        )  # fmt: skip
    return body


def place_person(table: Table, row: int, plan: PersonPlan, scope: Scope, *, standing: bool) -> bool:
    """Whether the row's person is who the number says, or may be registered; gives the row its slip where not.

    `standing`: the row only speaks of somebody registered (an end), so nobody is registered by it.
    """
    values = table.values
    number, name, phone = (values[key][row] for key in ("citizen_id", "name", "phone"))
    number, name, phone = str(number), str(name), str(phone or "")
    person, new = plan.known.get(number), plan.new.get(number)
    if person is None:
        if standing:
            table.refuse(row, "citizen_id", _("这个号码没有登记，无从终止；请核对"))
        elif new is not None and new.name != name:
            table.refuse(row, "name", _("同一号码在本表另一行姓名不同；请照证件核对"))
        elif new is None:
            plan.new[number] = NewPerson(name, _sex(number), str(values["code"][row]), number, phone, scope.demo)
    elif person.name != name:
        if scope.holds(person.division_code):
            table.refuse(
                row, "name", _("这个号码登记的姓名是“%(name)s”，与本行不同；请照证件核对"), name=person.masked_name
            )
        else:
            table.refuse(row, "name", _("这个号码已登记，姓名与本行不同；请照证件核对"))
    elif phone and phone != person.phone:
        if not scope.holds(person.division_code):
            table.refuse(row, "phone", _("此人登记在您的管理范围之外，电话不由您更改；请清空这一格"))
        else:
            plan.phones[row] = (person, phone)
    return table.marks[row] != "r"


def chunks(items: list[T]) -> Iterator[list[T]]:
    """So many keys at a time as a query takes well."""
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]


def forget_unused(table: Table, plan: PersonPlan, used: Iterable[str]) -> None:
    """Nobody is registered, and no phone changed, by a row that was refused after all."""
    kept = set(used)
    plan.new = {number: person for number, person in plan.new.items() if number in kept}
    plan.phones = {row: change for row, change in plan.phones.items() if table.marks[row] != "r"}
    for row in plan.phones:
        if table.marks[row] == "u":
            table.marks[row] = "c"


def _sex(number: str) -> str:
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
