"""Reads of this room, and the only doors to its objects."""

from redhouse.ground.people.models import Person
from redhouse.work.registry.enums import ImportKind
from redhouse.work.registry.models import Import


def import_for(person: Person, import_id: int) -> Import | None:
    """Somebody's own upload; others' do not exist for them."""
    return Import.objects.filter(created_by=person, pk=import_id).first()


def imports_of(person: Person, limit: int = 10) -> list[Import]:
    """One's own uploads, newest first."""
    return list(Import.objects.filter(created_by=person).defer("outcome").order_by("-pk")[:limit])


def exchange_for(person: Person) -> Person:
    """The page of templates, exports and uploads is about whoever opens it."""
    return person


def kind_for(person: Person, kind: str) -> tuple[Person, ImportKind] | None:
    """One of the five kinds of workbook."""
    return (person, ImportKind(kind)) if kind in ImportKind.values else None
