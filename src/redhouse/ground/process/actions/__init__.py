"""The only writers of versions, runs and steps."""

from redhouse.ground.process.actions.refusals import OutOfTurn
from redhouse.ground.process.actions.runs import open_run, resume_run, suspend_run
from redhouse.ground.process.actions.steps import close_step, file_paper
from redhouse.ground.process.actions.versions import adopt_version, adopt_versions

__all__ = [
    "OutOfTurn",
    "adopt_version",
    "adopt_versions",
    "close_step",
    "file_paper",
    "open_run",
    "resume_run",
    "suspend_run",
]
