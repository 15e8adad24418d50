"""A piece of the load that stands whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def whole() -> Iterator[None]:
    """One transaction, in which actions set no savepoints: nobody goes back to one, and they are a third of all
    statements. An action that is refused inside breaks the whole piece, even where somebody would catch it."""
    features = connections[DEFAULT_DB_ALIAS].features
    before = features.uses_savepoints
    with transaction.atomic():
        features.uses_savepoints = False
        try:
            yield
        finally:
            features.uses_savepoints = before
