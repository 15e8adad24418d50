"""`redhouse export` and `redhouse answers --from`: out of the house, and answered without one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from redhouse.cli import redhouse
from tests.cast import HAIZHOU, TOWN, XINTIAN
from tests.commands.conftest import Commanded
from tests.work.answers.factories import fill_town, households, log, visit


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(redhouse, list(map(str, arguments)), catch_exceptions=False)


@pytest.fixture
def filled(town: str) -> str:
    fill_town()
    return town


@pytest.fixture
def folder(filled: str, tmp_path: Path) -> Path:
    path = tmp_path / "extract"
    assert call("export", "--parquet", path).exit_code == 0
    return path


def test_export_says_what_it_wrote_and_how_to_read_it(filled: str, tmp_path: Path) -> None:
    path = tmp_path / "extract"
    path.mkdir()  # empty is fine
    output = call("export", "--parquet", path).output
    facts = json.loads((path / "manifest.json").read_text())["relations"]["facts"]["rows"]
    assert f"已把西樵镇的 {facts:,} 条事实和 7 张基础表导出到 {path}" in output
    assert f"redhouse answers --from {path}" in output


@pytest.mark.parametrize(
    "arguments",
    [[], ["--division", XINTIAN], ["--division", HAIZHOU, "--as-of", "2018-05-31"], ["--as-of", "2018-01-01"]],
)
def test_folder_answers_byte_for_byte_like_the_house(folder: Path, arguments: list[str]) -> None:
    for how in ([], ["--json"]):
        assert call("answers", "--from", folder, *arguments, *how).output == call("answers", *arguments, *how).output


def test_folder_stays_as_it_was_when_the_house_goes_on(folder: Path) -> None:
    before = call("answers", "--from", folder, "--json").output
    visit(households()[0])
    log()
    assert call("answers", "--from", folder, "--json").output == before != call("answers", "--json").output


def test_folder_is_answered_with_no_database_and_no_house(folder: Path, tmp_path: Path) -> None:
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDHOUSE_HOME": str(tmp_path / "none")}
    command = [sys.executable, "-X", "importtime", "-m", "redhouse.cli", "answers", "--from", str(folder), "--json"]
    done = subprocess.run(command, env=os.environ | nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == call("answers", "--json").output
    assert not (tmp_path / "none").exists()
    assert [module for module in ("| django.db", "| psycopg", "redhouse.config") if module in done.stderr] == []


def test_folder_of_a_village_knows_that_village_only(filled: str, tmp_path: Path) -> None:
    path = tmp_path / "village"
    assert call("export", "--parquet", path, "--division", XINTIAN).exit_code == 0
    assert call("answers", "--from", path, "--json").output == call("answers", "--division", XINTIAN, "--json").output
    result = call("answers", "--from", path, "--division", TOWN)
    assert (result.exit_code, f"这份数据只含 {XINTIAN}" in result.output) == (65, True)


def test_nobody_can_be_recognised_in_the_folder(folder: Path) -> None:
    text = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).decode(errors="ignore")
    assert [word for word in ("田大业", "冼小贞", "户主1", "13800138000", "1号") if word in text] == []
    assert "新田" in text


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--as-of", "1999-01-01"], 65, "错误：1999-01-01 早于任何记录：数据从 2016-01-01 开始"),
        (["--as-of", "12/14/2018"], 2, "错误：日期“12/14/2018”读不懂"),
        (["--as-of", "2999-01-01"], 2, "不知道 2999-01-01 的事"),
        (["--as-of", "2017-06-01", "--division", HAIZHOU], 65, "海舟（440605122219）在 2017-06-01 还未设立或已撤销"),
        (["--division", "440605122999"], 65, "错误：这份数据里没有代码为 440605122999 的区划"),
        (["--division", "440605000000"], 65, f"错误：这份数据只含 {TOWN}"),
        (["--division", "xiqiao"], 65, "错误：区划代码“xiqiao”应为12位数字"),
    ],
)
def test_wrong_turn_in_a_folder_is_one_sentence(folder: Path, arguments: list[str], code: int, sentence: str) -> None:
    result = call("answers", "--from", folder, *arguments)
    assert (result.exit_code, result.output.count("\n")) == (code, 1)
    assert sentence in result.output


def test_damaged_folder_is_refused_and_the_file_named(folder: Path) -> None:
    path = folder / "household.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    result = call("answers", "--from", folder)
    assert result.exit_code == 65
    assert result.output.startswith(f"错误：{folder} 里的 household.parquet 与清单的摘要不符：文件损坏或被改过。")
    assert result.output.count("\n") == 1


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    result = call("answers", "--from", tmp_path)
    assert (result.exit_code, "没有可读的 manifest.json" in result.output) == (65, True)


def test_target_must_be_empty_and_its_place_writable(folder: Path, tmp_path: Path) -> None:
    result = call("export", "--parquet", folder)
    assert (result.exit_code, "不是空文件夹" in result.output) == (65, True)
    result = call("export", "--parquet", tmp_path / "none" / "extract")
    assert (result.exit_code, "不存在或不可写" in result.output) == (77, True)


def test_empty_house_teaches_the_demo(house: Commanded, tmp_path: Path) -> None:
    code, _, err = house.redhouse("export", "--parquet", str(tmp_path / "extract"))
    assert (code, "redhouse demo" in err) == (65, True)
    assert not (tmp_path / "extract").exists()
