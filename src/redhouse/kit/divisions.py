"""Division codes: the 12-digit statistical code, and three digits of our own below the village.

A code is groups of 2+2+2+3+3 digits (province, city, county, town, village), and for a place
inside a village three more. Codes are written in full: a town has 12 digits, ending in 000.
A *prefix* is the code without its trailing empty groups; roll-up compares prefixes. Only whole
groups are cut, never single zeros: village 440605122010 is its own prefix, not the start of 011.
"""

import re
from enum import IntEnum

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _


class Level(IntEnum):
    """How deep a code reaches; a higher number lies deeper."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWN = 4
    VILLAGE = 5
    PLACE = 6


PREFIX_LENGTHS = {
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.COUNTY: 6,
    Level.TOWN: 9,
    Level.VILLAGE: 12,
    Level.PLACE: 15,
}
CODE_LENGTH = PREFIX_LENGTHS[Level.VILLAGE]
_SHAPE = re.compile(r"[0-9]{12}(?:[0-9]{3})?")


class DivisionError(SentenceError):
    """A division code is malformed, or lies above the level that was asked for."""


def level(code: str) -> Level:
    """Give the level of a full code of 12 or 15 digits: that of its last group that is not empty.

    Raises DivisionError for any other shape, for province 00, and for a 15-digit code ending in 000.
    """
    if not _SHAPE.fullmatch(code):
        raise DivisionError(_("区划代码“%(code)s”应为12位数字，村以下的地点为15位；请核对。"), code=code)
    if code.startswith("00"):
        raise DivisionError(_("区划代码“%(code)s”的前两位不能是00；请核对省级代码。"), code=code)
    if len(code) == PREFIX_LENGTHS[Level.PLACE]:
        if code.endswith("000"):
            raise DivisionError(_("地点代码“%(code)s”的后三位不能是000；村本身请写12位代码。"), code=code)
        return Level.PLACE
    upper = 0
    deepest = Level.PROVINCE
    for step, end in PREFIX_LENGTHS.items():
        if code[upper:end].strip("0"):
            deepest = step
        upper = end
    return deepest


def prefix(code: str) -> str:
    """Cut the trailing empty groups: the digits that every code inside this division starts with."""
    return code[: PREFIX_LENGTHS[level(code)]]


def parent(code: str) -> str | None:
    """Give the code one level up, in full; None above a province.

    A town without a county over it (Dongguan, 441900003000) belongs to the city.
    """
    here = level(code)
    return None if here == Level.PROVINCE else _cut(code, Level(here - 1))


def is_within(code: str, other: str) -> bool:
    """Tell whether `code` is `other` or lies inside it."""
    return prefix(code).startswith(prefix(other))


def village_of(code: str) -> str:
    """Give the 12-digit code of the village that `code` is or lies in; DivisionError above a village."""
    above = _cut(code, Level.VILLAGE)
    if level(code) < Level.VILLAGE or level(above) != Level.VILLAGE:
        raise DivisionError(_("区划代码“%(code)s”没有到村（社区）一级；请选择具体的村或社区。"), code=code)
    return above


def town_of(code: str) -> str:
    """Give the 12-digit code of the town that `code` is or lies in; DivisionError above a town."""
    above = _cut(code, Level.TOWN)
    if level(code) < Level.TOWN or level(above) != Level.TOWN:
        raise DivisionError(_("区划代码“%(code)s”没有到镇（街道）一级；请选择具体的镇或街道。"), code=code)
    return above


def _cut(code: str, wanted: Level) -> str:
    return code[: PREFIX_LENGTHS[wanted]].ljust(CODE_LENGTH, "0")
