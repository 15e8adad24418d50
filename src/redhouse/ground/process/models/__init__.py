"""Versions of procedures, and their runs. What a run may do next is held by the database: migration 0002."""

from redhouse.ground.process.models.calendar import CalendarDay
from redhouse.ground.process.models.convenings import Convening
from redhouse.ground.process.models.runs import Run, RunMove, RunStep, StepPaper
from redhouse.ground.process.models.versions import ProcedureVersion

__all__ = ["CalendarDay", "Convening", "ProcedureVersion", "Run", "RunMove", "RunStep", "StepPaper"]
