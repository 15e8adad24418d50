"""`redhouse vote-rule`: counts in, JSON out, a sentence for what cannot be decided; no house needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from redhouse.cli import redhouse


def call(*arguments: str, lines: str | None = None) -> Result:
    return CliRunner().invoke(redhouse, ["vote-rule", *arguments], input=lines, catch_exceptions=False)


MEMBERS = ("V09", "--on", "2026-03-01", "--electors", "618", "--present", "430")


def test_the_example_of_the_manual() -> None:
    result = call(*MEMBERS, "--for", "412", "--against", "10", "--abstain", "8")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["quorum_met"], said["passed"], said["still_needed"]) == (True, True, {})
    assert [reason["clause"] for reason in said["reasons"]] == [
        "《农村集体经济组织法》第27条第1款",
        "《农村集体经济组织法》第27条第3款",
    ]
    assert all(reason["mark"] == "S" and "三分之二以上" in reason["text"] for reason in said["reasons"])


def test_one_vote_short_is_said_and_is_no_failure_of_the_command() -> None:
    result = call(*MEMBERS, "--for", "411")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["passed"], said["still_needed"]) == (0, False, {"for": 1})
    assert said["reasons"][1]["sentence"] == "赞成票411，须达412（应到人数的2/3以上，共618），未达到。"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (MEMBERS, "V09还需要：赞成票（for）"),
        (("V01", "--on", "2026-03-01", "--for", "3"), "V01还需要：应到人数（electors）"),
        (("V06", "--on", "2026-03-01", "--electors", "618", "--for", "400"), "V06还需要：投票数（cast）"),
        (("V13", "--on", "2026-03-01", "--electors", "3", "--present", "3", "--for", "3"), "专有部分总面积（area）"),
        ((*MEMBERS, "--for", "431"), "合计431，超过了到会人数（430）"),
        ((*MEMBERS, "--for", "4.5"), "赞成票应当是整数，而不是“4.5”"),
        ((*MEMBERS, "--for", "-1"), "赞成票不能是负数：-1"),
        (("V09", "--on", "2018-12-14"), "V09自2025-05-01起施行，2018-12-14不适用；当日适用V18"),
        (("V19", "--on", "2026-03-01"), "没有规则“V19”"),
        (("V09", "--on", "1 March"), "日期写成2026-03-01这样，而不是“1 March”"),
        (("V09",), "缺少表决日期（on）"),
        (("--on", "2026-03-01"), "缺少规则编号（rule）"),
        ((*MEMBERS, "--for", "412", "--body", "council"), "没有表决主体“council”；可用：villagers_assembly"),
        ((*MEMBERS, "--for", "412", "--mode", "reps"), "规则V09没有“reps”这一种"),
        (("V13", "--on", "2026-03-01", "--area", "1.234"), "专有部分总面积以平方米计，最多两位小数，而不是“1.234”"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence_and_65(arguments: tuple[str, ...], said: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 65
    assert said in result.stderr
    assert result.stdout == ""


def test_owners_count_heads_and_square_metres() -> None:
    heads = ("V13", "--on", "2026-03-01", "--electors", "300", "--present", "200", "--for", "101")
    area = ("--area", "30,000.00", "--area-present", "20000", "--area-for", "10000.0")
    said = json.loads(call(*heads, *area).stdout)
    assert (said["quorum_met"], said["passed"], said["still_needed"]) == (True, False, {"area_for": "0.01"})


def test_the_mode_of_an_election_and_the_body_of_a_legacy_meeting() -> None:
    ballot = ("V08", "--on", "2026-03-01", "--electors", "60", "--cast", "40", "--for", "30")
    assert json.loads(call(*ballot).stdout)["quorum_met"]
    assert not json.loads(call(*ballot, "--mode", "reps").stdout)["quorum_met"]
    legacy = ("V18", "--on", "2018-12-14", "--electors", "30", "--present", "20", "--for", "10")
    assert json.loads(call(*legacy).stdout)["passed"]  # half of those present, of all members
    assert not json.loads(call(*legacy, "--body", "rec_rep_assembly").stdout)["passed"]


def test_a_batch_answers_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "votes.jsonl"
    path.write_text(
        '\ufeff{"rule": "V09", "on": "2026-03-01", "electors": 618, "present": 430, "for": 412}\n'
        "\n"
        '{"rule": "V13", "on": "2026-03-01", "electors": 300, "present": 200, "for": 101, "area": 30000.00, '
        '"area_present": "20000.00", "area_for": 10000.01}\n'
        '{"rule": "V03", "on": "2026-03-01", "present": 40, "for": 21, "households": 30, "households_present": 20}\n',
        encoding="utf-8",
    )
    result = call("--batch", str(path))
    assert result.exit_code == 0
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["line"], one["rule"], one["passed"]) for one in said] == [
        (1, "V09", True),
        (3, "V13", True),
        (4, "V03", True),
    ]


def test_a_line_that_cannot_be_decided_keeps_its_place_and_number() -> None:
    good = '{"rule": "V09", "on": "2026-03-01", "electors": 618, "present": 430, "for": 412}'
    bad = (
        ("nonsense", "这一行不是JSON对象"),
        ("[1, 2]", "这一行不是JSON对象"),
        ('{"rule": "V09", "on": "2026-03-01", "electors": 618, "present": 430}', "还需要：赞成票（for）"),
        ('{"rule": "V09", "on": "2026-03-01", "households-present": 3}', "不认识“households-present”"),
        ('{"rule": "V09", "on": "2026-03-01", "electors": true}', "应到人数应当是整数"),
        ('{"rule": "V09", "on": "2026-03-01", "electors": [618]}', "应到人数应当是整数"),
        ('{"rule": "V09", "on": "2026-03-01", "electors": 618.5, "present": 430, "for": 412}', "应到人数应当是整数"),
        ('{"rule": ["V09"], "on": "2026-03-01"}', "没有规则"),
        ('{"rule": "V09", "on": 20260301, "electors": 1}', "20260301"),
        ('{"rule": "V09", "on": "2026-03-01", "electors": ' + "9" * 5000 + "}", "这一行不是JSON对象"),
        ("[" * 100000, "这一行不是JSON对象"),
    )
    result = call("--batch", "-", lines="\n".join([good, *(line for line, _ in bad), good]))
    assert result.exit_code == 65
    assert f"{len(bad)}行算不出" in result.stderr
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["line"] for one in said] == list(range(1, len(bad) + 3))
    assert said[0]["passed"]
    assert said[-1]["passed"]
    for one, (_, sentence) in zip(said[1:-1], bad, strict=True):
        assert sentence in one["error"]


def test_a_batch_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert call("--batch", str(tmp_path / "none.jsonl")).exit_code == 74
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes("规则".encode("gb18030"))
    result = call("--batch", str(latin))
    assert result.exit_code == 65
    assert "不是UTF-8文本" in result.stderr
    assert call("--batch", str(latin), "--for", "3").exit_code == 2


def test_it_needs_no_house(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "redhouse.cli", "vote-rule", *MEMBERS, "--for", "412"],
        env={**os.environ, "REDHOUSE_HOME": str(tmp_path / "house"), "DATABASE_URL": ""},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout)["passed"]
    assert not (tmp_path / "house").exists()
