from redhouse.work.decisions.actions.gates import (
    answer_opinion,
    check_items,
    explain_matter,
    inform_members,
    record_opinion,
)
from redhouse.work.decisions.actions.law import adopt_law
from redhouse.work.decisions.actions.matters import amend_plan, file_paper, open_matter

__all__ = [
    "adopt_law",
    "amend_plan",
    "answer_opinion",
    "check_items",
    "explain_matter",
    "file_paper",
    "inform_members",
    "open_matter",
    "record_opinion",
]
