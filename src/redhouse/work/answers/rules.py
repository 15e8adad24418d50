from datetime import date

from redhouse.ground.people.models import Person
from redhouse.work.answers.queries.scope import Asked, own_sheet


def may_see_answers(person: Person, asked: Asked, *, on: date) -> bool:
    """Some post lets this person see a sheet; which one was already settled when it was asked for."""
    return asked.code is not None


def may_see_any_answers(person: Person | None) -> bool:
    """Whether the door to the sheet is shown at all."""
    return person is not None and own_sheet(person).code is not None
