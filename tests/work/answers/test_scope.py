"""Wrong turns: each a sentence that names the thing and the mend. And whose sheet is whose."""

from datetime import date

import pytest

from redhouse.ground.places.models import Division
from redhouse.work.answers.queries import BadDay, NoSuchAnswer, default_as_of, division_at, parse_day, town_code
from redhouse.work.answers.queries.scope import figure_for, own_sheet, sheet_for
from tests.cast import BEGIN, HAIZHOU, SOCIETY, TODAY, TOWN, XINTIAN, person
from tests.work.answers.factories import households, visit

NOW = date(2026, 11, 22)


def test_day_is_read_as_written() -> None:
    assert parse_day("2018-12-14", NOW) == TODAY


@pytest.mark.parametrize("text", ["2018-13-01", "14.12.2018", "昨天", "", "2018-02-30"])
def test_day_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadDay, match=f"日期“{text}”读不懂：请写成 2018-12-14") as refused:
        parse_day(text, NOW)
    assert refused.value.exit_code == 2


def test_day_to_come_is_refused() -> None:
    with pytest.raises(BadDay, match=r"2026-11-23 还没有到.*请选 2026-11-22 或更早的日期"):
        parse_day("2026-11-23", NOW)


def test_division_stands_from_its_first_day(town: str) -> None:
    assert division_at(XINTIAN, BEGIN).name == "新田"
    with pytest.raises(NoSuchAnswer, match="2017-12-30 早于任何记录：数据从 2017-12-31 开始"):
        division_at(XINTIAN, date(2017, 12, 30))


def test_day_before_the_first_fact_is_refused_with_that_day(town: str) -> None:
    visit(households()[0], on=date(2018, 2, 3))
    with pytest.raises(NoSuchAnswer, match="2018-02-02 早于任何记录：数据从 2018-02-03 开始") as refused:
        division_at(TOWN, date(2018, 2, 2))
    assert refused.value.exit_code == 65
    assert division_at(TOWN, date(2018, 2, 3)).code == TOWN


def test_dissolved_division_is_refused_by_name(town: str) -> None:
    Division.objects.create(code=f"{XINTIAN}302", kind="estate", name="旧苑", from_on=BEGIN, until_on=date(2018, 2, 1))
    with pytest.raises(NoSuchAnswer, match=f"旧苑（{XINTIAN}302）在 2018-02-01 还未设立或已撤销"):
        division_at(f"{XINTIAN}302", date(2018, 2, 1))


def test_renamed_division_is_called_as_it_was(town: str) -> None:
    Division.objects.filter(code=HAIZHOU).update(until_on=date(2018, 6, 1))
    Division.objects.create(code=HAIZHOU, kind="village", name="新海舟", from_on=date(2018, 6, 1))
    assert [division_at(HAIZHOU, day).name for day in (date(2018, 5, 31), date(2018, 6, 1))] == ["海舟", "新海舟"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("440605122999", "没有代码为 440605122999 的区划"), ("4406", "应为12位数字"), ("西樵", "应为12位数字")],
)
def test_unknown_division_is_refused(town: str, code: str, sentence: str) -> None:
    with pytest.raises(NoSuchAnswer, match=sentence):
        division_at(code, TODAY)


def test_empty_house_teaches_the_demo(house: str) -> None:
    for ask in (town_code, lambda: division_at(TOWN, TODAY)):
        with pytest.raises(NoSuchAnswer, match="先运行 redhouse demo"):
            ask()


def test_the_only_town_need_not_be_named(town: str) -> None:
    assert town_code() == TOWN
    Division.objects.create(code="440605121000", kind="town", name="九江镇", from_on=BEGIN)
    with pytest.raises(NoSuchAnswer, match="有 2 个镇（街道），请用 --division 写明一个：440605121000、440605122000"):
        town_code()


def test_demo_house_stands_at_the_day_of_the_article(town: str) -> None:
    assert default_as_of(NOW) == TODAY


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("org", TOWN), ("secretary", XINTIAN), ("supervisor", XINTIAN), ("neighbour", HAIZHOU), ("grid", XINTIAN),
        ("admin", None), ("auditor", None), ("member", None), ("outsider", None),
    ],
)  # fmt: skip
def test_own_sheet_is_the_widest_within_reach(town: str, who: str, code: str | None) -> None:
    assert own_sheet(person(who)).code == code


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("org", {TOWN, XINTIAN, HAIZHOU, SOCIETY}), ("secretary", {XINTIAN, SOCIETY}), ("neighbour", {HAIZHOU}),
        ("outsider", set()), ("auditor", set()),
    ],
)  # fmt: skip
def test_sheets_within_reach_and_no_others(town: str, who: str, seen: set[str]) -> None:
    codes = (TOWN, XINTIAN, HAIZHOU, SOCIETY)
    assert {code for code in codes if sheet_for(person(who), code)} == seen
    assert {code for code in codes if figure_for(person(who), code, "F03")} == seen


def test_unknown_figure_is_nobodys(town: str) -> None:
    assert figure_for(person("org"), TOWN, "F99") is None
