"""The only writers of versions, runs and steps."""

from redhouse.ground.process.actions.convenings import demand_convening, escalate_convenings
from redhouse.ground.process.actions.drafts import approve_draft, draft_version, refuse_draft
from redhouse.ground.process.actions.moves import move_run, move_runs, preview_moves, restate_facts
from redhouse.ground.process.actions.refusals import OutOfTurn
from redhouse.ground.process.actions.reports import forget_reporter, record_reply, reopen, report_problem
from redhouse.ground.process.actions.runs import open_run, resume_run, suspend_run
from redhouse.ground.process.actions.steps import close_step, file_paper
from redhouse.ground.process.actions.versions import adopt_version, adopt_versions

__all__ = [
    "OutOfTurn",
    "adopt_version",
    "adopt_versions",
    "approve_draft",
    "close_step",
    "demand_convening",
    "draft_version",
    "escalate_convenings",
    "file_paper",
    "forget_reporter",
    "move_run",
    "move_runs",
    "open_run",
    "preview_moves",
    "record_reply",
    "refuse_draft",
    "reopen",
    "report_problem",
    "restate_facts",
    "resume_run",
    "suspend_run",
]
