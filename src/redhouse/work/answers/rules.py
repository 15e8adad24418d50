from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may, posts_giving
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.people.models import Person
from redhouse.work.answers.models import Sheet
from redhouse.work.answers.queries.scope import Asked, own_sheet


def may_see_answers(person: Person, asked: Asked, *, on: date) -> bool:
    """Some post lets this person see a sheet; which one was already settled when it was asked for."""
    return asked.code is not None


def may_see_any_answers(person: Person | None) -> bool:
    """Whether the door to the sheet is shown at all."""
    return person is not None and own_sheet(person).code is not None


def may_submit(person: Person, asked: Asked, *, on: date) -> bool:
    """Secretaries and organisation officers send their sheet for approval."""
    return asked.code is not None and may(person, Verb.SUBMIT_ANSWERS, asked.code, on)


def approves_for(person: Person, division_code: str, *, on: date) -> bool:
    """Only who holds the right in a Party committee: a branch secretary does not approve for a town."""
    posts = posts_giving(person, Verb.APPROVE_ANSWERS, division_code, on)
    return any(post.body.kind == BodyKind.PARTY_COMMITTEE for post in posts)


def may_decide(person: Person, sheet: Sheet, *, on: date) -> bool:
    """The reviewer is not the author."""
    return sheet.submitted_by_id != person.pk and approves_for(person, sheet.division_code, on=on)


def may_have_data_stored(person: Person, sheet: Sheet, *, on: date) -> bool:
    """Those who send and those who approve may have the data of an approved sheet written once more."""
    return may_submit(person, Asked(sheet.division_code), on=on) or approves_for(person, sheet.division_code, on=on)
