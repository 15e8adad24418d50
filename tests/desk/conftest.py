"""The cast at the front door: all enter with one tap but the member, who has a password, and one account that
belongs to nobody."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from redhouse.ground.access.models import Account

PASSWORD = "西樵山下-2018"


@pytest.fixture
def people(town: str) -> Iterator[dict[str, Account]]:
    cache.clear()  # rate limits are counted there
    member = Account.objects.get(username="member")
    member.is_demo, member.demo_note = False, ""
    member.set_password(PASSWORD)
    member.save()
    Account.objects.create_user("nobody", PASSWORD)
    yield {account.username: account for account in Account.objects.select_related("person")}
    cache.clear()


@pytest.fixture
def signed(people: dict[str, Account]) -> Callable[[str], Client]:
    """A browser in which one of the people is signed in."""

    def as_(who: str) -> Client:
        client = Client()
        client.force_login(people[who])
        return client

    return as_
