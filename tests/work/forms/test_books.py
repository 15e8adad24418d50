"""A long form as a workbook: asked for, written in the background within its owner's reach, fetched later."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from redhouse.commands._queue import work_off_jobs
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.kit.today import stand_at
from redhouse.work.forms.models import FormBook
from redhouse.work.forms.queries import books as books_in
from redhouse.work.forms.views import books
from tests.cast import TODAY, TOWN, XINTIAN
from tests.work.forms.factories import visited

LEDGER = f"/forms/L01/{XINTIAN}/2018-11/"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


@pytest.fixture
def many(town: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Two rows are many."""
    settings.REDHOUSE_OUTGOING = tmp_path / "outgoing"
    monkeypatch.setattr(books, "AT_ONCE", 1)
    stand_at(TODAY)
    visited()
    return signed_in("supervisor")


def test_a_long_form_is_written_in_the_background_and_fetched_later(many: Client) -> None:
    offer = many.get(f"{LEDGER}download/?kind=xlsx")["Location"]
    assert "2行，在后台写出" in many.get(offer).content.decode()
    assert not FormBook.objects.exists(), "looking asks for nothing"
    page = many.post(f"{offer}ask/")["Location"]
    assert many.post(f"{offer}ask/")["Location"] == page, "asked twice while it is under way, written once"
    assert many.get(offer)["Location"] == page, "the way back leads to it"
    assert "every 2s" in many.get(page, headers={"HX-Request": "true"}).content.decode()
    assert many.get(f"{page}file/").status_code == 302
    assert work_off_jobs()
    shown = many.get(page).content.decode()
    assert "2行已写好" in shown
    assert "every 2s" not in shown
    content = b"".join(many.get(f"{page}file/").streaming_content)  # type: ignore[attr-defined]
    grid = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert grid[0][0] == "新田户联系台账（2018年11月）"
    assert [(row[0], row[5]) for row in grid if row[0] in (1.0, 2.0)] == [(1.0, "户＊1"), (2.0, "户＊2")]
    set_reach("*")
    assert list(Fact.objects.filter(kind="report_taken").values_list("label", "quantity")) == [("L01.2018-11", 2)]
    assert signed_in("secretary").get(page).status_code == 404, "one's own only"
    assert signed_in("neighbour").get(offer).status_code == 404
    assert many.post(f"{offer}ask/")["Location"] != page, "as it stands now, where somebody wants it again"
    set_reach("*")
    FormBook.objects.get(state="ready").place.unlink()
    assert "已过了保留期" in many.get(page).content.decode()
    assert many.get(f"{page}file/").status_code == 302


def test_one_that_cannot_be_written_says_so(many: Client) -> None:
    page = signed_in("org").post(f"/forms/L01/{TOWN}/2018-11/book/ask/")["Location"]
    set_reach("*")
    FormBook.objects.update(form_code="L99")
    assert work_off_jobs()
    set_reach("*")
    FormBook.objects.update(form_code="L01")
    assert "没有写成" in signed_in("org").get(page).content.decode()


def test_what_the_background_gave_up_may_be_asked_for_again(many: Client) -> None:
    page = many.post(f"{LEDGER}book/ask/")["Location"]
    set_reach("*")
    FormBook.objects.update(created_at=timezone.now() - books_in.LONGEST)
    assert many.post(f"{LEDGER}book/ask/")["Location"] != page
