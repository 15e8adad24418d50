"""A filled form on paper, in its official layout and in Chinese: Excel, Word, PDF."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.official.layout import Column, OfficialDocument, Paragraph, Table, chinese_date
from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.kit.errors import DATA, HouseError
from redhouse.kit.workbook import Form, write_form
from redhouse.work.forms.definitions import AnswerKind
from redhouse.work.forms.queries.filling import Filled, all_lines, fill, is_number, said
from redhouse.work.forms.queries.gathering import gathered
from redhouse.work.forms.queries.ledgers import Asked

ON_PAPER = 2000  # rows; more make a document that nobody prints
IN_A_REQUEST = 30_000  # rows of a workbook that somebody waits for; more are written by the command
SIGNED = "填表人：　　　　　　审核人：　　　　　　填报日期：　　　　年　　月　　日"


def title_of(asked: Asked) -> str:
    name = asked.form.zh
    return f"{asked.division.name}{name}（{asked.month_on.year}年{asked.month_on.month}月）"


def is_too_long(asked: Asked, kind: str) -> str:
    """The sentence where nobody would wait for the file; empty where it is made at once."""
    count = asked.form.holding.find(asked.span).order_by().count()
    if kind != "xlsx" or count <= IN_A_REQUEST:
        return ""
    values = {"n": f"{count:,}", "code": asked.form.code, "place": asked.division.code, "month": asked.month}
    return (
        _(
            "这份报表有%(n)s行，网页上等不及：请按村（社区）导出，或请管理员运行 redhouse forms fill %(code)s"
            " --place %(place)s --month %(month)s --xlsx 文件名。"
        )
        % values
    )


def as_workbook(asked: Asked) -> bytes:
    file = BytesIO()
    with translation.override("zh-hans"):
        write_workbook(file, asked)
    return file.getvalue()


def write_workbook(file: Any, asked: Asked) -> None:
    """All rows, however many, in constant memory; a number stays a number."""
    filled = fill(asked)
    columns = asked.form.shown
    numbers = {place for place, column in enumerate(columns) if _numeric(column)}
    form = Form(
        name=asked.form.zh,
        title=title_of(asked),
        above=_above(filled),
        headings=["序号", *(column.name for column in columns)],
        widths=[6, *(column.width + 2 for column in columns)],
        rows=_rows(asked),
        total=["合计", *(filled.totals.get(column.known.key, "") if column.known else "" for column in columns)],
        below=[*answers_of(filled), _source(filled), SIGNED],
        numbers=frozenset({0, *(place + 1 for place in numbers)}),
    )
    write_form(file, form)


def official(asked: Asked) -> OfficialDocument:
    """Raises HouseError where there are more rows than anybody prints."""
    filled = fill(asked)
    if filled.count > ON_PAPER:
        sentence = f"这份报表有{filled.count:,}行，印出来没有人看得完：请用 Excel，或者按村（社区）导出。"
        raise HouseError(sentence, DATA)
    columns = asked.form.shown
    head = [Column("序号", 6), *(Column(c.name, c.width, "right" if _numeric(c) else "left") for c in columns)]
    rows = [tuple(said(cell) for cell in row) for row in _rows(asked)]
    total = ("合计", *(said(filled.totals.get(c.known.key)) if c.known else "" for c in columns))
    above = tuple(Paragraph(line) for line in _above(filled))
    return OfficialDocument(
        title=title_of(asked),
        body=(*above, Table(tuple(head), (*rows, total)), *(Paragraph(line) for line in answers_of(filled))),
        issuer=asked.division.name,
        signed_on=asked.last_on,
        remark=_source(filled),
        is_lying=True,
    )


def as_word(asked: Asked) -> bytes:
    from redhouse.ground.papers.official.word import to_docx  # a tenth of a second to load, for Word only

    with translation.override("zh-hans"):
        return to_docx(official(asked))


def as_pdf(asked: Asked) -> bytes:
    """Raises MissingCharacters where the shipped font lacks one."""
    with translation.override("zh-hans"):
        return to_pdf(official(asked))


PAPERS: dict[str, tuple[Callable[[Asked], bytes], MediaType]] = {
    "xlsx": (as_workbook, MediaType.XLSX),
    "docx": (as_word, MediaType.DOCX),
    "pdf": (as_pdf, MediaType.PDF),
}


def _numeric(column: Any) -> bool:
    return is_number(column.known) if column.known else column.ask.kind == AnswerKind.NUMBER


def _rows(asked: Asked) -> Iterator[list[Any]]:
    for number, line in enumerate(all_lines(asked), start=1):
        yield [number, *(cell.value if isinstance(cell.value, int) else cell.text for cell in line.cells)]


def _above(filled: Filled) -> list[str]:
    asked = filled.asked
    month = f"{asked.month_on.year}年{asked.month_on.month}月"
    return [f"填报单位：{asked.division.name}　　月份：{month}　　共{filled.count:,}行"]


def answers_of(filled: Filled) -> list[str]:
    """What was asked once for the place, with who wrote it and when; below a town's, what its villages wrote."""
    lines = []
    for cell in filled.place:
        by = f"（{cell.entry.filled_by.name}，{chinese_date(cell.entry.filled_on)}填）" if cell.entry else ""
        lines.append(f"{cell.column.name}：{cell.text or '（未填）'}{by}")
    for each in gathered(filled.asked):
        total = "" if each.total is None else f"　合计{each.total:,}"
        said = [f"{village} {cell.text}" for village, cell in each.answers]
        silent = [f"没填的：{'、'.join(each.silent)}"] if each.silent else []
        lines.append(f"各村（社区）填的{each.ask.name}{total}：{'；'.join([*said, *silent])}")
    return lines


def _source(filled: Filled) -> str:
    form = filled.asked.form
    asked = f"，手工填写{len(form.asks)}栏" if form.asks else "，没有手工填写的栏目"
    return f"来源：“{form.holding.holder}”的“{form.holding.title}”自动填写{len(form.known)}栏{asked}"
