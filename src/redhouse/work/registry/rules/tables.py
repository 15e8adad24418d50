"""A sheet read column by column against its template: clean values, slips by row, rows that stand twice."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from redhouse.kit.sentences import SentenceError
from redhouse.kit.workbook import Cell, Sheet, is_example, read_sheet
from redhouse.work.registry.enums import Mark
from redhouse.work.registry.rules.cells import Slip, Value, reader
from redhouse.work.registry.rules.columns import Column, Template

SKIPPED, UNCHANGED, REFUSED = Mark.SKIPPED.value, Mark.UNCHANGED.value, Mark.REFUSED.value


@dataclass
class Table:
    """`values` by column key, one list each as long as the sheet. `live` are the rows still in play."""

    template: Template
    sheet: Sheet
    values: dict[str, list[Value]]
    live: list[int] = field(default_factory=list)
    slips: dict[int, list[Slip]] = field(default_factory=lambda: defaultdict(list))
    marks: list[str] = field(default_factory=list)

    def line(self, row: int) -> int:
        """The number that Excel shows beside the row."""
        return self.sheet.first + row

    def refuse(self, row: int, key: str, sentence: str, /, **values: object) -> None:
        """Give the row a slip at the column `key`; `sentence` is marked for translation."""
        self.slips[row].append(Slip(self.template.heading(key), sentence, values))
        self.marks[row] = REFUSED


def read_table(content: bytes, template: Template, *, demo: bool) -> Table:
    """Raises WorkbookError where the file as a whole cannot be used."""
    sheet = read_sheet(content, name=template.name, required=template.required, known=template.headings)
    table = Table(template, sheet, {}, marks=[SKIPPED] * len(sheet.rows))
    places = {}
    for column in template.columns:
        if column.heading in sheet.headings:
            places[column.key] = sheet.headings.index(column.heading)
            cells = sheet.column(places[column.key])
            table.values[column.key] = _read(table, column, cells, demo=demo)
        else:
            table.values[column.key] = [None] * len(sheet.rows)
    _formulas_without_value(table, places)
    first = places[template.columns[0].key]
    columns = list(table.values.values())
    live = [
        row
        for row, cells in enumerate(zip(*columns, strict=True))
        if any(cell is not None for cell in cells) or row in table.slips
    ]
    table.live = [row for row in live if not is_example(sheet.rows[row][first])]
    for row in set(live) - set(table.live):
        table.slips.pop(row, None)
    for row in table.live:
        table.marks[row] = UNCHANGED
    _require(table)
    _drop_refused(table)
    _twice(table)
    _drop_refused(table)
    return table


def _read(table: Table, column: Column, cells: list[Cell], *, demo: bool) -> list[Value]:
    """Each different cell is read once: codes, days and choices repeat."""
    read, known = reader(column, demo=demo), {"": None}
    known_slips: dict[object, Slip] = {}
    out: list[Value] = []
    for row, cell in enumerate(cells):
        if cell.__class__ is str and cell in known:
            out.append(known[cell])
            continue
        try:
            value = read(cell)
        except SentenceError as error:
            key = (type(cell), cell)
            slip = known_slips.setdefault(key, Slip(column.heading, error.template, error.values))
            table.slips[row].append(slip)
            value = None
        else:
            if cell.__class__ is str:
                known[cell] = value  # type: ignore[assignment]
        out.append(value)
    return out


def _formulas_without_value(table: Table, places: dict[str, int]) -> None:
    if not table.sheet.uncached:
        return
    for key, place in places.items():
        for row in {row for row, column in table.sheet.uncached if column == place}:
            table.slips[row].append(
                Slip(
                    table.template.heading(key),
                    _("公式没有存下算出的值；请用Excel打开并保存一次，或粘贴为数值"),
                    {},
                )
            )


def _require(table: Table) -> None:
    for column in table.template.columns:
        if not column.required:
            continue
        values = table.values[column.key]
        for row in table.live:
            if values[row] is None and not any(slip.heading == column.heading for slip in table.slips.get(row, ())):
                if row in table.sheet.merged:
                    table.refuse(row, column.key, _("为空：这一行在合并单元格内，请取消合并，逐行填写"))
                else:
                    table.refuse(row, column.key, _("为空；请填写"))


def _drop_refused(table: Table) -> None:
    for row in table.slips:
        if table.marks[row] != SKIPPED:
            table.marks[row] = REFUSED
    table.live = [row for row in table.live if table.marks[row] != REFUSED]


def _twice(table: Table) -> None:
    """Rows of one identity: the same again counts once; those that differ are all refused."""
    identity = [table.values[key] for key in table.template.identity]
    keys = list(zip(*identity, strict=True))
    live = [keys[row] for row in table.live]
    if len(set(live)) == len(live):
        return
    rows: dict[tuple[Value, ...], list[int]] = defaultdict(list)
    for row in table.live:
        rows[keys[row]].append(row)
    everything = list(table.values.values())
    repeated = set()
    for same in rows.values():
        if len(same) == 1:
            continue
        contents = {tuple(column[row] for column in everything) for row in same}
        if len(contents) == 1:
            repeated.update(same[1:])
            continue
        for row in same:
            other = next(each for each in same if each != row)
            table.refuse(
                row, table.template.identity[0], _("与第%(line)s行说的是同一条而内容不同；请只留一行"),
                line=table.line(other),
            )  # fmt: skip
    table.live = [row for row in table.live if row not in repeated]
