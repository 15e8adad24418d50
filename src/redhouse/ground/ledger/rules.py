"""How every room refuses: with the list of what is still missing, in whole sentences."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Model


class NotYet(ValueError):
    """An action may not go ahead; `missing` holds one sentence for each thing that stands in its way."""

    def __init__(self, missing: Iterable[object]) -> None:
        self.missing = [str(sentence) for sentence in missing]
        super().__init__("；".join(self.missing))


def require(missing: Iterable[object]) -> None:
    """Raise NotYet unless the list is empty."""
    sentences = list(missing)
    if sentences:
        raise NotYet(sentences)


@contextmanager
def in_words(row: Model) -> Iterator[None]:
    """What the database refuses inside the block is said in the words of the model: `row` is what was to be written.

    Raises ValidationError with the sentence of the constraint, IntegrityError where the model has no words for it.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        row.full_clean()
        raise
