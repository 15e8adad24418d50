"""`redhouse procedures` as a person calls it: a process of its own, no house."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ground.process.samples import DIVIDEND, changed


def redhouse(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "redhouse.cli", "procedures", *arguments], capture_output=True, text=True, check=False
    )


def test_list_and_show() -> None:
    listed = redhouse("list")
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.count("P07") == 3
    shown = redhouse("show", "p07", "--on", "2018-12-14")
    assert "2018-11-15 起，至 2025-05-01 止" in shown.stdout
    assert "不少于10日，走完才可办结“表决（成员大会）”" in shown.stdout
    assert "[I] 决议公开，法律没有规定天数" in shown.stdout, "what is no law is marked so"
    unknown = redhouse("show", "P99")
    assert unknown.returncode == 65
    assert "没有“P99”的程序" in unknown.stderr


def test_check_proves_all_of_them() -> None:
    done = redhouse("check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("O1 O2 O3 O4 O5 O6") == 30
    assert "32个程序得到证明，0个没有" in done.stdout


def test_check_refuses_with_a_way_in_words(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(changed('passed = "check", returned = "draft"', 'passed = "check", returned = "check"'))
    broken = tmp_path / "broken.toml"
    broken.write_text(DIVIDEND.replace("= 1\n", "= \n", 1))
    done = redhouse("check", str(bad), str(broken))
    assert done.returncode == 1
    assert "“领导把关”没有通过（自上次起草或实质修改以来），就到了“监督审查”" in done.stdout
    assert "先做（已先做） → 领导把关（退回） → 监督审查" in done.stdout
    assert "broken.toml：不是合格的 TOML" in done.stdout
    assert done.stdout.count("走法：") == 1, "one slip is told once"


@pytest.mark.parametrize(("name", "option", "begins"), [("diagram", "--svg", "<?xml"), ("bpmn", "--out", "<?xml")])
def test_files_are_written_or_the_place_is_named(tmp_path: Path, name: str, option: str, begins: str) -> None:
    path = tmp_path / "p07.out"
    done = redhouse(name, "P07", option, str(path))
    assert done.returncode == 0, done.stderr
    assert path.read_text(encoding="utf-8").startswith(begins)
    nowhere = redhouse(name, "P07", option, str(tmp_path / "none" / "x"))
    assert nowhere.returncode == 74
    assert "写不了" in nowhere.stderr


def test_explore_walks_and_says_where_the_runs_ended() -> None:
    done = redhouse("explore", "P07", "--on", "2026-03-01", "--runs", "200", "--seed", "3")
    assert done.returncode == 0, done.stderr
    assert "200遍" in done.stdout
    assert "已归档" in done.stdout
    assert "O1 至 O6 在每一遍都成立" in done.stdout
    assert (
        redhouse("explore", "P07", "--on", "2026-03-01", "--runs", "200", "--seed", "3").stdout.split("秒")[1]
        == (done.stdout.split("秒")[1])
    )
