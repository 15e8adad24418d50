"""Organisations: by name and place. New ones are founded from the top of the tree down."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop as _

from redhouse.ground.bodies.actions import NewBody
from redhouse.ground.bodies.models import Body
from redhouse.ground.bodies.rules import missing_for_body
from redhouse.ground.places.models import Division
from redhouse.work.registry.rules.plans.scope import SAID, Scope, refuse_outside, settle
from redhouse.work.registry.rules.tables import Table

Key = tuple[str, str]  # division code, name


@dataclass
class BodyPlan:
    """`new` in batches: the superior of a row is a standing body or one of an earlier batch, named by its key."""

    new: list[list[tuple[NewBody, Key | None]]] = field(default_factory=list)
    dissolved: list[tuple[Body, date]] = field(default_factory=list)


def plan_bodies(table: Table, scope: Scope) -> BodyPlan:
    refuse_outside(table, scope)
    plan, values = BodyPlan(), table.values
    standing = {(each.division_code, each.name): each for each in Body.objects.filter(until_on__isnull=True)}
    ended = set(Body.objects.filter(until_on__isnull=False).values_list("division_code", "name", "until_on"))
    places = set(Division.objects.filter(until_on__isnull=True).values_list("code", flat=True))
    busy = {each.parent_id for each in standing.values()}
    waiting: list[int] = []
    for row in table.live:
        key = (str(values["code"][row]), str(values["body"][row]))
        if key in standing:
            _compare(table, plan, row, standing[key], busy)
        elif (*key, values["until_on"][row]) in ended:
            continue
        elif key[0] not in places:
            table.refuse(row, "code", _("区划“%(code)s”尚未登记；请先登记它"), code=key[0])
        elif values["until_on"][row] is not None:
            table.refuse(row, "until_on", _("没有登记过这个组织，无从撤销；请核对名称和代码，或先登记"))
        else:
            waiting.append(row)
    _found(table, plan, waiting, standing)
    settle(table)
    return plan


def _compare(table: Table, plan: BodyPlan, row: int, old: Body, busy: set[int | None]) -> None:
    """A standing organisation: the same, dissolved, or something that a table cannot do."""
    values = table.values
    until = values["until_on"][row]
    if values["kind"][row] != old.kind:
        table.refuse(
            row, "kind", _("登记的类别是“%(kind)s”；改设组织请撤销后新设，或核对本行"),
            kind=str(old.get_kind_display()),
        )  # fmt: skip
    elif values["parent"][row] is not None and _plain(str(values["parent"][row])) != (
        old.parent.name if old.parent else ""
    ):
        table.refuse(
            row, "parent", _("登记的上级是“%(parent)s”；改隶不能填表办理，请核对本行"),
            parent=old.parent.name if old.parent else "—",
        )  # fmt: skip
    elif until is None:
        return
    elif until <= old.from_on:  # type: ignore[operator]
        table.refuse(row, "until_on", _("撤销日期应晚于成立日期%(day)s；请核对"), day=old.from_on.isoformat())
    elif old.pk in busy:
        table.refuse(row, "until_on", _("其下还有组织；请先撤销它们，再导入本行"))
    else:
        plan.dissolved.append((old, until))  # type: ignore[arg-type]
        table.marks[row] = "c"


def _found(table: Table, plan: BodyPlan, waiting: list[int], standing: dict[Key, Body]) -> None:
    """Batch by batch, each under what stands by then; what is left over hangs on a refused row or on itself."""
    values = table.values
    known: dict[str, list[tuple[Key, Body]]] = defaultdict(list)
    for key, body in standing.items():
        known[body.name].append((key, body))
    coming = {str(values["body"][row]) for row in waiting}
    while waiting:
        batch: list[tuple[NewBody, Key | None]] = []
        later: list[int] = []
        born: list[tuple[Key, Body]] = []
        for row in waiting:
            wanted = values["parent"][row]
            name = _plain(str(wanted)) if wanted is not None else ""
            found = [each for each in known[name] if "@" not in str(wanted) or str(wanted).endswith("@" + each[0][0])]
            if wanted is not None and not found and name in coming:
                later.append(row)
                continue
            parent = found[0] if found else None
            new = NewBody(
                str(values["kind"][row]), str(values["body"][row]), str(values["code"][row]),
                values["from_on"][row], parent[1].pk if parent else None,  # type: ignore[arg-type]
                is_joint=bool(values["is_joint"][row]), is_area=bool(values["is_area"][row]),
            )  # fmt: skip
            if wanted is not None and not found:
                table.refuse(row, "parent", _("没有找到上级组织“%(name)s”；请核对全称，或先登记它"), name=str(wanted))
            elif len(found) > 1:
                table.refuse(row, "parent", _("叫“%(name)s”的组织有几个；请写成“名称@区划代码”"), name=name)
            elif missing := missing_for_body(
                kind=new.kind, name=new.name, parent=parent[1] if parent else None, is_joint=new.is_joint,
                credit_code="", on=new.from_on,
            ):  # fmt: skip
                table.refuse(row, "parent", SAID, sentence="；".join(missing))
            else:
                key = (new.division_code, new.name)
                batch.append((new, parent[0] if parent and parent[1].pk is None else None))
                body = Body(kind=new.kind, name=new.name, division_code=new.division_code, from_on=new.from_on)
                born.append((key, body))
                table.marks[row] = "n"
        coming = {str(values["body"][row]) for row in later}
        for key, body in born:
            known[body.name].append((key, body))
        if batch:
            plan.new.append(batch)
        elif len(later) == len(waiting):
            for row in later:
                table.refuse(row, "parent", _("上级组织就在本表，却互为上下级或自为上级；请核对"))
            return
        waiting = later


def _plain(text: str) -> str:
    return text.partition("@")[0]
