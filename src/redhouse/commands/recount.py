"""`redhouse recount`: count a published ballot box or a distribution again, on any machine, with no database."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import click

from redhouse.kit import sharing
from redhouse.kit.box import CHOICES, Box, BoxError, findings, read_box, recount
from redhouse.kit.errors import DATA, HouseError
from redhouse.kit.numbers import wholes, yuan
from redhouse.kit.sentences import SentenceError
from redhouse.kit.voting import Count, Counts, Rule, VoteBody, decide, rule_at
from redhouse.kit.voting.approvals import counted, elected, read_seats

LABELS = {"for": "赞成", "against": "反对", "abstain": "弃权", "invalid": "废票"}
OUTCOMES = {"passed": (True, True), "agreed": (True, True), "failed": (True, False), "returned": (True, False)}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--receipt", default="", help="顺便查一张回执在不在箱里。")
def command(file: Path, receipt: str) -> None:
    """重新点算公布的票箱 FILE：逐票数一遍，按当日规则再判一次；FILE 是分配表的，逐行重算。

    相符则退出码为 0；不相符则为 1，并说出第一处；不是票箱文件则为 65。
    """
    text = file.read_text(encoding="utf-8")
    if sharing.is_distribution(text):
        _share_again(file, text)
        return
    try:
        box = read_box(text)
    except BoxError as error:
        raise HouseError(f"{file}：{error}。", DATA) from None
    wrong = findings(box, text)
    if wrong:
        raise HouseError(f"不相符。{wrong[0]}。", 1)
    again = recount(box.ballots)
    click.echo(f"{box.about.get('body', '')} {box.about.get('vote_on', '')} {box.about.get('power', '')}")
    for choice in CHOICES:
        click.echo(f"{LABELS[choice]} {again[choice]:>6,}")
    click.echo(f"合计 {again['cast']:>6,}")
    _decide_again(box)
    if receipt:
        from redhouse.kit.ballots import normal_receipt

        inside = normal_receipt(receipt) in box.receipts
        click.echo(f"回执 {normal_receipt(receipt)} {'在箱里' if inside else '不在箱里'}")
        if not inside:
            raise click.exceptions.Exit(1)
    click.echo(f"摘要 {sha256(text.encode()).hexdigest()}")


def _share_again(file: Path, text: str) -> None:
    """Every holder's amount from the shares, and the digests to compare with the public record."""
    try:
        table = sharing.read_distribution(text)
    except SentenceError as error:
        raise HouseError(f"{file}：{error}。", DATA) from None
    wrong = sharing.findings(table, text)
    if wrong:
        raise HouseError(f"不相符。{wrong[0]}。", 1)
    register = table.register
    click.echo(f"{register.about.get('host', '')} {register.about.get('matter', '')} 截至 {register.as_of}")
    click.echo(
        f"{len(register.holders):,} 人，份额 {wholes(register.units, register.scale)}，总额 {yuan(table.total)} 元"
    )
    click.echo("逐行重算，各行与合计都相符。")
    click.echo(f"登记册摘要 {register.digest()}")
    click.echo(f"分配表摘要 {table.digest()}")


def _elect_again(box: Box, rule: Rule) -> None:
    """Say who is elected by the rule of the day, and who stands again for the posts that are left."""
    votes, second = counted(ballot.choice for ballot in box.ballots), bool(box.about.get("runoff"))
    electors, cast = box.counts["electors"], box.counts["cast"]
    for seat, election in elected(
        rule, read_seats(str(box.about["seats"])), votes, electors=electors, cast=cast, second=second
    ):
        click.echo(f"{seat.name}：应选{seat.posts}名")
        for number in seat.candidates:
            click.echo(f"  {number}号 {votes[number]:>6,}{'　当选' if str(number) in election.elected else ''}")
        if not election.valid:
            click.echo("  参加投票的不过半数，选举无效")
        elif election.posts_left:
            again = "、".join(f"{number}号" for number in election.again)
            click.echo(f"  余{election.posts_left}名另行选举：{again}{'（得票相同）' if election.tied else ''}")


def _decide_again(box: Box) -> None:
    """Say what the rule of the day makes of the counts; stop where it is not what the box says."""
    try:
        body = VoteBody(str(box.about["rule_body"]))
        rule = rule_at(str(box.about["rule"]), date.fromisoformat(str(box.about["vote_on"])), body)
        if "seats" in box.about:
            _elect_again(box, rule)
            return
        decision = decide(rule, Counts.of({Count(name): number for name, number in box.counts.items()}))
    except (KeyError, ValueError) as error:
        said = error if isinstance(error, SentenceError) else "没有写明规则或日期"
        raise HouseError(f"无法按规则再判：{said}。", DATA) from None
    for reason in decision.reasons:
        click.echo(f"{reason.sentence()}{reason.clause.cite() if reason.clause else ''}")
    if (decision.quorum_met, decision.passed) != OUTCOMES.get(box.outcome, (False, False)):
        raise HouseError("不相符。票箱写的结果与规则判出的不同。", 1)
    click.echo("与公布的结果相符。")
