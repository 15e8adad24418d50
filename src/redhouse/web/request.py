"""A request as views receive it, typed by the decorator they wear: Django's own, with what the middleware put on it."""

from __future__ import annotations

from django.http import HttpRequest

from redhouse.ground.access.models import Account
from redhouse.ground.clients.models import Token
from redhouse.ground.people.models import Person


class Request(HttpRequest):
    """Under `public`. `person` is None for a stranger, and for an account that belongs to nobody yet."""

    person: Person | None


class AccountRequest(Request):
    """Under `signed_in`."""

    user: Account


class PersonRequest(AccountRequest):
    """Under `needs`: somebody is there."""

    person: Person


class ApiRequest(Request):
    """Behind the lock of the API. `token` is None for whoever shows no key."""

    token: Token | None


class PhoneRequest(ApiRequest):
    """In an operation for `Phone`: whoever is signed in."""

    auth: Person


class SystemRequest(ApiRequest):
    """In an operation for `System`: the key that was shown."""

    auth: Token
