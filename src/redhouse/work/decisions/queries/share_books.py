"""A workbook of shares between its dry run and the freeze: kept sealed by its digest, found again by a signed token
that names matter, uploader, basis and day. No row of the database knows it, and nobody else can open it."""

from dataclasses import dataclass
from datetime import date

from django.core import signing

from redhouse.ground.papers import storage
from redhouse.ground.people.fields import sealer
from redhouse.ground.people.models import Person
from redhouse.kit.seal import SealBroken
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.money_page import money_for

SALT, SEALED_AS = "decisions.share-book", b"decisions.share.book"
DAYS = 30


@dataclass(frozen=True)
class Kept:
    matter: Matter
    basis: Basis
    as_of: date
    file_name: str
    content: bytes
    token: str


def keep(content: bytes, *, matter: Matter, person: Person, basis: Basis, as_of: date, file_name: str) -> str:
    """Seal and store the file; returns its token."""
    stored = storage.put(sealer().seal_bytes(content, SEALED_AS))
    said = [matter.pk, person.pk, basis.value, as_of.isoformat(), file_name[-80:], stored.sha256]
    return signing.dumps(said, salt=SALT)


def kept_for(person: Person, matter_id: int, token: str) -> Kept | None:
    """The workbook that this person uploaded for this matter; None for a token of anybody else, or one too old."""
    matter = money_for(person, matter_id)
    if matter is None:
        return None
    try:
        of, by, basis, as_of, name, digest = signing.loads(token, salt=SALT, max_age=DAYS * 86400)
        if (of, by) != (matter.pk, person.pk):
            return None
        with storage.open_file(digest) as file:
            content = sealer().open_bytes(file.read(), SEALED_AS)
    except (signing.BadSignature, ValueError, storage.FileMissing, SealBroken):
        return None
    return Kept(matter, Basis(basis), date.fromisoformat(as_of), name, content, token)
