"""Who may do what, and what must be there first."""

from redhouse.work.visits.rules.offices import (
    may_answer_callback,
    may_draw_sample,
    may_edit_checklist,
    may_fix_station,
    may_work_in_team,
)
from redhouse.work.visits.rules.visits import (
    may_assign_any_contact,
    may_assign_contact,
    may_correct_visit,
    may_record_visit,
    may_see_household,
    missing_before_contact,
    missing_before_visit,
    stands,
)

__all__ = [
    "may_answer_callback",
    "may_assign_any_contact",
    "may_assign_contact",
    "may_correct_visit",
    "may_draw_sample",
    "may_edit_checklist",
    "may_fix_station",
    "may_record_visit",
    "may_see_household",
    "may_work_in_team",
    "missing_before_contact",
    "missing_before_visit",
    "stands",
]
