"""Add papers and their versions. `by` is the person who does it, None without an account; `on` an Asia/Shanghai day."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, BinaryIO, TypeVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.papers import facts, queries, storage
from redhouse.ground.papers.enums import MEDIA_TYPE_BY_SUFFIX, UNDER_WAY, Making, MediaType, PaperKind
from redhouse.ground.papers.models import OutgoingBook, Paper, PaperVersion
from redhouse.ground.people.models import Person
from redhouse.kit.photos import PhotoError, clean_photo
from redhouse.kit.record import digest_label

Book = TypeVar("Book", bound=OutgoingBook)
Tell = Callable[[int], object]  # told how many rows are written


@transaction.atomic
def add_paper(
    *,
    kind: PaperKind,
    title: str,
    content: bytes | BinaryIO,
    media_type: MediaType,
    file_name: str,
    division_code: str,
    by: Person | None,
    on: date,
    body: Body | None = None,
    number: str = "",
) -> Paper:
    """Store a new paper with its first version. Raises ValidationError with the sentence of the broken constraint."""
    paper = Paper(kind=kind, title=title, number=number, division_code=division_code, body=body, created_by=by)
    paper.full_clean()
    paper.save()
    ledger.record(
        facts.PAPER_ADDED,
        happened_on=on,
        division_code=division_code,
        by=by.pk if by else None,
        subject=paper.pk,
        object=body.pk if body else None,
        label=kind,
    )
    add_version(paper=paper, content=content, media_type=media_type, file_name=file_name, by=by, on=on)
    return paper


@transaction.atomic
def add_photos(
    contents: Sequence[bytes], *, title: str, name: str, division_code: str, by: Person | None, on: date, first: int = 1
) -> list[Paper]:
    """Store photographs without their place and device, each a paper of its own; their files are called `name-number`
    from `first` on. Raises ValidationError where one is no photograph, before any is stored."""
    try:
        photos = [clean_photo(content) for content in contents]
    except PhotoError as error:
        raise ValidationError(error.say(_)) from error
    return [
        add_paper(
            kind=PaperKind.EVIDENCE,
            title=title,
            content=photo.content,
            media_type=MEDIA_TYPE_BY_SUFFIX[photo.suffix],
            file_name=f"{name}-{number}.{photo.suffix}",
            division_code=division_code,
            by=by,
            on=on,
        )
        for number, photo in enumerate(photos, start=first)
    ]


@transaction.atomic
def add_version(
    *, paper: Paper, content: bytes | BinaryIO, media_type: MediaType, file_name: str, by: Person | None, on: date
) -> PaperVersion:
    """Store the next version of a paper. The bytes of the latest version again change nothing and return that version.

    The file is stored before the row: after a failure a file without a row may remain, never a row without its file.
    """
    Paper.objects.select_for_update().get(pk=paper.pk)
    latest = queries.latest_version(paper)
    stored = storage.put(content)
    if latest is not None and (latest.sha256, latest.media_type) == (stored.sha256, media_type):
        return latest
    version = PaperVersion(
        paper=paper,
        version_no=latest.version_no + 1 if latest else 1,
        sha256=stored.sha256,
        sm3=stored.sm3,
        size=stored.size,
        media_type=media_type,
        file_name=file_name,
        created_by=by,
    )
    version.full_clean()
    version.save()
    ledger.record(
        facts.PAPER_VERSION_ADDED,
        happened_on=on,
        division_code=paper.division_code,
        by=by.pk if by else None,
        subject=paper.pk,
        object=version.pk,
        label=digest_label(stored.sha256),
    )
    return version


def write_book(model: type[Book], book_id: int, fill: Callable[[Book, BinaryIO, Tell], None]) -> None:
    """Have `fill` write the file, seeing what the owner of the book may see and no more. Safe to repeat: an interrupted
    file is never shown."""
    book = _begin(model, book_id)
    if book is None:
        return
    own = _rows(model).filter(pk=book.pk, state=Making.WRITING)
    name = f"{uuid4().hex}.xlsx"
    fresh = storage.outgoing() / f".{name}"
    storage.outgoing().mkdir(mode=0o700, exist_ok=True)
    try:
        with fresh.open("xb") as file:
            fill(book, file, lambda rows: own.update(written=rows))
        fresh.rename(storage.outgoing() / name)
    finally:
        fresh.unlink(missing_ok=True)
    own.update(state=Making.READY, file_name=name, written=book.rows)


@transaction.atomic
def _begin(model: type[Book], book_id: int) -> Book | None:
    waiting = _rows(model).select_for_update(skip_locked=True, of=("self",)).filter(pk=book_id, state__in=UNDER_WAY)
    with everything():
        book: Book | None = waiting.select_related("created_by").first()
    if book is not None:
        book.state = Making.WRITING
        book.save(update_fields=["state"])
    return book


def fail_book(model: type[OutgoingBook], book_id: int) -> None:
    """Say on the page that it was not written."""
    _rows(model).filter(pk=book_id, state__in=UNDER_WAY).update(state=Making.FAILED)


def _rows(model: type[OutgoingBook]) -> Any:
    return model._default_manager.all()
