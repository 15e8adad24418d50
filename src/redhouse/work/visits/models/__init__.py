"""Nouns of this room."""

from redhouse.work.visits.models.books import LongBook
from redhouse.work.visits.models.callbacks import Callback, CallbackSample
from redhouse.work.visits.models.care import CareMark
from redhouse.work.visits.models.changes import DoorstepChange
from redhouse.work.visits.models.checklists import Checklist
from redhouse.work.visits.models.contacts import HouseholdContact
from redhouse.work.visits.models.notes import Note
from redhouse.work.visits.models.stations import DayLog, Mentorship, MentorshipNote, StationDay
from redhouse.work.visits.models.visits import Visit, VisitPhoto

__all__ = [
    "Callback",
    "CallbackSample",
    "CareMark",
    "Checklist",
    "DayLog",
    "DoorstepChange",
    "HouseholdContact",
    "LongBook",
    "Mentorship",
    "MentorshipNote",
    "Note",
    "StationDay",
    "Visit",
    "VisitPhoto",
]
