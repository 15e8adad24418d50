"""One cell into one value, or into a slip that names the mend. Values come as Excel gives them: a code may be text, a
number or, where Excel was clever, a day."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from redhouse.ground.people.rules import normal_citizen_id, normal_phone
from redhouse.kit.sentences import SentenceError
from redhouse.kit.workbook import Cell
from redhouse.work.registry.rules.columns import Column

Value = str | int | bool | date | None

_HALF = {full: full - 0xFEE0 for full in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF |= {0x3000: 0x20, 0xA0: 0x20, 0x200B: None, 0xFEFF: None}  # None deletes
_DIRTY = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\xa0\u200b\ufeff\x00-\x1f\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_EXACT = 10**15  # Excel keeps 15 digits of a number, no more
_DAYS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[0:.]+)?")
_SERIAL_BEGIN, _SERIALS = date(1899, 12, 30), range(10_000, 80_000)  # 1927 to 2119
_MASK = re.compile(r"[*＊]")


class Slip(NamedTuple):
    """What is wrong with a cell: heading, sentence to be translated, its values. Kept as a list in JSON."""

    heading: str
    sentence: str
    values: dict[str, object]


class Wrong(SentenceError):
    """A cell that cannot be used."""


def reader(column: Column, *, demo: bool) -> Callable[[Cell], Value]:
    """The function that reads a cell of this column; it raises SentenceError. Empty gives None."""
    labels = column.labels

    def text(cell: Cell) -> Value:
        value = _text(cell)
        if value is not None and len(value) > column.longest:
            raise Wrong(_("有%(length)s个字，最多%(most)s个；请缩短"), length=len(value), most=column.longest)
        return value

    def choice(cell: Cell) -> Value:
        value = _text(cell)
        if value is None:
            return None
        if value not in labels:
            raise Wrong(_("“%(value)s”不在可选之列；请填：%(choices)s"), value=value, choices="、".join(labels))
        return labels[value]

    readers: dict[str, Callable[[Cell], Value]] = {
        "text": text,
        "code": _code,
        "citizen_id": lambda cell: _checked(cell, lambda text: normal_citizen_id(text, is_demo=demo)),
        "phone": lambda cell: _checked(cell, lambda text: normal_phone(text, is_demo=demo), masked_is_empty=True),
        "day": _day,
        "whole": _whole,
        "choice": choice,
        "flag": _flag,
    }
    return readers[column.reads]


def is_masked(text: str) -> bool:
    """Whether the text is what an export showed in part."""
    return bool(_MASK.search(text))


def _text(cell: Cell) -> str | None:
    if isinstance(cell, str):
        if _DIRTY.search(cell):
            cell = _CONTROL.sub(" ", cell).translate(_HALF)
        return cell.strip() or None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT:
            raise Wrong(_("被Excel存成了数字，末几位已经丢失；请把这一列设为“文本”，照证件重新填写"))
        return str(int(cell)) if cell == int(cell) else repr(cell)
    raise Wrong(_("被Excel认成了日期或时间；请把这一列设为“文本”，重新填写"))


def _code(cell: Cell) -> Value:
    value = _text(cell)
    if value is None:
        return None
    value = value.replace(" ", "")
    if not (value.isascii() and value.isdigit() and len(value) in (12, 15)):
        raise Wrong(_("“%(value)s”应为12位或15位数字；请核对"), value=value)
    return value


def _checked(cell: Cell, check: Callable[[str], str], *, masked_is_empty: bool = False) -> Value:
    value = _text(cell)
    if value is None:
        return None
    if is_masked(value):
        if masked_is_empty:
            return None
        raise Wrong(_("号码是遮住的，不能用来认人；请照证件填写完整的号码"))
    return check(value)


def _day(cell: Cell) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return _SERIAL_BEGIN + timedelta(days=int(cell))
    value = str(cell) if isinstance(cell, timedelta) else _text(cell)
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
    raise Wrong(_("“%(value)s”不是日期；请写成2018-12-14"), value=value)


def _whole(cell: Cell) -> Value:
    value = _text(cell)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and int(value) > 0):
        raise Wrong(_("“%(value)s”应为1至9999的整数；请核对"), value=value)
    return int(value)


def _flag(cell: Cell) -> Value:
    value = _text(cell)
    if value is None:
        return None
    if value not in ("是", "否"):
        raise Wrong(_("“%(value)s”应填“是”或“否”"), value=value)
    return value == "是"
