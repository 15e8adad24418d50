"""Versions of procedures, and their runs; rolls, meetings, boxes and tallies of their votes. What a run may do next is
held by the database: migration 0002; what a vote may not: 0011."""

from redhouse.ground.process.models.boxes import Ballot, Box, Keying, Mark, Teller, ThirdLook
from redhouse.ground.process.models.calendar import CalendarDay
from redhouse.ground.process.models.convenings import Convening
from redhouse.ground.process.models.drafts import VersionDraft
from redhouse.ground.process.models.elections import Candidate, Seat
from redhouse.ground.process.models.meetings import AgendaItem, Meeting, SignIn
from redhouse.ground.process.models.reports import CaseType, Reply, Report
from redhouse.ground.process.models.rolls import Elector, Proxy, Recusal, Roll, RollObjection
from redhouse.ground.process.models.runs import Run, RunMove, RunStep, StepPaper
from redhouse.ground.process.models.tallies import Tally
from redhouse.ground.process.models.versions import ProcedureVersion

__all__ = [
    "AgendaItem",
    "Ballot",
    "Box",
    "CalendarDay",
    "Candidate",
    "CaseType",
    "Convening",
    "Elector",
    "Keying",
    "Mark",
    "Meeting",
    "ProcedureVersion",
    "Proxy",
    "Recusal",
    "Reply",
    "Report",
    "Roll",
    "RollObjection",
    "Run",
    "RunMove",
    "RunStep",
    "Seat",
    "SignIn",
    "StepPaper",
    "Tally",
    "Teller",
    "ThirdLook",
    "VersionDraft",
]
