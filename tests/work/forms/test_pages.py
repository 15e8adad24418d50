"""A new form, through the pages: refused where the house knows, weighed, approved by another, then filled."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from redhouse.ground.access.actions import open_account
from redhouse.ground.access.models import Account
from redhouse.ground.ledger.models import Fact
from redhouse.kit.today import stand_at
from redhouse.work.forms import queries
from redhouse.work.forms.models import FormDraft
from tests.cast import TODAY, TOWN, XINTIAN, person
from tests.work.forms.factories import leader, visited

SAID = {
    "title": "慰问月报", "reason": "区里要", "every": "month", "fields_known": ["happened_on", "times"],
    "question_1": "经费由谁出", "kind_1": "words", "per_1": "place",
    "question_2": "当天天气", "kind_2": "number", "per_2": "row",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _then() -> None:
    stand_at(TODAY)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def test_a_new_form_from_question_to_filled_cell(town: str) -> None:
    visited()
    open_account(username="leader", person=leader(), demo_note="演示：leader")
    office, chief, village = signed_in("org"), signed_in("leader"), signed_in("secretary")
    assert village.get("/forms/drafts/new/").status_code == 403
    assert "接待群众人数" in office.get("/forms/drafts/new/").content.decode()
    # what is held already is refused with the name of who holds it, and ticked instead
    refused = office.post("/forms/drafts/new/?holding=visits", SAID | {"question_2": "户主姓名"})
    page = refused.content.decode()
    assert (refused.status_code, FormDraft.objects.exists()) == (422, False)
    assert "“走访联系”的“走访记录”里已有“户主”" in page
    assert 'value="head" id="id_fields_known_4" checked' in " ".join(page.split())
    assert 'value="户主姓名"' not in page
    assert office.post("/forms/drafts/new/?holding=visits", SAID | {"question_2": "接访人数"}).status_code == 422
    # weighed by last month: two villages write one cell each, nobody was visited in November
    made = office.post("/forms/drafts/new/?holding=visits", SAID)
    draft = FormDraft.objects.get()
    page = office.get(made.url).content.decode()
    assert all(word in page for word in ("50%", "2栏自动填，2栏要问", "每月共4格", "按每格60秒估算"))
    assert "慰问月报" in chief.get("/").content.decode(), "my to-do"
    # never by the author, nor by a village; before that nobody fills it
    address = f"/forms/drafts/{draft.pk}/approve/"
    assert [client.post(address).status_code for client in (office, village)] == [403, 403]
    ledger = f"/forms/T{draft.pk}/{XINTIAN}/2018-12/"
    assert village.get(ledger).status_code == 404
    chief.post(address)
    draft.refresh_from_db()
    assert (draft.state, draft.decided_on) == ("approved", TODAY)
    assert list(Fact.objects.filter(kind__startswith="report_form").values_list("kind", "quantity")) == [
        ("report_form_drafted", 4),
        ("report_form_approved", 4),
    ]
    # filled from now on, each cell of a row beside what the house knows
    assert village.get(f"/forms/T{draft.pk}/{XINTIAN}/2018-11/").status_code == 404
    village.post(f"{ledger}fill/", {"q3.": "村集体"})
    assert "田大业，2018年12月14日填" in village.get(ledger).content.decode()
    assert "慰问月报" in village.get("/forms/burden/?month=2018-12").content.decode()
    for kind in ("docx", "pdf"):
        assert village.get(f"{ledger}download/?kind={kind}").status_code == 200
    assert village.get(f"{ledger}download/?kind=exe").status_code == 404


def test_a_form_is_returned_with_its_reason_and_lists_ask_as_often_for_many_rows(
    town: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    open_account(username="leader", person=leader(), demo_note="演示：leader")
    office, chief = signed_in("org"), signed_in("leader")
    office.post("/forms/drafts/new/?holding=visits", SAID | {"every": "once"})
    assert not FormDraft.objects.exists(), "a special form names its month"
    office.post("/forms/drafts/new/?holding=visits", SAID | {"every": "once", "month": "2018-11"})
    draft = FormDraft.objects.get()
    chief.post(f"/forms/drafts/{draft.pk}/return/", {"refusal": ""})
    chief.post(f"/forms/drafts/{draft.pk}/return/", {"refusal": "天气不用村里报"})
    draft.refresh_from_db()
    assert (draft.state, draft.refusal, draft.month_on) == ("returned", "天气不用村里报", date(2018, 11, 1))
    assert "天气不用村里报" in office.get(f"/forms/drafts/{draft.pk}/").content.decode()
    asked = queries.ledger_for(person("org"), "L01", TOWN, "2018-11")
    assert asked is not None
    visited(1)
    with django_assert_max_num_queries(20) as few:
        assert queries.fill(asked).count == 1
    visited(2)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert queries.fill(asked).count == 2
