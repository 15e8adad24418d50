"""The only writers of this room: contacts and visits one at a time or a year's list at once, care, stations, checks."""

from redhouse.work.visits.actions.books import Read, TooLong, read_book
from redhouse.work.visits.actions.callbacks import answer_callback, draw_sample
from redhouse.work.visits.actions.care import end_care, mark_care
from redhouse.work.visits.actions.checklists import edit_checklist
from redhouse.work.visits.actions.details import Details
from redhouse.work.visits.actions.long import confirm_long_book, upload_long_book
from redhouse.work.visits.actions.many import NewContact, NewVisit, assign_contacts, record_visits
from redhouse.work.visits.actions.notes import keep_note, strike_note
from redhouse.work.visits.actions.one import (
    assign_contact,
    correct_visit,
    describe_visit,
    end_contact,
    record_visit,
    void_visit,
)
from redhouse.work.visits.actions.problems import adopt_procedure, raise_problem, settle_step
from redhouse.work.visits.actions.sharing import hand_over, share_out
from redhouse.work.visits.actions.stations import (
    begin_mentorship,
    end_mentorship,
    fix_station_day,
    note_mentorship,
    write_day_log,
)
from redhouse.work.visits.actions.told import OneByOne, Told, record_told

__all__ = [
    "Details",
    "NewContact",
    "NewVisit",
    "OneByOne",
    "Read",
    "Told",
    "TooLong",
    "adopt_procedure",
    "answer_callback",
    "assign_contact",
    "assign_contacts",
    "begin_mentorship",
    "confirm_long_book",
    "correct_visit",
    "describe_visit",
    "draw_sample",
    "edit_checklist",
    "end_care",
    "end_contact",
    "end_mentorship",
    "fix_station_day",
    "hand_over",
    "keep_note",
    "mark_care",
    "note_mentorship",
    "raise_problem",
    "read_book",
    "record_told",
    "record_visit",
    "record_visits",
    "settle_step",
    "share_out",
    "strike_note",
    "upload_long_book",
    "void_visit",
    "write_day_log",
]
