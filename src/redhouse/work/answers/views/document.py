"""The sheet as an official document: the very prose of the page, with a note behind every number."""

from collections.abc import Iterable
from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from redhouse.ground.papers.official.layout import (
    Align,
    Block,
    Column,
    Figure,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    chinese_date,
)
from redhouse.kit.divisions import Level, level
from redhouse.kit.numbers import NO_BASE
from redhouse.work.answers.enums import SheetState
from redhouse.work.answers.queries import Answer
from redhouse.work.answers.queries.frozen import names_on, newest_sheet
from redhouse.work.answers.views.asking import Question
from redhouse.work.answers.views.links import Links
from redhouse.work.answers.views.sheet import sheet_context

OPEN, CLOSE = "\ue000", "\ue001"  # around the place of a number in the list; private characters, never in prose
ON_SCREEN_ONLY = {"svg"}


def official(asked: Question) -> OfficialDocument:
    """The sheet in Chinese, as Word and PDF print it (GB/T 9704-2012). Reads within the reach of the connection."""
    with translation.override("zh-hans"):
        context = sheet_context(asked)
        notes = Notes(context["by_id"].values())
        part = "town" if level(asked.code) <= Level.TOWN else "village"
        reader = Reader(notes)
        reader.feed(render_to_string(f"answers/_{part}.html", context | {"fig": notes}))
        answers = [answer for answer, _ in context["answers"]]
        title = f"党建引领乡村振兴的{context['short_name']}答卷" if part == "town" else f"{asked.division.name}答卷"
        return OfficialDocument(
            title=title,
            body=(Paragraph(_cuts(asked)), *reader.blocks, Heading(1, "口径与依据"), _terms(answers)),
            issuer=asked.division.name,
            signed_on=asked.as_of,
            remark=_standing(asked),
        )


class Notes(Links):
    """Numbers in the prose, kept in the order they are read."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        super().__init__(answers)
        self.found: list[Figure] = []
        self.told: set[str] = set()

    def link(self, answer: Answer, text: str) -> SafeString:
        if text == NO_BASE:
            return SafeString(NO_BASE)
        self.found.append(Figure(text, self._note(answer)))
        return SafeString(f"{OPEN}{len(self.found) - 1}{CLOSE}")

    def _note(self, answer: Answer) -> str:
        """Everything once; after that, whose number it is."""
        figure, header = answer.figure, answer.figure.header
        if figure.id in self.told:
            return f"{figure.id} {header['name']}，见前注。"
        self.told.add(figure.id)
        unit = "" if figure.is_ratio else header["unit"]
        base = ""
        if figure.is_ratio and answer.numerator is not None:
            base = f"（{answer.numerator:,}／{answer.denominator:,}）"
        said = f"{figure.id} {header['name']}：{answer.exact}{unit}{base}，明细{answer.facts:,}条。"
        return f"{said}{header['definition']}依据：{header['clause']}。口径：{header['caveat']}"


class Reader(HTMLParser):
    """Blocks of a document out of the sheet's own templates: headings, paragraphs, asides, tables and the list of
    powers; drawings stay on the screen."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.notes = notes
        self.blocks: list[Block] = []
        self.text = ""
        self.lead = ""
        self.inside: list[str] = []
        self.caption = ""
        self.head: list[Column] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        css = (dict(attrs).get("class") or "").split()
        if tag == "small" and "h2" in self._tags():  # a subtitle of the screen: the heading ends before it
            self.blocks.append(Heading(1, self.text.strip()))
        if tag == "small" and "li" in self._tags():
            self._cell("td", self.text.strip())
        self.inside.append(f"{tag}.{css[0]}" if css else tag)
        if tag in ("p", "h2", "aside", "figcaption", "th", "td", "li"):
            self.text = ""
        if tag == "figure":
            self.caption, self.head, self.rows = "", [], []
        if tag in ("tr", "li"):
            self.rows.append([])
        if tag == "th":
            self.align: Align = "right" if "r" in css else "left"
        if tag == "span" and "figcaption" in self._tags() and not self.caption:
            self.caption = self.text.strip()
        if "plan-tag" in css:
            self.text += "（"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Shapes of a drawing: nothing to read."""

    def handle_data(self, data: str) -> None:
        if ON_SCREEN_ONLY.isdisjoint(self._tags()):
            self.text += data.replace("\n", "")

    def handle_endtag(self, tag: str) -> None:
        opened = self.inside.pop()
        if not ON_SCREEN_ONLY.isdisjoint(self._tags()):
            return
        where, text = self._tags(), self.text
        if opened == "span.plan-tag":
            self.text += "）"
        elif "h2" in where and tag == "span":  # the number, which the document counts itself
            self.text = ""
        elif tag == "b" and "aside" in where:
            self.lead, self.text = f"{text}：", ""
        elif tag == "small" and "li" in where:
            self._cell(tag, text)
        elif tag == "small" and "h2" in where:
            self.text = ""
        elif tag == "h2" and text.strip():
            self.blocks.append(Heading(1, text.strip()))
        elif tag == "aside":
            self.blocks.append(Paragraph(self._pieces(text), lead=self.lead))
        elif tag == "p" and "figure" not in where and opened != "p.preface":
            self.blocks.append(Paragraph(self._pieces(text)))
        elif tag in ("table", "figure"):
            self._table()
        elif tag == "span" and "figcaption" in where:
            self.text = self.caption
        elif tag in ("th", "td", "figcaption") or (tag == "span" and "li" in where):
            self._cell(tag, text.strip())

    def _cell(self, tag: str, text: str) -> None:
        if tag == "figcaption":
            self.caption = text
        elif tag == "th":
            self.head.append(Column(text, align=self.align))
        elif tag in ("td", "span", "small"):
            self.rows[-1].append(text)
        self.text = ""

    def _tags(self) -> set[str]:
        return {one.partition(".")[0] for one in self.inside}

    def _pieces(self, text: str) -> tuple[str | Figure, ...]:
        pieces: list[str | Figure] = []
        for part in text.strip().split(OPEN):
            index, mark, rest = part.partition(CLOSE)
            pieces += [self.notes.found[int(index)], rest] if mark else [part]
        return tuple(piece for piece in pieces if piece != "")

    def _table(self) -> None:
        rows = [row for row in self.rows if row]
        head = self.head or [Column("序号"), Column("事权", 5), Column("类别")]
        if rows:  # the tables of one figure stand under one caption
            self.blocks.append(Table(tuple(head), tuple(tuple(row) for row in rows), caption=self.caption))
            self.caption, self.head, self.rows = "", [], []


def _cuts(asked: Question) -> str:
    return (
        f"本答卷事发截至{chinese_date(asked.as_of)}，录入截至账本第{asked.last_fact_id:,}条。"
        "文中数字都从账本逐条数出，定义、算式、明细与依据见注。"
    )


def _terms(answers: list[Answer]) -> Table:
    columns = (Column("编号", 2), Column("数字", 6), Column("准确值", 4, "right"), Column("依据", 12))
    return Table(
        columns,
        tuple((a.figure.id, a.figure.header["name"], a.exact, a.figure.header["clause"]) for a in answers),
    )


def _standing(asked: Question) -> str:
    """Whether this is the approved sheet or only today's count."""
    sheet = newest_sheet(asked.code, asked.as_of)
    if sheet is None or sheet.state != SheetState.APPROVED or sheet.last_fact_id != asked.last_fact_id:
        return "未经批准的现算数"
    return f"第{sheet.number}稿，{names_on(sheet)[1]}批准"
