"""What became of a workbook, small enough to be kept and shown: counts, a letter a row, slips, first rows masked."""

from collections import Counter
from datetime import date
from itertools import islice
from typing import Any

from redhouse.kit.masks import mask_citizen_id, mask_name, mask_phone
from redhouse.work.registry.enums import Mark
from redhouse.work.registry.rules.tables import Table

FIRST = 5  # rows of each mark that the preview shows
_MASKS = {"citizen_id": mask_citizen_id, "phone": mask_phone}


def outcome_of(table: Table) -> dict[str, Any]:
    """JSON. Names, numbers and phones are masked: whoever needs them has the workbook."""
    counts = Counter({mark.value: 0 for mark in Mark})
    counts.update(table.marks)
    return {
        "counts": counts,
        "first_line": table.sheet.first,
        "marks": "".join(table.marks),
        "slips": {str(row): [list(slip) for slip in slips] for row, slips in table.slips.items()},
        "notes": [[note.template, note.values] for note in table.sheet.notes],
        "first": {mark.value: _first(table, mark) for mark in (Mark.NEW, Mark.CHANGED, Mark.UNCHANGED)},
        "headings": table.template.headings,
    }


def _first(table: Table, mark: Mark) -> list[tuple[int, list[str]]]:
    letter = mark.value
    rows = list(islice((row for row in table.live if table.marks[row] == letter), FIRST))
    return [(table.line(row), [_shown(table, key, row) for key in table.values]) for row in rows]


def _shown(table: Table, key: str, row: int) -> str:
    value = table.values[key][row]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    column = next(column for column in table.template.columns if column.key == key)
    if column.reads == "choice":
        return next(label for label, stored in column.labels.items() if stored == value)
    if key == "head" or (key == "name" and "citizen_id" in table.values):
        return mask_name(str(value))
    return _MASKS[key](str(value)) if key in _MASKS else str(value)
