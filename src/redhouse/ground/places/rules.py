"""What a division or a head-count must satisfy before it is registered."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from redhouse.ground.places.enums import EXTENSION_DIGIT, DivisionKind
from redhouse.kit.divisions import CODE_LENGTH, DivisionError, Level, level, village_of

_LEVELS = {
    DivisionKind.CITY: Level.CITY,
    DivisionKind.COUNTY: Level.COUNTY,
    DivisionKind.TOWN: Level.TOWN,
    DivisionKind.VILLAGE: Level.VILLAGE,
    DivisionKind.COMMUNITY: Level.VILLAGE,
}


def missing_for_division(code: str, kind: str, registered: Collection[str]) -> list[str]:
    """A code fits its kind: 12 digits of the right level, or a village that is `registered` and our own three
    digits, the first of which tells the kind."""
    try:
        depth = level(code)
    except DivisionError as error:
        return [error.say(_)]
    if depth != _LEVELS.get(DivisionKind(kind), Level.PLACE):
        return [
            _("区划代码“%(code)s”的层级与类别“%(kind)s”不符，请核对代码或类别")
            % {"code": code, "kind": DivisionKind(kind).label}
        ]
    if depth != Level.PLACE:
        return []
    missing = []
    digit = EXTENSION_DIGIT[DivisionKind(kind)]
    if code[CODE_LENGTH] != digit:
        missing.append(
            _("“%(kind)s”代码的第13位应为%(digit)s，“%(code)s”不是，请核对")
            % {"kind": DivisionKind(kind).label, "digit": digit, "code": code}
        )
    if village_of(code) not in registered:
        missing.append(
            _("“%(code)s”所在的村（社区）%(village)s尚未登记，请先登记它") % {"code": code, "village": village_of(code)}
        )
    return missing
