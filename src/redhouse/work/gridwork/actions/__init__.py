"""The only writers of this room."""

from redhouse.work.gridwork.actions.cases import assign, assign_many, look_at_contact, photograph, rate, report_event
from redhouse.work.gridwork.actions.inspections import (
    approve_form,
    draft_form,
    inspect,
    plan_round,
    register_site,
    remove_hazard,
)
from redhouse.work.gridwork.actions.law import adopt_life
from redhouse.work.gridwork.actions.types import change_type, keep_template

__all__ = [
    "adopt_life",
    "approve_form",
    "assign",
    "assign_many",
    "change_type",
    "draft_form",
    "inspect",
    "keep_template",
    "look_at_contact",
    "photograph",
    "plan_round",
    "rate",
    "register_site",
    "remove_hazard",
    "report_event",
]
