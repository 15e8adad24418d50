"""Notes that a member keeps for themselves. The record says that there was one, never what it says or about whom."""

from datetime import date
from uuid import UUID

from django.db import transaction

from redhouse.ground.access.reach import use_reach
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import in_words
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits import facts
from redhouse.work.visits.models import Note


@transaction.atomic
def keep_note(
    *, text: str, household: Household | None = None, key: UUID, noted_on: date, by: Person, on: date
) -> Note:
    """The caller has found the household for `by`. The same `key` again is the note that is there, where that is one's
    own. Raises ValidationError."""
    code = household.division_code if household else by.division_code
    note = Note(key=key, member=by, household=household, division_code=code, text=text.strip(), noted_on=noted_on)
    with use_reach([code], person_id=by.pk):
        known = Note.objects.filter(key=key, member=by).first()
        if known is not None:
            return known
        note.full_clean(exclude=["member", "household"])
        with in_words(note):
            note.save()
    ledger.record(facts.NOTE_RECORDED, happened_on=on, division_code=by.division_code, by=by.pk)
    return note


@transaction.atomic
def strike_note(*, note: Note, by: Person, on: date) -> None:
    """Gone for good. One's own, or `Note.DoesNotExist`."""
    with use_reach([note.division_code], person_id=by.pk):
        Note.objects.get(pk=note.pk, member=by).delete()
    ledger.record(facts.NOTE_DELETED, happened_on=on, division_code=by.division_code, by=by.pk)
