"""The only writers of household contacts and of visits: one at a time, or a year's list at once."""

from redhouse.work.visits.actions.many import NewContact, NewVisit, assign_contacts, record_visits
from redhouse.work.visits.actions.one import (
    assign_contact,
    correct_visit,
    end_contact,
    record_visit,
    void_visit,
)

__all__ = [
    "NewContact",
    "NewVisit",
    "assign_contact",
    "assign_contacts",
    "correct_visit",
    "end_contact",
    "record_visit",
    "record_visits",
    "void_visit",
]
