"""The bytes of an uploaded workbook."""

from redhouse.ground.papers import storage
from redhouse.ground.people.fields import sealer
from redhouse.work.registry.models import Import

SEALED_AS = b"registry.import.file"


def content_of(row: Import) -> bytes:
    """The file as it was uploaded. Raises FileMissing, FileAltered, SealBroken."""
    with storage.open_file(row.sealed_sha256) as file:
        return sealer().open_bytes(file.read(), SEALED_AS)
