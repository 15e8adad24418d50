"""Rows as a workbook: at once where they are few, in the background where they are many; and what is thrown away."""

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from redhouse.commands._queue import work_off_jobs
from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.actions import record_many
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.papers.storage import outgoing
from redhouse.work.answers.actions import submit, tidy
from redhouse.work.answers.actions.tidying import KEPT_CUTS
from redhouse.work.answers.models import FigureMemo, RowsBook
from redhouse.work.answers.queries import answer_sheet
from redhouse.work.answers.views import books
from tests.cast import TOWN, XINTIAN, person
from tests.work.answers.factories import AS_OF, households, log, visit
from tests.work.answers.test_rows import add_visits
from tests.work.answers.test_sheets import browser

HERE, ASK = (reverse(f"answers:{name}", args=[TOWN, "F03"]) for name in ("workbook", "ask-book"))


@pytest.fixture
def many(town: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Three rows are many."""
    settings.REDHOUSE_OUTGOING = tmp_path / "outgoing"
    monkeypatch.setattr(books, "AT_ONCE", 2)
    add_visits(3)
    return browser("org")


def grid(answer: Any) -> list[list[Any]]:
    return load_workbook(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()


def test_few_rows_come_at_once(many: Client) -> None:
    answer = many.get(reverse("answers:workbook", args=[XINTIAN, "F02"]))
    assert grid(answer)[5][1] == "新田第一经济社"
    assert not RowsBook.objects.exists()


def test_many_rows_are_written_in_the_background_and_fetched_later(many: Client) -> None:
    offer = many.get(HERE, {"as_of": "2018-12-14"}).content.decode()
    assert "3行，在后台写出" in offer
    assert not RowsBook.objects.exists(), "looking asks for nothing"
    page = many.post(f"{ASK}?as_of=2018-12-14")["Location"]
    assert many.post(f"{ASK}?as_of=2018-12-14")["Location"] == page, "asked twice, written once"
    assert "等待写出…" in many.get(page).content.decode()
    fragment = many.get(page, headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith('<section id="book"')
    assert many.get(page + "file/").status_code == 302
    assert work_off_jobs()
    shown = many.get(page).content.decode()
    assert "3行已写好" in shown
    assert "every 2s" not in shown
    rows = grid(many.get(page + "file/"))
    assert [row[2] for row in rows[5:]] == ["户＊访走访＊号"] * 3
    assert many.get(HERE, {"as_of": "2018-12-14"})["Location"] == page, "the way back leads to it"
    assert browser("supervisor").get(page).status_code == 404


def test_it_holds_what_its_owner_may_see_in_their_language(many: Client) -> None:
    many.cookies["django_language"] = "en"
    page = many.post(f"{ASK}?as_of=2018-12-14&month=3")["Location"]
    work_off_jobs()
    set_reach("*")
    book = RowsBook.objects.get()
    assert (book.month, book.language, book.state, book.written) == (3, "en", "ready", 3)
    rows = grid(many.get(page + "file/"))
    assert rows[4][0] == "Date"


def test_a_job_that_breaks_says_so_and_can_be_asked_again(many: Client, settings: Any) -> None:
    settings.REDHOUSE_OUTGOING.write_text("a file where the folder should be")
    page = many.post(ASK)["Location"]
    work_off_jobs()
    assert "没有写成" in many.get(page).content.decode()
    settings.REDHOUSE_OUTGOING.unlink()
    again = many.post(ASK)["Location"]
    assert again != page
    work_off_jobs()
    assert "已写好" in many.get(again).content.decode()


def test_after_some_days_it_is_gone(many: Client) -> None:
    page = many.post(ASK)["Location"]
    work_off_jobs()
    set_reach("*")
    book = RowsBook.objects.get()
    tidy()
    assert book.place.is_file()
    book.place.unlink()
    assert "已过了保留期" in many.get(page).content.decode()
    assert many.get(HERE).status_code == 200, "a lost file is offered anew"
    set_reach("*")
    left = outgoing() / "left.xlsx"
    left.touch()
    os.utime(left, (time.time() - 8 * 86400,) * 2)
    RowsBook.objects.update(created_at=timezone.now() - timedelta(days=8))
    tidy()
    assert not RowsBook.objects.exists()
    assert list(outgoing().iterdir()) == []


def test_memos_of_old_cuts_go_and_those_of_sheets_stay(town: str) -> None:
    visit(households()[0])
    log()
    answer_sheet(TOWN, AS_OF)
    cut = last_fact_id()
    submit(division_code=TOWN, as_of=AS_OF, last_fact_id=cut, by=person("org"), on=AS_OF)
    one = FigureMemo.objects.filter(figure="F03").get()
    others = [
        FigureMemo(figure=figure, sql_digest=one.sql_digest, division_code=code, as_of=AS_OF, last_fact_id=cut + n,
                   result=one.result)
        for n in range(1, KEPT_CUTS + 6)
        for code in (TOWN, "440605121000")
        for figure in ("F02", "F03")
    ]  # fmt: skip
    FigureMemo.objects.bulk_create(others)
    assert tidy() == 2 * 2 * 5
    kept = FigureMemo.objects.filter(division_code=TOWN, figure="F03").order_by("last_fact_id")
    assert [memo.last_fact_id for memo in kept] == [cut, *range(cut + 6, cut + KEPT_CUTS + 6)]
    assert tidy() == 0
    sheet = {answer.figure.id: answer.value for answer in answer_sheet(TOWN, AS_OF, cut)}
    assert sheet["F03"] == 1


def test_rows_of_a_month_are_counted_as_they_are_written(many: Client) -> None:
    record_many([("visit_recorded", XINTIAN, date(2018, 7, 1), None, None, households()[0].pk, None, 1, "")])
    log()
    many.post(f"{ASK}?month=7")
    assert RowsBook.objects.get().rows == 1
