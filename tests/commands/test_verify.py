"""`redhouse verify`: what holds is said, what does not stops with the first finding."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from redhouse.cli import redhouse
from redhouse.ground.ledger.actions import record_many
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.ledger.models import TreeHead
from tests.ground.ledger.factories import visit_rows
from tests.kit.test_dossier import MINUTES, written


def call(*arguments: str) -> Result:
    return CliRunner().invoke(redhouse, ["verify", *arguments], catch_exceptions=False)


@pytest.fixture
def logged(town: str) -> str:
    """Thirty facts under two heads; the last head as it would be published."""
    for _ in range(2):
        record_many(visit_rows(15))
        sequence_all()
    head = TreeHead.objects.latest()
    return f"{head.size}:{bytes(head.root).hex()}"


@pytest.fixture
def bundle(logged: str, tmp_path: Path) -> Path:
    path = tmp_path / "record.zip"
    assert call("--export", str(path)).exit_code == 0
    return path


def rewritten(bundle: Path, old: bytes, new: bytes) -> None:
    """The same bundle with some bytes of its facts changed."""
    with zipfile.ZipFile(bundle) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts["facts.txt"]
    parts["facts.txt"] = parts["facts.txt"].replace(old, new, 1)
    with zipfile.ZipFile(bundle, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)


def test_record_that_holds_prints_its_head(logged: str) -> None:
    result = call("--expect", logged)
    assert result.exit_code == 0
    assert "30 条事实逐条相符，2 个日志头的签名与根相符" in result.output
    assert "与别处保存的 1 个日志头相符" in result.output
    assert f"日志头 {logged}" in result.output


def test_facts_that_wait_for_the_log_are_counted(logged: str) -> None:
    record_many(visit_rows(4))
    assert "等待写入日志的事实：4 条" in call().output


def test_a_file_alone_is_enough(bundle: Path, logged: str) -> None:
    result = call(str(bundle), "--expect", logged)
    assert (result.exit_code, f"日志头 {logged}" in result.output) == (0, True)


def test_the_archive_of_a_matter_is_checked_without_a_database(tmp_path: Path) -> None:
    file = written(tmp_path / "matter.zip")
    nowhere = {"PATH": os.environ["PATH"], "REDHOUSE_HOME": str(tmp_path / "none")}
    done = subprocess.run(  # no house, no database: another machine
        [sys.executable, "-m", "redhouse.cli", "verify", str(file)],
        capture_output=True, text=True, check=False, env=nowhere,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 行与 2 份文件同封存时一致。\n3 条事实都在公开日志里，签名相符。" in done.stdout
    assert not (tmp_path / "none").exists()
    file.write_bytes(file.read_bytes().replace(MINUTES, MINUTES.upper()))
    result = call(str(file))
    assert (result.exit_code, "papers/9/1.pdf 被改过" in result.output) == (1, True)


def test_empty_record_holds(town: str) -> None:
    result = call()
    assert (result.exit_code, "成立：0 条事实" in result.output) == (0, True)


def test_altered_fact_is_named(logged: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ledger_fact_append_only")
        cursor.execute("UPDATE ledger_fact SET quantity = 9 WHERE fact_id = 17")
        cursor.execute("ALTER TABLE ledger_fact ENABLE ALWAYS TRIGGER ledger_fact_append_only")
    result = call()
    assert result.exit_code == 1
    assert result.output == "错误：公开日志不成立。第 17 条与日志不符：内容被改过。此前 16 条相符。\n"


def test_head_kept_elsewhere_contradicts_a_rewritten_record(logged: str) -> None:
    result = call("--expect", f"15:{'0' * 64}")
    assert (result.exit_code, "前 15 条与别处保存的日志头不符" in result.output) == (1, True)


@pytest.mark.parametrize("text", ["30", "x:00", "30:00", f"-1:{'0' * 64}"])
def test_head_that_is_none_is_refused(text: str) -> None:
    result = call("--expect", text)
    assert (result.exit_code, "不是日志头" in result.output) == (1, True)


def test_bundle_is_checked_with_no_database(bundle: Path, logged: str, tmp_path: Path) -> None:
    """In a process of its own, whose database address leads nowhere and whose home does not exist."""
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDHOUSE_HOME": str(tmp_path / "none")}
    command = [sys.executable, "-X", "importtime", "-m", "redhouse.cli", "verify"]
    done = subprocess.run(
        [*command, "--bundle", str(bundle), "--expect", logged],
        env=os.environ | nowhere, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "30 条事实逐条相符" in done.stdout
    assert not (tmp_path / "none").exists()
    assert "| django" not in done.stderr


def test_altered_bundle_is_found(bundle: Path) -> None:
    rewritten(bundle, b"|2018-05-01|", b"|2018-05-02|")
    result = call("--bundle", str(bundle))
    assert (result.exit_code, "第 1 条与日志不符：内容被改过。此前 0 条相符" in result.output) == (1, True)


@pytest.mark.parametrize("content", [None, b"", b"not a bundle"])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "record.zip"
    if content is not None:
        path.write_bytes(content)
    result = call("--bundle", str(path))
    assert (result.exit_code, "不是完整的日志包" in result.output) == (1, True)


def test_truncated_bundle_is_refused(bundle: Path) -> None:
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[: len(whole) // 2])
    assert call("--bundle", str(bundle)).exit_code == 1


def test_export_into_a_folder_that_is_not_there_is_refused(logged: str, tmp_path: Path) -> None:
    result = call("--export", str(tmp_path / "none" / "record.zip"))
    assert (result.exit_code, "不存在或不可写" in result.output) == (77, True)


def test_bundle_and_export_exclude_each_other(tmp_path: Path) -> None:
    result = call("--bundle", str(tmp_path / "a"), "--export", str(tmp_path / "b"))
    assert (result.exit_code, "请分两次运行" in result.output) == (2, True)


def test_database_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    result = call()
    assert (result.exit_code, result.output.startswith("错误：连不上 127.0.0.1:1")) == (69, True)
