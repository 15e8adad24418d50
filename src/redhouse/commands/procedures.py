"""`redhouse procedures`: the ten powers and the life of a grid event as data. Needs no house: the files come along."""

import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redhouse.commands._house import no_house
from redhouse.kit.errors import IO_FAILED, HouseError
from redhouse.kit.today import today

if TYPE_CHECKING:
    from redhouse.ground.process.procedure import Procedure, Step

DAY = click.DateTime(["%Y-%m-%d"])
ON = click.option("--on", type=DAY, metavar="YYYY-MM-DD", help="哪一天适用的版本。  [默认：今天]")
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def command() -> None:
    """重要事权的程序：列出、查看、证明、画图、导出、随机走查。怎样读、怎样改见 docs/procedures.md。"""
    no_house()


@command.command("list")
def list_() -> None:
    """列出每个事权的每个版本。"""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="重要事权的程序", title_justify="left", header_style="bold")
    for heading in ("编号", "名称", "起", "止", "步骤", "摘要"):
        table.add_column(heading, no_wrap=heading != "名称", overflow="fold")
    for each in _all():
        steps = sum(step.is_human for step in each.steps)
        until = str(each.until_on or "—")
        table.add_row(each.code, each.name, str(each.from_on), until, str(steps), each.digest[:12])
    Console().print(table)


@command.command()
@click.argument("code")
@ON
def show(code: str, on: datetime | None) -> None:
    """查看一个事权：每一步由谁负责、时限、依据、办结后到哪里。"""
    procedure = _power(code, on)
    until = f"至 {procedure.until_on} 止" if procedure.until_on else "现行"
    click.echo(f"{procedure.code} {procedure.name}　{procedure.from_on} 起，{until}\n摘要 {procedure.digest}")
    for clause in procedure.clauses:
        click.echo(f"依据：[{clause.mark}] {clause.text}")
    if procedure.facts:
        click.echo("起草时须写明：" + "、".join(str(fact.label) for fact in procedure.facts))
    for number, step in enumerate(procedure.steps, 1):
        click.echo(f"\n{number:>2} {step.name}　{step.key}")
        for line in _lines(procedure, step):
            click.echo(f"   {line}")


def _lines(procedure: "Procedure", step: "Step") -> Iterable[str]:
    if step.owed_by:
        yield "负责：" + "、".join(str(role.label) for role in step.owed_by)
    if step.rule:
        yield f"议决：{step.rule}"
    for clock in step.clocks:
        before = f"，走完才可办结“{procedure.by_key[clock.before].name}”" if clock.before != step.key else ""
        days = f"{clock.bound.label}{clock.count}{clock.unit.label}"
        yield f"时限：{days}{before}　[{clock.clause.mark}] {clock.clause.text}"
    for clause in step.clauses:
        yield f"依据：[{clause.mark}] {clause.text}"
    if step.apart_from:
        yield "须由不同的人办结：" + "、".join(procedure.by_key[key].name for key in step.apart_from)
    for way, target in step.next.items():
        said = way if step.fact else next(str(outcome.label) for outcome in step.outcomes() if outcome == way)
        yield f"{said} → {procedure.by_key[target].name}（{target}）"


@command.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
def check(files: tuple[Path, ...]) -> None:
    """证明程序满足 O1 至 O6；不满足就说明违反哪一条、依据什么、怎样走会出事，并以 1 退出。不写文件名就证明全部。"""
    from redhouse.ground.process.procedure.proofs import CaseObligation, Obligation, examine

    for obligation in (*Obligation, *CaseObligation):
        click.echo(f"{obligation.name} {obligation.words}")
    click.echo()
    failed, states, proved, began = 0, 0, 0, time.perf_counter()
    for name, procedure in _read(files):
        if isinstance(procedure, HouseError):
            failed += 1
            click.echo(f"✗ {procedure.message}")
            continue
        started = time.perf_counter()
        proof = examine(procedure)
        took = (time.perf_counter() - started) * 1000
        states += proof.states
        broken = {refusal.obligation for refusal in proof.refusals}
        owed = CaseObligation if procedure.is_case else Obligation
        kept = [obligation.name for obligation in owed if obligation not in broken]
        proved += not broken
        failed += bool(broken)
        sign = "✗" if broken else "✓"
        click.echo(f"{sign} {name}　{' '.join(kept) or '—'}　{proof.states}个状态，{took:.1f}毫秒")
        for refusal in proof.refusals:
            click.echo(f"  {refusal.told(procedure)}")
    took = (time.perf_counter() - began) * 1000
    click.echo(f"\n{proved}个程序得到证明，{failed}个没有；走遍{states:,}个状态，{took:.0f}毫秒。")
    if failed:
        raise SystemExit(1)


def _read(files: tuple[Path, ...]) -> Iterable[tuple[str, "Procedure | HouseError"]]:
    from redhouse.ground.process.procedure import ProcedureError, read_procedure

    if not files:
        yield from ((f"{each.code} {each.from_on} {each.name}", each) for each in _all())
    for path in files:
        try:
            yield path.name, read_procedure(path.read_text(encoding="utf-8"), origin=path.name)
        except ProcedureError as error:
            yield path.name, error
        except (OSError, UnicodeDecodeError):
            yield path.name, ProcedureError(f"{path.name}：读不出 UTF-8 文字：请检查文件。")


@command.command()
@click.argument("code")
@ON
@click.option("--svg", "path", type=FILE, required=True, metavar="FILE", help="写到哪个 SVG 文件。")
def diagram(code: str, on: datetime | None, path: Path) -> None:
    """画出流程：主线各站、并行的分支、退回与终点。"""
    from redhouse.ground.process.procedure.drawing import picture

    _write(path, picture(_power(code, on)))


@command.command()
@click.argument("code")
@ON
@click.option("--out", "path", type=FILE, required=True, metavar="FILE", help="写到哪个 BPMN 文件。")
def bpmn(code: str, on: datetime | None, path: Path) -> None:
    """导出 BPMN 2.0（含图形布局），供其他工具打开。"""
    from redhouse.ground.process.procedure.bpmn import as_bpmn

    _write(path, as_bpmn(_power(code, on)))


@command.command()
@click.argument("code")
@ON
@click.option("--runs", type=click.IntRange(1), default=1000, show_default=True, help="走多少遍。")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子；同一种子走同样的路。")
def explore(code: str, on: datetime | None, runs: int, seed: int) -> None:
    """随机走查：按日子、按人走完一遍遍，由独立的检查逐条核对 O1 至 O6。发现违反即以 1 退出。"""
    from redhouse.ground.process.procedure.tracing import broken
    from redhouse.ground.process.procedure.walking import walks

    procedure = _power(code, on)
    if procedure.is_case:
        raise HouseError("随机走查核对的是重要事权；事件的程序用 check 证明。", 1)
    ends: Counter[str] = Counter()
    breaks: Counter[str] = Counter()
    closings, began = 0, time.perf_counter()
    for trace in walks(procedure, runs, seed):
        closings += len(trace.closings)
        ends[trace.end.name if trace.end else "无人可办"] += 1
        breaks.update(set(broken(procedure, trace)))
    took = time.perf_counter() - began
    told = "，".join(f"{name} {count:,}" for name, count in ends.most_common())
    click.echo(f"{procedure.code} {procedure.from_on}　{runs:,}遍，{closings:,}次办结，{took:.1f}秒：{told}")
    if breaks:
        raise HouseError("违反：" + "，".join(f"{name} {count:,}遍" for name, count in sorted(breaks.items())), 1)
    click.echo("O1 至 O6 在每一遍都成立。")


def _power(code: str, on: datetime | None) -> "Procedure":
    from redhouse.work.decisions.definitions import power_at

    day = on.date() if on else today()
    lives = [each for each in _all() if each.is_case and each.code == code.upper() and each.from_on <= day]
    return lives[-1] if lives else power_at(code.upper(), day)


def _all() -> "tuple[Procedure, ...]":
    from redhouse.work.decisions.definitions import all_versions
    from redhouse.work.gridwork.definitions import all_versions as lives_of_events
    from redhouse.work.visits.definitions import all_versions as lives_of_problems

    return (*all_versions(), *lives_of_events(), *lives_of_problems())


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise HouseError(f"写不了 {path}（{error.strerror}）：请换一个可写的地方。", IO_FAILED) from None
    click.echo(f"已写入 {path}")
