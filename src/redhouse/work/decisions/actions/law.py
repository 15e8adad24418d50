"""Bring the versions of the law that came with this house into force."""

from datetime import date

from redhouse.ground.process.actions import adopt_versions
from redhouse.ground.process.models import ProcedureVersion
from redhouse.work.decisions.definitions import all_versions


def adopt_law(*, on: date) -> int:
    """Adopt what is new among the powers that came along, each proved; returns how many. Repeating it changes nothing,
    and an empty house waits for its town."""
    known = set(ProcedureVersion.objects.values_list("digest", flat=True))
    return len(adopt_versions([each.text for each in all_versions() if each.digest not in known], on=on))
