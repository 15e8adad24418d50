"""People at the front door: an officer of the town, a secretary and a villager of one village, and an outsider."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from redhouse.ground.access.actions import open_account
from redhouse.ground.access.models import Account
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Person, Post

TOWN, XINTIAN, CHONGNAN = "440605122000", "440605122231", "440605122212"
PASSWORD = "西樵山下-2018"
FROM = dt.date(2018, 1, 1)


def settle(username: str, name: str, code: str, *, body: Body | None = None, kind: str = "", note: str = "") -> Account:
    """A person with an account and perhaps a post; with a note, a demo account without a password."""
    person = Person.objects.create(name=name, division_code=code, is_demo=True)
    if body is not None:
        Post.objects.create(person=person, body=body, kind=kind, from_on=FROM)
    return open_account(username=username, person=person, password=None if note else PASSWORD, demo_note=note)


@pytest.fixture
def people(house: str) -> Iterator[dict[str, Account]]:
    cache.clear()  # rate limits are counted there
    office = Body.objects.create(kind=BodyKind.TOWN_OFFICE, name="镇党委组织办", division_code=TOWN, from_on=FROM)
    xintian = Body.objects.create(kind=BodyKind.PARTY_COMMITTEE, name="新田村党委", division_code=XINTIAN, from_on=FROM)
    chongnan = Body.objects.create(
        kind=BodyKind.PARTY_COMMITTEE, name="崇南村党委", division_code=CHONGNAN, from_on=FROM
    )
    yield {
        "officer": settle("officer", "黎静珊", TOWN, body=office, kind=PostKind.ORG_OFFICER, note="镇组织办"),
        "secretary": settle("secretary", "麦启垣", XINTIAN, body=xintian, kind=PostKind.SECRETARY, note="新田村书记"),
        "outsider": settle("outsider", "潘蔚", CHONGNAN, body=chongnan, kind=PostKind.SECRETARY),
        "villager": settle("villager", "冼大贞", XINTIAN),
        "nobody": Account.objects.create_user("nobody", PASSWORD),
    }
    cache.clear()


@pytest.fixture
def signed(people: dict[str, Account]):
    """A browser in which one of the people is signed in."""

    def as_(who: str) -> Client:
        client = Client()
        client.force_login(people[who])
        return client

    return as_
