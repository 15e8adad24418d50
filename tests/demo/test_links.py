"""Whoever enters the demo town can follow every link: none ends in an error, and none at a door that stays shut."""

import re
from collections import deque
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.kit.today import stand_at

LINK = re.compile(r'(?:href|src)="([^"#]+)"')
NUMBER = re.compile(r"(?<=/)(?:[0-9]+|[PVFG][0-9]{2}|[A-Z0-9]{4}(?:-[A-Z0-9]{4})+)(?=/|$)", re.IGNORECASE)
FILES = ("/static/", "/files/", "/open/data/")  # their own tests read them
MOST = 400
files: set[str] = set()  # written once, whoever asks


def shape(address: str) -> str:
    """Pages of one kind have one shape: the first of a kind is opened."""
    at = urlsplit(address)
    asked = sorted({pair.partition("=")[0] for pair in at.query.split("&") if pair} & {"form", "kind", "show", "tab"})
    return NUMBER.sub("#", at.path) + "?" + "&".join(asked)


@pytest.fixture(autouse=True)
def the_day_of_the_demo() -> None:
    stand_at(date(2026, 11, 18))


@pytest.mark.parametrize("who", [None, "org", "member", "dispatcher"])
def test_every_link_that_a_page_offers_opens(demo: str, who: str | None) -> None:
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(Account.objects.get(username=who))
    waiting = deque([("/" if who else "/open/", "")])
    seen: set[str] = set()
    wrong: list[str] = []
    while waiting and len(seen) < MOST:
        address, told_by = waiting.popleft()
        if shape(address) in seen | files:
            continue
        seen.add(shape(address))
        answer = client.get(address)
        if answer.status_code >= 400:
            wrong.append(f"{answer.status_code} {address} on {told_by}")
        if answer.streaming or "text/html" not in answer["Content-Type"]:
            answer.close()
            if answer.status_code == 200:
                files.add(shape(address))
            continue
        for found in LINK.findall(answer.content.decode()):
            link = urljoin(address, found.replace("&amp;", "&"))
            if link.startswith("/") and not link.startswith(FILES) and shape(link) not in seen:
                waiting.append((link, address))
    assert "\n".join(wrong) == ""
    assert len(seen) > (20 if who is None else 40)
