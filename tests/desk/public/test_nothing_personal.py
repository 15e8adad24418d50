"""No public page holds anything about a person: asked of the pages, and of the queries behind them."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import Client
from django.urls import get_resolver, reverse

from redhouse.ground.access.actions import look_behind_mask
from redhouse.ground.access.enums import LookField, LookReason
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.models import Dwelling
from redhouse.ground.process.actions.boxes import cast_ballot
from redhouse.ground.process.actions.counting import close_box
from redhouse.ground.process.models import Box
from redhouse.kit.masks import mask_name
from redhouse.work.decisions.actions import key_in_objection, raise_objection
from redhouse.work.decisions.models import Matter, Publicity
from tests.cast import BEGIN, ESTATE, TODAY, TOWN, XINTIAN, person
from tests.ground.process.conftest import _the_engine_by_itself  # noqa: F401  # gates before a vote: tested elsewhere
from tests.ground.process.factories import D1
from tests.ground.process.votes import BEGAN, END, SENT, on_paper, scene
from tests.house.test_personal_data import WALLED
from tests.work.answers.factories import log, visit
from tests.work.decisions.boards import began, matter_at, posted

NAME, PHONE, CITIZEN_ID, DOOR = "欧阳不可见", "13912345678", "44060519900101123X", "不可见巷97号"
EXAMPLES = {
    "code": [XINTIAN], "key_id": ["0000000000000000"], "fact_id": [], "day": ["latest", "2018-06-30"],
    "dataset": ["figures", "definitions", "villages", "venues"], "kind": ["csv", "json", "parquet"],
}  # fmt: skip


def addresses(fact_ids: list[int]) -> Iterator[str]:
    """Every address of the portal with examples for its parameters, each of them tried."""
    for space in ("open", "open-matters", "decisions"):
        (portal,) = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == space]
        examples = {**EXAMPLES, "fact_id": [str(number) for number in fact_ids]}
        if space != "open":
            examples |= of_matters()
        for pattern in portal.url_patterns:
            if pattern.callback.access != "public" or pattern.name == "look":
                continue
            chosen: list[dict[str, str]] = [{}]
            for parameter in pattern.pattern.converters:
                chosen = [one | {parameter: value} for one in chosen for value in examples[parameter]]
            yield from (reverse(f"{space}:{pattern.name}", kwargs=one) for one in chosen)


def of_matters() -> dict[str, list[str]]:
    """Of every public address of a matter, what hangs and what was counted."""
    return {
        "matter_id": [str(key) for key in Matter.objects.values_list("pk", flat=True)],
        "code": list(Publicity.objects.values_list("code", flat=True)),
        "sheet": ["a4"],
        "kind": ["pdf", "docx"],
        "box_id": [str(key) for key in Box.objects.filter(paper__isnull=False).values_list("pk", flat=True)],
    }


@pytest.fixture
def planted(filled: str) -> str:
    """One person who is everywhere: in a house, in a branch, in office, visited, looked at."""
    with everything():
        branch = Body.objects.get(name="新田第一党支部")
        one = Person.objects.create(name=NAME, division_code=ESTATE, phone=PHONE, citizen_id=CITIZEN_ID)
        dwelling = Dwelling.objects.create(division_code=ESTATE, door=DOOR, from_on=BEGIN)
        household = Household.objects.create(
            dwelling=dwelling, division_code=ESTATE, head=one, residents=7, from_on=BEGIN
        )
        Membership.objects.create(
            person=one, body=branch, division_code=branch.division_code, tie="registered", from_on=BEGIN
        )
        Post.objects.create(person=one, body=branch, kind=PostKind.SECRETARY, from_on=BEGIN)
        visit(household)
        look_behind_mask(person=one, field=LookField.PHONE, reason=LookReason.VISIT, by=person("secretary"), on=TODAY)
        plant_matters(one)
    log()
    return filled


def plant_matters(one: Person) -> None:
    """A matter whose sheet hangs and was objected to, in person and on paper; another that was
    voted on, its box counted."""
    on_board = matter_at("decision", D1)
    posted(on_board, began(on_board))
    raise_objection(matter=on_board, text=f"漏了{NAME}，电话{PHONE}", by=person("member"), on=began(on_board))
    key_in_objection(matter=on_board, text="书面", name=NAME, by=person("supervisor"), on=began(on_board))
    here = scene(6, onsite=[1, 2, 3], online=[4, 5])
    on_paper(here, {1: "for", 2: "for", 3: "abstain"})
    for number in (4, 5):
        voter = here.elector(number).person
        cast_ballot(box=here.box, token=here.token(number), choice="for", by=voter, at=BEGAN)
    close_box(box=here.box, by=person("director"), at=END)
    Matter.objects.create(
        run=here.run, number="P07-99", title="2026年度分红", division_code=here.roll.division_code, proposed_on=SENT,
        proposed_by=one, summary="",
    )  # fmt: skip


def texts(browser: Client) -> dict[str, str]:
    """Every public answer as text, in both languages; a refusal is a text too."""
    found = {}
    facts = list(Fact.objects.order_by("-fact_id").values_list("fact_id", flat=True)[:3])
    for path in addresses(facts):
        for language in ("zh-hans", "en"):
            answer = browser.get(path, headers={"Accept-Language": language})
            content = b"".join(answer) if answer.streaming else answer.content
            found[f"{path} {language}"] = content.decode("utf-8", errors="replace")
    return found


def test_every_public_page_is_walked(planted: str, stranger: Client) -> None:
    pages = texts(stranger)
    assert len(pages) > 60
    assert any(path.startswith("/open/data/2018-06-30/venues.parquet") for path in pages)
    for said in ("/open/matters/1/", "/open/posters/", ".pdf", "/decisions/boxes/1/file/"):
        assert any(said in path for path in pages), said


def test_no_public_page_holds_anything_about_a_person(planted: str, stranger: Client, settings) -> None:
    settings.REDHOUSE_PUBLIC_WALL = True
    with everything():
        names = {one.name for one in Person.objects.all()} - {"某人"}
        doors = set(Dwelling.objects.filter(door__contains="巷").values_list("door", flat=True))
    secrets = names | {mask_name(name) for name in names} | doors | {PHONE, CITIZEN_ID, "13800138000", DOOR[:4]}
    assert NAME in secrets
    told = {(secret, path) for path, text in texts(stranger).items() for secret in secrets if secret in text}
    assert told == set()


def test_a_receipt_says_nothing_of_what_the_fact_says(planted: str, stranger: Client) -> None:
    newest = Fact.objects.latest("fact_id")
    receipt = stranger.get(f"/open/log/fact/{newest.pk}/").json()
    assert set(receipt) == {"fact_id", "position", "leaf", "path", "head"}
    assert newest.kind not in str(receipt)


def test_no_query_behind_a_public_page_names_a_walled_table(planted: str, stranger: Client, settings) -> None:
    settings.REDHOUSE_PUBLIC_WALL = True
    asked: list[str] = []

    def listen(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in ("default", "figures"):
            stack.enter_context(connections[alias].execute_wrapper(listen))
        texts(stranger)
    assert len(asked) > 100
    walled = re.compile("|".join([*WALLED, "people_post", "places_dwelling"]))
    assert [sql for sql in asked if walled.search(sql)] == []


def test_the_demo_town_tells_no_name_either(demo: str, stranger: Client) -> None:
    pages = [stranger.get(path).content.decode() for path in ("/open/", "/open/villages/", f"/open/villages/{XINTIAN}/",
             "/open/venues/", "/open/sheet/", "/open/log/")]  # fmt: skip
    whole = "\n".join(pages)
    with everything():
        officers = set(Post.objects.values_list("person__name", flat=True))
        sample = set(Person.objects.filter(pk__in=range(1, 20_000)).values_list("name", flat=True))
    assert len(officers) > 100
    known = {name for name in officers | sample if len(name) > 2}
    assert [name for name in known if name in whole] == []
    assert TOWN[:9] in whole
