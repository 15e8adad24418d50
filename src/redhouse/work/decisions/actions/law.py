"""Bring the versions of the law that came with this house into force."""

from datetime import date

from redhouse.ground.process.actions import adopt_versions
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.procedure import digest_of
from redhouse.work.decisions.definitions import all_texts


def adopt_law(*, on: date) -> int:
    """Adopt what is new among the powers that came along, each proved; returns how many. Repeating it changes nothing,
    and an empty house waits for its town."""
    known = set(ProcedureVersion.objects.values_list("digest", flat=True))
    texts = all_texts().values()  # of which a digest is cheap, and reading the rules dear: every start comes by here
    return len(adopt_versions([text for text in texts if digest_of(text) not in known], on=on))
