"""One table out of a workbook: the sheet that has the headings, its cells as they are, and what is odd about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, load_workbook

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.workbook.guard import MAX_COLUMNS, MAX_ROWS, WorkbookError, parts_of, sheet_parts

Cell = int | float | str | bool | date | datetime | time | timedelta

_SEARCHED = 10  # rows in which the headings are looked for
_NAMED = 5  # odd rows that a note names
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="([0-9]+)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*\shidden="(?:1|true)"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+)([0-9]+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(<(?:\w+:)?v>[^<]+<)?"
)
_SPACES = str.maketrans("", "", " \t\r\n\u3000\xa0\u200b\ufeff*＊")


class Note(SentenceError):
    """Something odd about the sheet that stops nothing."""


@dataclass
class Sheet:
    """A table as it stands in the file. `rows` are the cells under the headings; row i is line `first + i` of the
    sheet, counted as Excel counts. `uncached` are cells (index of row, of column) whose formula has no value."""

    name: str
    headings: list[str]
    rows: list[list[Cell]]
    above: list[list[Cell]]
    first: int
    notes: list[Note] = field(default_factory=list)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    merged: set[int] = field(default_factory=set)

    def column(self, index: int) -> list[Cell]:
        return [row[index] for row in self.rows]


def read_sheet(content: bytes, *, name: str, required: Sequence[str], known: Sequence[str]) -> Sheet:
    """Read the sheet that carries the `required` headings, in whatever order: the one called `name`, else the first.

    Raises WorkbookError with a sentence about the whole file. Values only: formulas give what they last showed.
    """
    parts = parts_of(content)
    try:
        book = load_workbook(BytesIO(content))
        names = [sheet.name for sheet in book.sheets_metadata if str(sheet.typ).endswith("WorkSheet")]
        grids = {each: book.get_sheet_by_name(each) for each in sorted(names, key=lambda each: each != name)}
        best: tuple[int, str, list[str]] = (-1, "", [])
        for each, grid in grids.items():
            rows: list[list[Cell]] = grid.to_python(skip_empty_area=False)
            for index, row in enumerate(rows[:_SEARCHED]):
                headings = [str(cell).translate(_SPACES) for cell in row]
                missing = [heading for heading in required if heading not in headings]
                if not missing:
                    return _sheet(each, name, rows, index, headings, known, sheet_parts(parts), grid.merged_cell_ranges)
                best = max(best, (len(required) - len(missing), each, missing), key=lambda found: found[0])
    except CalamineError:
        raise WorkbookError(_("这不是Excel工作簿，或文件已损坏；请用Excel打开确认后另存为.xlsx再上传。")) from None
    hit, each, missing = best
    if hit > 0:
        raise WorkbookError(
            _("工作表“%(sheet)s”的表头缺少：%(missing)s；请按模板补上这些列（次序不限）。"),
            sheet=each,
            missing="、".join(missing),
        )
    raise WorkbookError(
        _("没有找到“%(name)s”的表头；文件里的工作表是：%(sheets)s。请核对选的类别，或按模板填写。"),
        name=name,
        sheets="、".join(names) or "—",
    )


def _sheet(
    found: str,
    wanted: str,
    rows: list[list[Cell]],
    index: int,
    headings: list[str],
    known: Sequence[str],
    raw: dict[str, bytes],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None,
) -> Sheet:
    first = index + 2  # the line under the headings, counted from 1
    sheet = Sheet(found, headings, rows[index + 1 :], rows[: index + 1], first)
    if len(sheet.rows) > MAX_ROWS or len(headings) > MAX_COLUMNS:
        raise WorkbookError(
            _("表格超出%(rows)s行或%(columns)s列；请删去远处的空白格和多余内容，或拆成几个文件分别上传。"),
            rows=f"{MAX_ROWS:,}",
            columns=MAX_COLUMNS,
        )
    twice = sorted({heading for heading in headings if heading in known and headings.count(heading) > 1})
    if twice:
        raise WorkbookError(_("表头“%(heading)s”出现了两次；请删去多余的一列。"), heading="、".join(twice))
    if found != wanted:
        sheet.notes.append(Note(_("读取的是工作表“%(found)s”，不是“%(wanted)s”。"), found=found, wanted=wanted))
    others = [heading for heading in headings if heading and heading not in known]
    if others:
        sheet.notes.append(Note(_("不认识的列已略过，原样保留：%(names)s。"), names="、".join(others)))
    xml = raw.get(found, b"")
    hidden = [int(line) for line in _HIDDEN_ROW.findall(xml) if int(line) >= first] if b"hidden=" in xml else []
    if hidden:
        sheet.notes.append(Note(_("第%(lines)s行在表中被隐藏，也一并读入。"), lines=_some(hidden)))
    if _HIDDEN_COLUMN.search(xml[:20_000]):
        sheet.notes.append(Note(_("表中有隐藏的列，也一并读入。")))
    if b"<f" in xml or b":f>" in xml:
        _formulas(sheet, xml)
    _merged(sheet, merged or ())
    return sheet


def _formulas(sheet: Sheet, xml: bytes) -> None:
    lines = set()
    for column, line, value in _FORMULA.findall(xml):
        row = int(line) - sheet.first
        if 0 <= row <= MAX_ROWS:
            while row >= len(sheet.rows):  # the grid ends at the last value, and this cell has none
                sheet.rows.append([""] * len(sheet.headings))
            lines.add(int(line))
            if not value:
                sheet.uncached.add((row, _number(column.decode()) - 1))
    if lines:
        sheet.notes.append(Note(_("第%(lines)s行有公式，按算出的值读入。"), lines=_some(sorted(lines))))


def _merged(sheet: Sheet, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Only the first cell of a merged range has a value; the rows of ranges that span several are marked."""
    for (top, _left), (bottom, _right) in ranges:
        if bottom > top:
            sheet.merged.update(range(max(0, top + 1 - sheet.first), min(len(sheet.rows), bottom + 2 - sheet.first)))
    if sheet.merged:
        lines = _some([sheet.first + row for row in sorted(sheet.merged)])
        sheet.notes.append(Note(_("第%(lines)s行有合并单元格，只有左上角一格有值。"), lines=lines))


def _some(lines: Sequence[int]) -> str:
    return "、".join(map(str, lines[:_NAMED])) + ("…" if len(lines) > _NAMED else "")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
