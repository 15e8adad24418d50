"""Party members: by number and organisation. A registered tie elsewhere moves; a new status follows the old one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import MemberStatus, Tie
from redhouse.ground.people.models import Membership
from redhouse.ground.people.rules import missing_for_membership
from redhouse.work.registry.rules.plans.persons import (
    PersonPlan,
    body_of,
    chunks,
    forget_unused,
    people_in,
    place_person,
    standing_bodies,
)
from redhouse.work.registry.rules.plans.scope import SAID, Scope, refuse_outside, settle
from redhouse.work.registry.rules.tables import Table


@dataclass
class NewTie:
    number: str
    body: Body
    tie: str
    status: str
    on: date


@dataclass
class MemberPlan:
    people: PersonPlan
    ended: list[tuple[Membership, date]] = field(default_factory=list)
    new: list[NewTie] = field(default_factory=list)


def plan_members(table: Table, scope: Scope) -> MemberPlan:
    refuse_outside(table, scope)
    plan = MemberPlan(people_in(table))
    bodies, ties = standing_bodies(table), _ties(plan.people)
    _registered_once(table)
    used = []
    for row in table.live:
        body = body_of(table, row, bodies)
        if body is None:
            continue
        ends = table.values["until_on"][row] is not None
        if missing := missing_for_membership(body):
            table.refuse(row, "body", SAID, sentence="；".join(missing))
        elif place_person(table, row, plan.people, scope, standing=ends):
            number = str(table.values["citizen_id"][row])
            person = plan.people.known.get(number)
            held = ties[person.pk] if person else []
            (_end if ends else _tie)(table, row, plan, scope, body, held)
            if table.marks[row] != "r":
                used.append(number)
    forget_unused(table, plan.people, used)
    settle(table)
    return plan


def _ties(people: PersonPlan) -> dict[int, list[Membership]]:
    ties: dict[int, list[Membership]] = defaultdict(list)
    for some in chunks([person.pk for person in people.known.values()]):
        for tie in Membership.objects.filter(person_id__in=some).select_related("body"):
            ties[tie.person_id].append(tie)
    return ties


def _registered_once(table: Table) -> None:
    """Two rows that register one person in two places contradict one another."""
    values = table.values
    rows: dict[str, list[int]] = defaultdict(list)
    for row in table.live:
        if values["tie"][row] == Tie.REGISTERED and values["until_on"][row] is None:
            rows[str(values["citizen_id"][row])].append(row)
    for same in rows.values():
        for row in same if len(same) > 1 else ():
            other = next(each for each in same if each != row)
            table.refuse(
                row, "tie", _("与第%(line)s行都说在册，而组织不同；在册只能在一处，请只留一行"), line=table.line(other)
            )
    settle(table)


def _end(table: Table, row: int, plan: MemberPlan, scope: Scope, body: Body, held: list[Membership]) -> None:
    until = table.values["until_on"][row]
    assert isinstance(until, date)
    if any(tie.body_id == body.pk and tie.until_on == until for tie in held):
        return
    current = next((tie for tie in held if tie.body_id == body.pk and tie.until_on is None), None)
    if current is None:
        table.refuse(row, "until_on", _("此人不在这个党组织，无从终止；请核对"))
    elif until <= current.from_on:
        table.refuse(row, "until_on", _("终止日期应晚于登记的起始日期%(day)s；请核对"), day=str(current.from_on))
    else:
        plan.ended.append((current, until))
        table.marks[row] = "c"


def _tie(table: Table, row: int, plan: MemberPlan, scope: Scope, body: Body, held: list[Membership]) -> None:
    values = table.values
    tie, on = str(values["tie"][row]), values["from_on"][row]
    assert isinstance(on, date)
    status = str(values["status"][row] or MemberStatus.FULL)
    here = next((each for each in held if each.body_id == body.pk and each.until_on is None), None)
    elsewhere = next(
        (each for each in held if each.tie == Tie.REGISTERED and each.until_on is None and each.body_id != body.pk),
        None,
    )
    if here is not None and (here.tie, here.status) == (tie, status):
        return
    leaving = [each for each in (here, elsewhere if tie == Tie.REGISTERED else None) if each is not None]
    for old in leaving:
        if not scope.holds(old.division_code):
            table.refuse(
                row, "citizen_id", _("此人在册于您管理范围之外的党组织；转入请由镇组织办办理，或先由转出地终止")
            )
            return
        if on <= old.from_on:
            table.refuse(
                row, "from_on", _("与登记不同，转入或变更的日期应晚于原关系的起始日期%(day)s；请核对"),
                day=str(old.from_on),
            )  # fmt: skip
            return
    if tie == Tie.REGISTERED and any(
        each.tie == Tie.REGISTERED and each.until_on is not None and each.until_on > on for each in held
    ):
        table.refuse(row, "from_on", _("与以前的在册期间重叠；请核对起始日期"))
        return
    plan.ended += [(old, on) for old in leaving]
    plan.new.append(NewTie(str(values["citizen_id"][row]), body, tie, status, on))
    table.marks[row] = "c" if leaving else "n"
