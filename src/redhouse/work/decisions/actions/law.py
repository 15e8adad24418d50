"""Bring the versions of the law that came with this house into force."""

from datetime import date

from redhouse.ground.process.actions import adopt_versions
from redhouse.ground.process.procedure import texts_in
from redhouse.work.decisions.definitions import FOLDER


def adopt_law(*, on: date) -> int:
    """Adopt what is new among the powers that came along, each proved; returns how many. Repeating it changes nothing,
    and an empty house waits for its town."""
    return len(adopt_versions(texts_in(FOLDER).values(), on=on))
