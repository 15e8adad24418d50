"""What a workbook would do: every row is marked, every slip named, nothing is written.

Plans are made with the whole town in reach, since numbers, names and doors are unique in it; what lies outside the
person's own reach is refused row by row, and the words never tell what stands there.
"""

from collections.abc import Callable
from typing import TypeAlias

from redhouse.work.registry.enums import ImportKind
from redhouse.work.registry.rules.columns import TEMPLATES
from redhouse.work.registry.rules.plans.bodies import BodyPlan, plan_bodies
from redhouse.work.registry.rules.plans.divisions import DivisionPlan, plan_divisions
from redhouse.work.registry.rules.plans.households import HouseholdPlan, plan_households
from redhouse.work.registry.rules.plans.members import MemberPlan, plan_members
from redhouse.work.registry.rules.plans.posts import PostPlan, plan_posts
from redhouse.work.registry.rules.plans.scope import Scope
from redhouse.work.registry.rules.tables import Table, read_table

Plan: TypeAlias = DivisionPlan | BodyPlan | MemberPlan | HouseholdPlan | PostPlan

_PLANNERS: dict[str, Callable[[Table, Scope], Plan]] = {
    ImportKind.DIVISIONS: plan_divisions,
    ImportKind.BODIES: plan_bodies,
    ImportKind.MEMBERS: plan_members,
    ImportKind.HOUSEHOLDS: plan_households,
    ImportKind.POSTS: plan_posts,
}


def plan_workbook(content: bytes, kind: ImportKind, scope: Scope) -> tuple[Table, Plan]:
    """Raises WorkbookError where the file as a whole cannot be used."""
    table = read_table(content, TEMPLATES[kind], demo=scope.demo)
    return table, _PLANNERS[kind](table, scope)


__all__ = ["BodyPlan", "DivisionPlan", "HouseholdPlan", "MemberPlan", "Plan", "PostPlan", "Scope", "plan_workbook"]
