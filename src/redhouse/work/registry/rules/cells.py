"""One cell into one value, or into a slip that names the mend, by the column it stands in."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from redhouse.ground.people.rules import normal_citizen_id, normal_phone
from redhouse.kit.workbook import Cell, CellError, choice_in, code_in, day_in, text_in
from redhouse.work.registry.rules.columns import Column

Value = str | int | bool | date | None

_MASK = re.compile(r"[*＊]")


class Slip(NamedTuple):
    """What is wrong with a cell: heading, sentence to be translated, its values. Kept as a list in JSON."""

    heading: str
    sentence: str
    values: dict[str, object]


def reader(column: Column, *, demo: bool) -> Callable[[Cell], Value]:
    """The function that reads a cell of this column; it raises SentenceError. Empty gives None."""

    def text(cell: Cell) -> Value:
        value = text_in(cell)
        if value is not None and len(value) > column.longest:
            raise CellError(_("有%(length)s个字，最多%(most)s个；请缩短"), length=len(value), most=column.longest)
        return value

    readers: dict[str, Callable[[Cell], Value]] = {
        "text": text,
        "code": code_in,
        "citizen_id": lambda cell: _checked(cell, lambda text: normal_citizen_id(text, is_demo=demo)),
        "phone": lambda cell: _checked(cell, lambda text: normal_phone(text, is_demo=demo), masked_is_empty=True),
        "day": day_in,
        "whole": _whole,
        "choice": lambda cell: choice_in(cell, column.labels),
        "flag": _flag,
    }
    return readers[column.reads]


def is_masked(text: str) -> bool:
    """Whether the text is what an export showed in part."""
    return bool(_MASK.search(text))


def _checked(cell: Cell, check: Callable[[str], str], *, masked_is_empty: bool = False) -> Value:
    value = text_in(cell)
    if value is None:
        return None
    if is_masked(value):
        if masked_is_empty:
            return None
        raise CellError(_("号码是遮住的，不能用来认人；请照证件填写完整的号码"))
    return check(value)


def _whole(cell: Cell) -> Value:
    value = text_in(cell)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and int(value) > 0):
        raise CellError(_("“%(value)s”应为1至9999的整数；请核对"), value=value)
    return int(value)


def _flag(cell: Cell) -> Value:
    value = text_in(cell)
    if value is None:
        return None
    if value not in ("是", "否"):
        raise CellError(_("“%(value)s”应填“是”或“否”"), value=value)
    return value == "是"
