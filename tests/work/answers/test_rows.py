"""The rows behind a figure: named in bulk, masked, and only within reach."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.ground.access.reach import use_reach
from redhouse.ground.ledger.actions import record_many
from redhouse.work.answers.queries import Answer, RowPage, answer_sheet, rows_behind
from redhouse.work.answers.queries.rows import PAGE_SIZE, all_rows
from tests.cast import HAIZHOU, SOCIETY, TOWN, XINTIAN, person
from tests.work.answers.factories import AS_OF, fill_town, households, log


def answer(figure_id: str, code: str = TOWN) -> Answer:
    return next(answer for answer in answer_sheet(code, AS_OF) if answer.figure.id == figure_id)


def add_visits(count: int) -> None:
    home, member = households()[0], person("member").pk
    record_many(
        ("visit_recorded", home.division_code, date(2018, 3, 1), member, member, home.pk, None, 1, "checklist")
        for _ in range(count)
    )
    log()


def test_visit_row_says_who_went_where_with_both_masked(town: str) -> None:
    add_visits(1)
    (named,) = rows_behind(answer("F03")).rows
    assert (named.place, named.sentence, named.label) == ("新田第一经济社", "户＊访走访＊号", "清单式直联")


def test_names_beyond_reach_are_not_shown(town: str) -> None:
    add_visits(1)
    visits = answer("F03")
    with use_reach([HAIZHOU]):
        assert rows_behind(visits).rows[0].sentence == "（不在查看范围）走访（不在查看范围）"
    with use_reach([XINTIAN]):
        assert rows_behind(visits).rows[0].sentence == "户＊访走访＊号"


def test_rows_of_the_ground_say_what_they_are(town: str) -> None:
    fill_town()
    assert [row.sentence for row in rows_behind(answer("F07")).rows] == ["海舟中心：在建", "新田中心：启用"]
    assert [row.sentence for row in rows_behind(answer("F11")).rows] == ["田园居红房子：启用"]
    assert [row.place for row in rows_behind(answer("F11")).rows] == ["新田田园居"]
    assert [row.sentence for row in rows_behind(answer("F13", HAIZHOU)).rows] == ["冼＊贞：在册", "冼＊贞：流动"]
    assert [row.sentence for row in rows_behind(answer("F15")).rows] == ["市场支部定为示范点"]
    covered = [(row.row.label, row.row.quantity) for row in rows_behind(answer("F05")).rows]
    assert sorted(covered) == [("covered", 1), ("covered", 1), ("uncovered", 0)]


@pytest.mark.parametrize("figure_id", ["F02", "F03", "F05", "F12", "F19"])
def test_list_opens_in_constant_queries(town: str, figure_id: str) -> None:
    fill_town()
    few = answer(figure_id)
    with CaptureQueriesContext(connection) as first:
        rows_behind(few)
    add_visits(60)
    many = answer(figure_id)
    with CaptureQueriesContext(connection) as second:
        rows_behind(many)
    assert len(second) == len(first)


def test_pages_follow_one_another_newest_first(town: str) -> None:
    add_visits(PAGE_SIZE + 3)
    visits = answer("F03")
    first, last = rows_behind(visits), rows_behind(visits, page=2)

    def shape(page: RowPage) -> tuple[int, int, int, int, int]:
        return page.number, page.pages, page.first, page.last, len(page.rows)

    assert shape(first) == (1, 2, 1, PAGE_SIZE, PAGE_SIZE)
    assert shape(last) == (2, 2, PAGE_SIZE + 1, PAGE_SIZE + 3, 3)
    numbers = [named.row.fact_id for page in (first, last) for named in page.rows]
    assert numbers == sorted(numbers, reverse=True)
    assert [named.row.fact_id for named in all_rows(visits)] == numbers
    assert shape(rows_behind(visits, page=99)) == shape(last)
    assert shape(rows_behind(visits, page=0)) == shape(first)


def test_figure_without_rows_opens_into_none(town: str) -> None:
    page = rows_behind(answer("F03"))
    assert (page.rows, page.total, page.first, page.last, page.pages) == ([], 0, 0, 0, 1)
    assert list(all_rows(answer("F19", XINTIAN))) == []


def test_place_without_a_name_shows_its_number(town: str) -> None:
    home, member = households()[0], person("member").pk
    record_many(
        ("visit_recorded", code, date(2018, 3, 1), member, member, home.pk, None, 1, "household")
        for code in (f"{XINTIAN}099", SOCIETY, "440605122001")
    )
    log()
    places = [named.place for named in rows_behind(answer("F03")).rows]
    assert places == ["440605122001", "新田第一经济社", "新田099"]
