"""Personal text that rests encrypted: AES-256-GCM in a bytea column, bound to table and column."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from redhouse.kit.seal import Sealer
from redhouse.kit.secrets import secret_file

MASTER = "field-encryption.key"
TAIL = 4  # digits by which people look for a number


@lru_cache(maxsize=8)
def _sealer(folder: Path) -> Sealer:
    return Sealer(secret_file(folder, MASTER))


def sealer() -> Sealer:
    return _sealer(Path(settings.REDHOUSE_KEYS))


class SealedField(models.Field):  # type: ignore[type-arg]
    """Python str, empty for none; the database holds nonce and ciphertext. Not searchable: keep a blind index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        options: dict[str, Any] = {"default": "", "blank": True} | kwargs
        super().__init__(*args, **options)

    def db_type(self, connection: Any) -> str:
        return "bytea"

    @property
    def context(self) -> bytes:
        return f"{self.model._meta.label_lower}.{self.name}".encode()

    def get_prep_value(self, value: Any) -> bytes:
        return sealer().seal(value, self.context) if value else b""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return sealer().open(bytes(value), self.context) if value else ""

    def to_python(self, value: Any) -> str:
        return str(value or "")

    def value_to_string(self, obj: Any) -> str:
        return ""  # never serialised in the clear


def blind_index(field: SealedField, value: str) -> bytes:
    """Equality look-up without decryption; empty for empty."""
    return sealer().blind_index(value, field.context) if value else b""


def tail_index(field: SealedField, value: str) -> bytes:
    """Look-up by the last four digits; empty for less than four.

    Ten thousand endings are few: whoever reads the column learns which people end alike, and without the key no more.
    """
    return sealer().blind_index(value[-TAIL:].upper(), field.context + b".tail") if len(value) >= TAIL else b""
