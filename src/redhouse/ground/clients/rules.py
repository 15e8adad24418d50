"""Who gives keys to systems: whoever keeps accounts there."""

from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.clients.models import Token
from redhouse.ground.people.models import Person


def may_keep_tokens(person: Person | None, thing: object = None, *, on: date) -> bool:
    """Whether the list is shown at all."""
    return bool(reach_of(person, Verb.KEEP_ACCOUNTS, on))


def may_issue_token(person: Person | None, division_code: str, *, on: date) -> bool:
    return may(person, Verb.KEEP_ACCOUNTS, division_code, on)


def may_revoke_token(person: Person | None, token: Token, *, on: date) -> bool:
    return may(person, Verb.KEEP_ACCOUNTS, token.division_code, on)
