"""What every request passes: security headers, the person behind the account, and how far that person may see."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.models import Account
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import set_reach
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.request import Request

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
FEATURES = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"


class SecurityHeaders:
    """Nothing from outside, nothing inline, nothing framed. Django's own middleware adds the other headers."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.handler(request)
        answer.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        answer.headers.setdefault("Permissions-Policy", FEATURES)
        return answer


class PersonAndReach:
    """Put the person behind the account on `request.person` (None for strangers) and open the database's second
    wall as far as that person's posts reach today, before any view runs.

    The reach lives on the connection, so every request sets it anew: nothing is inherited from the one before.
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: Request) -> HttpResponse:
        request.person = stand_as(request.user)
        return self.handler(request)


def stand_as(account: AbstractBaseUser | AnonymousUser) -> Person | None:
    """The person behind an account, with the wall open on this connection as far as their posts reach today."""
    person_id = getattr(account, "person_id", None)
    set_reach((), person_id=person_id)  # one's own row and no other, so that the person can be read at all
    person = account.person if isinstance(account, Account) else None
    if person is not None:
        set_reach(reach_of(person, Verb.SEE_PEOPLE, today()), person_id=person_id)
    return person
