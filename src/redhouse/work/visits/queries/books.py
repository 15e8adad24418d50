"""Long lists on their way in, and the bytes of their files."""

from redhouse.ground.papers import storage
from redhouse.ground.people.fields import sealer
from redhouse.ground.people.models import Person
from redhouse.work.visits.models import LongBook

SEALED_AS = b"visits.book.file"


def long_book_for(person: Person, book_id: int) -> LongBook | None:
    """Somebody's own upload; others' do not exist for them."""
    return LongBook.objects.filter(created_by=person, pk=book_id).first()


def long_books_of(person: Person, limit: int = 5) -> list[LongBook]:
    return list(LongBook.objects.filter(created_by=person).defer("outcome").order_by("-pk")[:limit])


def content_of(book: LongBook) -> bytes:
    """The file as it was uploaded. Raises FileMissing, FileAltered, SealBroken."""
    with storage.open_file(book.sealed_sha256) as file:
        return sealer().open_bytes(file.read(), SEALED_AS)
