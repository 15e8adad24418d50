"""A sheet for the board as an official document."""

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterator, Sequence

from django.utils import translation

from redhouse.ground.papers.official.layout import (
    Block,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Posting,
    Table,
    chinese_date,
)
from redhouse.ground.process.enums import Mark, Unit
from redhouse.ground.process.procedure import Clock
from redhouse.work.decisions.enums import PublicityKind
from redhouse.work.decisions.models import Publicity
from redhouse.work.decisions.queries.disclosure import answer_days

OPENINGS = {
    PublicityKind.PRE_VOTE: "《{title}》已走完党组织前置环节和村务监督审查，依法提交表决前公示如下。",
    PublicityKind.DECISION: "《{title}》已依法表决，决议公示如下。",
    PublicityKind.RESULT: "《{title}》已经执行，结果公示如下。",
    PublicityKind.AFFAIRS: "现将《{title}》的有关情况公开如下。",
}
HEADINGS = {
    PublicityKind.PRE_VOTE: "方案",
    PublicityKind.DECISION: "决议",
    PublicityKind.RESULT: "结果",
    PublicityKind.AFFAIRS: "情况",
}


def official(publicity: Publicity, clock: Clock, address: str) -> OfficialDocument:
    """The sheet, always the same for the same row; `address` is the whole URL of its page, for the code."""
    with translation.override("zh-hans"):
        matter = publicity.matter
        return OfficialDocument(
            title=publicity.title,
            body=tuple(_body(publicity, clock)),
            issuer=matter.run.host.name,
            number=publicity.paper.number,
            addressee="全体成员、各位村民" if matter.run.host.kind.startswith("econ") else "各位村（居）民",
            signed_on=publicity.made_on,
            posting=Posting(address, tuple(_beside(publicity)), _hung(publicity)),
        )


def code_of(*, title: str, text: str, number: str, places: str, days: Sequence[str], head: str) -> str:
    """Twelve characters in three groups out of everything the sheet says: 60 bits of its SHA-256."""
    said = json.dumps([title, text, number, places, *days, head], ensure_ascii=False)
    code = b32encode(hashlib.sha256(said.encode()).digest()).decode()[:12]
    return "-".join((code[:4], code[4:8], code[8:]))


def blocks_of(text: str) -> Iterator[Block]:
    """Lines as paragraphs; lines with tabs in a row, as pasted from Excel, as one table with a head."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line.strip():
            yield Paragraph(line.strip())


def _table(rows: list[list[str]]) -> Table:
    wide = max(map(len, rows))
    head, *body = ([*row, *[""] * (wide - len(row))] for row in rows)
    numbers = [all(_is_number(row[place]) for row in body) for place in range(wide)]
    widths = [max(2, *(min(len(row[place]), 12) for row in (head, *body))) for place in range(wide)]
    columns = tuple(
        Column(title, width, "right" if number else "left")
        for title, width, number in zip(head, widths, numbers, strict=True)
    )
    return Table(columns, tuple(tuple(row) for row in body))


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell == ""


def _body(publicity: Publicity, clock: Clock) -> Iterator[Block]:
    kind, matter = PublicityKind(publicity.kind), publicity.matter
    if publicity.amends is not None:
        before = publicity.amends
        again = "公示期重新计算。" if publicity.is_material else "公示期不变。"
        number = f"（{before.paper.number}）" if before.paper.number else ""
        yield Paragraph(f"{chinese_date(before.made_on)}的公示{number}更正如下：{publicity.reason}{again}")
    yield Paragraph(OPENINGS[kind].format(title=matter.title))
    yield Heading(1, HEADINGS[kind])
    yield from blocks_of(publicity.text)
    yield Heading(1, "公示期")
    span = f"{chinese_date(publicity.from_on)}张贴，次日起算，至{chinese_date(publicity.last_on)}止"
    unit = "日" if clock.unit == Unit.DAY else "个工作日"
    basis = "依据" if clock.clause.mark == Mark.SOURCED else "说明："
    yield Paragraph(f"{span}，不少于{clock.count}{unit}（{basis}{clock.clause.text}）。")
    yield Heading(1, "意见和异议")
    yield Paragraph(
        f"公示期内可书面、当面或者扫码向{matter.run.host.name}、村（居）务监督委员会提出，{answer_days(matter.run.version)}日内答复。"
    )


def _beside(publicity: Publicity) -> Iterator[str]:
    yield "扫码核对本公示，提意见"
    yield f"验证码　{publicity.code}"
    if publicity.head_size is None:
        yield "公开日志尚无签名的日志头"
    else:
        root = publicity.head_root
        yield f"日志第{publicity.head_size:,}条　{root[:4]} {root[4:8]} {root[8:12]} {root[12:16]}"


def _hung(publicity: Publicity) -> tuple[str, ...]:
    return (f"张贴：{publicity.places}", "张贴人：＿＿＿＿＿＿", "监督委员会：＿＿＿＿＿＿")
