"""One cell into a text, a code, a day or a choice, or into a sentence that names the mend. Cells come as Excel gives
them: a code may be text, a number or, where Excel was clever, a day. What is empty gives None."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.workbook.reading import Cell

EXAMPLE = "示例"  # how the first cell of a template's example row begins
Value = TypeVar("Value")

_HALF = {full: full - 0xFEE0 for full in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF |= {0x3000: 0x20, 0xA0: 0x20, 0x200B: None, 0xFEFF: None}  # None deletes
_DIRTY = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\xa0\u200b\ufeff\x00-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_EXACT = 10**15  # Excel keeps 15 digits of a number, no more
_DAYS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[0:.]+)?")
_SERIAL_BEGIN, _SERIALS = date(1899, 12, 30), range(10_000, 80_000)  # 1927 to 2119


class CellError(SentenceError):
    """A cell that cannot be used."""


def is_example(cell: Cell) -> bool:
    """Whether the row that begins with this cell is the example of a template, left standing."""
    return isinstance(cell, str) and cell.strip().startswith(EXAMPLE)


def text_in(cell: Cell) -> str | None:
    """Without the spaces around it, letters and digits at half width."""
    if isinstance(cell, str):
        if _DIRTY.search(cell):
            cell = _CONTROL.sub(" ", cell).translate(_HALF)
        return cell.strip() or None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT:
            raise CellError(_("被Excel存成了数字，末几位已经丢失；请把这一列设为“文本”，照证件重新填写"))
        return str(int(cell)) if cell == int(cell) else repr(cell)
    raise CellError(_("被Excel认成了日期或时间；请把这一列设为“文本”，重新填写"))


def code_in(cell: Cell) -> str | None:
    """A division code, of 12 or 15 digits."""
    value = text_in(cell)
    if value is None:
        return None
    value = value.replace(" ", "")
    if not (value.isascii() and value.isdigit() and len(value) in (12, 15)):
        raise CellError(_("“%(value)s”应为12位或15位数字；请核对"), value=value)
    return value


def day_in(cell: Cell) -> date | None:
    """A day as Excel keeps it, or as people write it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return _SERIAL_BEGIN + timedelta(days=int(cell))
    value = str(cell) if isinstance(cell, timedelta) else text_in(cell)
    if value is None:
        return None
    digits = value if re.fullmatch(r"\d{8}", value) else ""
    found = _DAYS.fullmatch(value)
    try:
        if digits:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise CellError(_("“%(value)s”不是日期；请写成2018-12-14"), value=value)


def choice_in(cell: Cell, labels: Mapping[str, Value]) -> Value | None:
    """What stands under the label that was chosen."""
    value = text_in(cell)
    if value is None:
        return None
    if value not in labels:
        raise CellError(_("“%(value)s”不在可选之列；请填：%(choices)s"), value=value, choices="、".join(labels))
    return labels[value]
