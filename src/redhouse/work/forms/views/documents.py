"""A filled form on paper, in its official layout and in Chinese: Excel, Word, PDF."""

from collections.abc import Callable
from io import BytesIO

from django.utils import translation

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.official.layout import Column, OfficialDocument, Paragraph, Table
from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.kit.errors import DATA, HouseError
from redhouse.work.forms.queries.filling import fill, said
from redhouse.work.forms.queries.ledgers import Asked
from redhouse.work.forms.queries.workbook import (
    above,
    answers_of,
    is_numeric,
    rows_of,
    source_of,
    title_of,
    write_workbook,
)

ON_PAPER = 2000  # rows; more make a document that nobody prints


def as_workbook(asked: Asked) -> bytes:
    file = BytesIO()
    with translation.override("zh-hans"):
        write_workbook(file, asked)
    return file.getvalue()


def official(asked: Asked) -> OfficialDocument:
    """Raises HouseError where there are more rows than anybody prints."""
    filled = fill(asked)
    if filled.count > ON_PAPER:
        sentence = f"这份报表有{filled.count:,}行，印出来没有人看得完：请用 Excel，或者按村（社区）导出。"
        raise HouseError(sentence, DATA)
    columns = asked.form.shown
    head = [Column("序号", 6), *(Column(c.name, c.width, "right" if is_numeric(c) else "left") for c in columns)]
    rows = [tuple(said(cell) for cell in row) for row in rows_of(asked)]
    total = ("合计", *(said(filled.totals.get(c.known.key)) if c.known else "" for c in columns))
    return OfficialDocument(
        title=title_of(asked),
        body=(*_lines(above(filled)), Table(tuple(head), (*rows, total)), *_lines(answers_of(filled))),
        issuer=asked.division.name,
        signed_on=asked.last_on,
        remark=source_of(filled),
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


def _lines(sentences: list[str]) -> list[Paragraph]:
    return [Paragraph(line) for line in sentences]
