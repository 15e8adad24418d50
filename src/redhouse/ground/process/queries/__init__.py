"""Reads of procedures and runs."""

from redhouse.ground.process.queries.convenings import convening_of, is_held_up
from redhouse.ground.process.queries.days import days_left, due_on, ends_on, matures_on, waiting_for
from redhouse.ground.process.queries.holders import holders, offices_of, roles_of, who_owe
from redhouse.ground.process.queries.owing import open_for, owed_by
from redhouse.ground.process.queries.reports import (
    report_by_code,
    reported,
    reported_at,
    reports_from,
    state_of,
    types_of,
)
from redhouse.ground.process.queries.runs import history, open_step, open_steps, overdue
from redhouse.ground.process.queries.versions import law_in_force, procedure_of, step_rule, version_in_force

__all__ = [
    "convening_of",
    "days_left",
    "due_on",
    "ends_on",
    "history",
    "holders",
    "is_held_up",
    "law_in_force",
    "matures_on",
    "open_for",
    "open_step",
    "open_steps",
    "overdue",
    "owed_by",
    "procedure_of",
    "report_by_code",
    "reported",
    "reported_at",
    "reports_from",
    "offices_of",
    "roles_of",
    "state_of",
    "step_rule",
    "types_of",
    "version_in_force",
    "waiting_for",
    "who_owe",
]
