"""`redhouse vote-rule`: does a vote carry under the rule of its day? Counts in, JSON out; no house is needed."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from redhouse.kit.errors import DATA, IO_FAILED, HouseError
from redhouse.kit.sentences import SentenceError, marked
from redhouse.kit.voting import Count
from redhouse.kit.voting.entering import decided, decided_lines


def counts(command: Callable[..., None]) -> Callable[..., None]:
    """One option for each count; text, so that a number that cannot be read is refused in a sentence."""
    for count in reversed(Count):
        flag = f"--{count.value.replace('_', '-')}"
        unit = "，平方米，两位小数" if count.is_area else ""
        command = click.option(flag, count.value, metavar="N", help=f"{count.label}{unit}。")(command)
    return command


@click.command("vote-rule", epilog="例：redhouse vote-rule V09 --on 2026-03-01 --electors 618 --present 430 --for 412")
@click.argument("rule", required=False, metavar="[V01…V18]")
@click.option("--on", metavar="YYYY-MM-DD", help="表决的日期；规则按这一天取。")
@click.option("--body", metavar="BODY", help="表决主体；V15、V18适用于几个主体时用，例如 rec_rep_assembly。")
@click.option("--mode", metavar="MODE", help="V08的选举方式：voters、households、reps；V16的党内选举：election。")
@counts
@click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="每行一个JSON对象（键同各选项，短横改下划线，另加 rule 和 on），每行一个结果；- 为标准输入。",
)
def command(batch: Path | None, **values: str | None) -> None:
    """按表决当天的规则计算：法定人数够不够，通过没有，还差多少，依据哪一条。

    输出JSON：quorum_met、passed、still_needed、reachable、reasons。
    业主表决（V13、V14）的人数写在 --electors、--present、--for。

    \b
    退出码：0 已算出（通过或未通过都是0），65 数字缺少、矛盾或读不懂；批量时有一行算不出也是65。
    """
    given = {name: value for name, value in values.items() if value is not None}
    if batch is not None:
        if given:
            raise click.UsageError("--batch 的每一行自带规则和数字，不能再写别的选项。")
        _every_line(batch)
        return
    try:
        outcome = decided(given)
    except SentenceError as error:
        raise HouseError(str(error), DATA) from None
    click.echo(json.dumps(outcome.as_json(marked), ensure_ascii=False, indent=1))


def _every_line(path: Path) -> None:
    """One line of JSON for each line; a line that cannot be decided says its number and why."""
    try:
        with click.open_file(str(path), encoding="utf-8-sig") as lines:
            wrong = _print(lines)
    except UnicodeDecodeError:
        raise HouseError(f"{path} 不是UTF-8文本：请另存为UTF-8再算。", DATA) from None
    except OSError as error:
        raise HouseError(f"读不了 {path}（{error.strerror}）：请核对文件名。", IO_FAILED) from None
    if wrong:
        raise HouseError(f"{wrong}行算不出，见各行的error。", DATA)


def _print(lines: Iterable[str]) -> int:
    """Print an answer a line; return how many could not be decided."""
    wrong = 0
    for number, found in decided_lines(lines):
        said: dict[str, Any]
        if isinstance(found, SentenceError):
            wrong += 1
            said = {"line": number, "error": str(found)}
        else:
            said = {"line": number, **found.as_json(marked)}
        click.echo(json.dumps(said, ensure_ascii=False))
    return wrong
