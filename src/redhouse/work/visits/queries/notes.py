"""My notes: nobody reads those of somebody else."""

from django.db.models import QuerySet

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.work.visits.models import Note

NOTES_A_PAGE = 30


def notes_for(person: Person) -> QuerySet[Note]:
    """The newest first. A household may lie where no post of the writer reaches: read it where the wall is open."""
    rows = Note.objects.filter(member=person).select_related("household__dwelling", "household__head")
    return rows.order_by("-noted_on", "-pk")


def note_for(person: Person, note_id: int) -> Note | None:
    with everything():
        return notes_for(person).filter(pk=note_id).first()
