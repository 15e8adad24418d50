"""Places: by their code. Another name or kind is a new row in time."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from redhouse.ground.places.actions import NewDivision
from redhouse.ground.places.models import Division
from redhouse.ground.places.rules import missing_for_division
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.work.registry.rules.plans.scope import SAID, Scope, refuse_outside, settle
from redhouse.work.registry.rules.tables import Table


@dataclass
class DivisionPlan:
    new: list[NewDivision] = field(default_factory=list)
    revised: list[tuple[Division, NewDivision]] = field(default_factory=list)


def plan_divisions(table: Table, scope: Scope) -> DivisionPlan:
    refuse_outside(table, scope)
    plan, values = DivisionPlan(), table.values
    codes = values["code"]
    standing = {each.code: each for each in Division.objects.filter(until_on__isnull=True)}
    registered = set(standing)
    for row in sorted(table.live, key=lambda row: (len(str(codes[row])) > CODE_LENGTH, row)):  # villages first
        code = str(codes[row])
        wanted = NewDivision(
            code, str(values["kind"][row]), str(values["name"][row]), values["from_on"][row],  # type: ignore[arg-type]
            str(values["source"][row] or ""),
        )  # fmt: skip
        old = standing.get(code)
        if old is not None and (old.kind, old.name) == (wanted.kind, wanted.name):
            continue
        missing = missing_for_division(code, wanted.kind, registered)
        if missing:
            table.refuse(row, "code", SAID, sentence="；".join(missing))
        elif old is None:
            plan.new.append(wanted)
            registered.add(code)
            table.marks[row] = "n"
        elif wanted.from_on <= old.from_on:
            table.refuse(
                row, "from_on", _("与登记的名称或类别不同，更名日期应晚于登记的起始日期%(day)s；请核对"),
                day=old.from_on.isoformat(),
            )  # fmt: skip
        else:
            plan.revised.append((old, wanted))
            table.marks[row] = "c"
    settle(table)
    return plan
