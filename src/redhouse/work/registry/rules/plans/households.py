"""Doors and households: by place and door. The long workbook: everything is looked up at once, nothing row by row."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop as _

from redhouse.ground.people.actions import NewPerson
from redhouse.ground.people.enums import Sex
from redhouse.ground.people.models import Household
from redhouse.ground.places.enums import DivisionKind
from redhouse.ground.places.models import Division, Dwelling
from redhouse.work.registry.rules.cells import is_masked
from redhouse.work.registry.rules.plans.persons import chunks
from redhouse.work.registry.rules.plans.scope import Scope, refuse_outside, settle
from redhouse.work.registry.rules.tables import Table

_SAID = ("code", "door", "grid_code", "residents", "head", "phone", "from_on", "until_on")


@dataclass
class NewHome:
    """`dwelling_id` is None where the door is new too; `head` is None where nobody is named."""

    dwelling_id: int | None
    code: str
    grid_code: str
    door: str
    residents: int
    head: NewPerson | None
    on: date


@dataclass
class HouseholdPlan:
    new: list[NewHome] = field(default_factory=list)
    revised: list[tuple[Household, int, NewPerson | None]] = field(default_factory=list)
    phones: list[tuple[Household, str]] = field(default_factory=list)
    grids: list[tuple[int, str]] = field(default_factory=list)
    ended: list[tuple[Household, date]] = field(default_factory=list)


def plan_households(table: Table, scope: Scope) -> HouseholdPlan:
    refuse_outside(table, scope)
    plan, values = HouseholdPlan(), table.values
    codes = {values["code"][row] for row in table.live}
    grids = {grid for grid in values["grid_code"] if grid is not None}
    places = dict(Division.objects.filter(until_on__isnull=True, code__in=codes | grids).values_list("code", "kind"))
    doors = {
        (code, door): (pk, grid)
        for pk, code, door, grid in Dwelling.objects.filter(until_on__isnull=True, division_code__in=codes).values_list(
            "pk", "division_code", "door", "grid_code"
        )
    }
    rows = list(zip(*(values[key] for key in _SAID), strict=True))
    homes = _homes([doors[at][0] for at in {rows[row][:2] for row in table.live} if at in doors])
    for row in table.live:
        code, door, grid, residents, head, phone, on, until = rows[row]
        if code not in places:
            table.refuse(row, "code", _("区划“%(code)s”尚未登记；请先登记它"), code=code)
            continue
        if grid is not None and places.get(str(grid)) != DivisionKind.GRID:
            table.refuse(row, "grid_code", _("“%(code)s”不是登记的网格；请核对，或清空这一格"), code=grid)
            continue
        dwelling, known_grid = doors.get((code, door), (None, ""))
        living = homes.get(dwelling, ()) if dwelling is not None else ()
        if len(living) > 1:
            table.refuse(row, "door", _("这个门牌登记着%(count)s户，不能按门牌更新；请逐户办理"), count=len(living))
        elif living:
            _compare(table, row, plan, living[0], (residents, head, phone, until), demo=scope.demo)
        elif isinstance(until, date):
            _ended_before(table, row, dwelling, until)
        else:
            person = _head(head, phone, code, demo=scope.demo)
            plan.new.append(NewHome(dwelling, code, grid or "", door, residents, person, on))
            table.marks[row] = "n"
        if dwelling is not None and grid is not None and grid != known_grid and table.marks[row] != "r":
            plan.grids.append((dwelling, str(grid)))
            if table.marks[row] == "u":
                table.marks[row] = "c"
    settle(table)
    return plan


def _homes(dwellings: list[int]) -> dict[int | None, list[Household]]:
    """Who lives behind these doors."""
    homes: dict[int | None, list[Household]] = {}
    for some in chunks(dwellings):
        for home in Household.objects.filter(until_on__isnull=True, dwelling_id__in=some).select_related("head"):
            homes.setdefault(home.dwelling_id, []).append(home)
    return homes


def _compare(
    table: Table, row: int, plan: HouseholdPlan, home: Household, said: tuple[object, ...], *, demo: bool
) -> None:
    residents, head, phone, until = said
    if isinstance(until, date):
        if until <= home.from_on:
            table.refuse(row, "until_on", _("终止日期应晚于登记的起始日期%(day)s；请核对"), day=str(home.from_on))
        else:
            plan.ended.append((home, until))
            table.marks[row] = "c"
        return
    person = None
    if head is not None and not is_masked(str(head)) and (home.head is None or home.head.name != head):
        person = _head(head, phone, home.division_code, demo=demo)
    elif phone is not None and home.head is not None and home.head.phone != phone:
        plan.phones.append((home, str(phone)))
        table.marks[row] = "c"
    if person is not None or residents != home.residents:
        plan.revised.append((home, int(str(residents)), person))
        table.marks[row] = "c"


def _ended_before(table: Table, row: int, dwelling: int | None, until: date) -> None:
    """The same end again changes nothing."""
    if dwelling is None or not Household.objects.filter(dwelling_id=dwelling, until_on=until).exists():
        table.refuse(row, "until_on", _("这个门牌没有登记住户，无从终止；请核对"))


def _head(name: object, phone: object, code: object, *, demo: bool) -> NewPerson | None:
    if name is None or is_masked(str(name)):
        return None
    return NewPerson(str(name), Sex.UNKNOWN, str(code), "", str(phone or ""), demo)
