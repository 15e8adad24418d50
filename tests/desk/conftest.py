"""The cast at the front door: all enter with one tap but the member, who has a password, and one account that
belongs to nobody."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as shared
from django.test import Client

from redhouse.ground.access.models import Account

PASSWORD = "西樵山下-2018"


@cache
def hashed() -> str:
    """Hashing a password is slow by design: once is enough for all tests."""
    return make_password(PASSWORD)


@pytest.fixture
def people(town: str) -> Iterator[dict[str, Account]]:
    shared.clear()  # rate limits are counted there
    member = Account.objects.get(username="member")
    member.is_demo, member.demo_note = False, ""
    member.password = hashed()
    member.save()
    Account.objects.create(username="nobody", password=hashed())
    yield {account.username: account for account in Account.objects.select_related("person")}
    shared.clear()


@pytest.fixture
def signed(people: dict[str, Account]) -> Callable[[str], Client]:
    """A browser in which one of the people is signed in."""

    def as_(who: str) -> Client:
        client = Client()
        client.force_login(people[who])
        return client

    return as_
