"""Add papers and their versions. `by` is the person who does it, None without an account; `on` an Asia/Shanghai day."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.papers import facts, queries, storage
from redhouse.ground.papers.enums import MEDIA_TYPE_BY_SUFFIX, MediaType, PaperKind
from redhouse.ground.papers.models import Paper, PaperVersion
from redhouse.ground.people.models import Person
from redhouse.kit.photos import PhotoError, clean_photo
from redhouse.kit.record import digest_label


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
