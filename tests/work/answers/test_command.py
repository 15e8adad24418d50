"""`redhouse answers`, as its user calls it."""

import json

import pytest
from click.testing import CliRunner, Result

from redhouse.cli import redhouse
from redhouse.work.answers.queries import load_figures
from tests.cast import HAIZHOU, TOWN, XINTIAN
from tests.work.answers.factories import fill_town

KEYS = ["id", "name", "value", "unit", "display", "numerator", "denominator", "parts", "definition", "facts"]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(redhouse, ["answers", *arguments], catch_exceptions=False)


@pytest.fixture
def filled(town: str) -> str:
    fill_town()
    return town


def test_json_has_one_object_per_figure_in_order(filled: str) -> None:
    found = json.loads(call("--as-of", "2018-12-14", "--json").output)
    assert [answer["id"] for answer in found] == list(load_figures())
    assert [list(answer) for answer in found] == [KEYS] * len(found)
    of = {answer["id"]: answer for answer in found}
    assert (of["F03"]["value"], of["F03"]["denominator"], of["F03"]["facts"]) == (4, None, 4)
    assert (of["F04"]["value"], of["F04"]["display"]) == ("4/3", "133%")
    assert (of["F04"]["numerator"], of["F04"]["denominator"]) == (4, 3)
    assert of["F07"]["parts"] == {"in_use": 1, "building": 1, "other": 0}


def test_json_of_a_village_has_null_where_a_figure_does_not_apply(filled: str) -> None:
    of = {answer["id"]: answer for answer in json.loads(call("--division", XINTIAN, "--json").output)}
    assert (of["F19"]["value"], of["F19"]["display"], of["F19"]["parts"]) == (None, "—", {})
    assert of["F03"]["value"] == 4


def test_table_names_place_day_cut_and_figures(filled: str) -> None:
    output = call("--division", HAIZHOU).output
    assert "海舟答卷　截至 2018-12-14　账本第" in output
    assert [figure_id for figure_id in load_figures() if figure_id not in output] == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--as-of", "1999-01-01"], 65, "错误：1999-01-01 早于任何记录：数据从 2016-01-01 开始"),
        (["--as-of", "12/14/2018"], 2, "错误：日期“12/14/2018”读不懂"),
        (["--as-of", "2999-01-01"], 2, "错误：2999-01-01 还没有到"),
        (["--division", "440605122999"], 65, "错误：没有代码为 440605122999 的区划"),
        (["--division", "xiqiao", "--json"], 65, "错误：区划代码“xiqiao”应为12位数字"),
    ],
)
def test_wrong_turn_is_one_sentence_and_an_exit_code(
    filled: str, arguments: list[str], code: int, sentence: str
) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.output.count("\n")) == (code, 1)
    assert result.output.startswith(sentence)


def test_empty_house_teaches_the_demo(house: str) -> None:
    result = call("--json")
    assert (result.exit_code, "redhouse demo" in result.output) == (65, True)


def test_help_teaches() -> None:
    assert "比率的 value 是约分后的分数" in " ".join(call("--help").output.split())


def test_town_is_the_default(filled: str) -> None:
    assert call("--json").output == call("--json", "--division", TOWN).output
