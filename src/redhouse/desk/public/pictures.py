"""Where things stand in the drawings of the wall screen; templates only print."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

from redhouse.desk.public.town import Village

STEP_X, STEP_Y, RADIUS = 866, 750, 475  # of hexagons, in tenths of a unit
HALF, SHORT = 411, 238  # half the width of one, and how far its upright edge reaches above and below the middle
SHADES = 5


@dataclass(frozen=True)
class Hexagon:
    """A village in the honeycomb: `shade` 1 (fewest) to 5."""

    name: str
    shown: str
    shade: int
    path: str
    x: str
    name_y: str
    shown_y: str


@dataclass(frozen=True)
class Comb:
    cells: list[Hexagon]
    box: str
    key: list[tuple[int, str]]


def comb(villages: list[Village]) -> Comb:
    """A honeycomb in order of code, rows of w and w - 1 in turn. It is no map: positions mean nothing.

    Shades are fifths by rank of the visit rate; the key says each fifth's own lowest and highest.
    """
    wide = isqrt(max(len(villages) - 1, 0)) + 1
    ranked = sorted((one for one in villages if one.rate.value is not None), key=lambda one: one.rate.value or 0)
    shade = {one.code: 1 + place * SHADES // len(ranked) for place, one in enumerate(ranked)}
    cells = [_cell(one, shade.get(one.code, 1), *place) for one, place in zip(villages, _places(wide), strict=False)]
    rows = max((row for _, (row, _column) in zip(villages, _places(wide), strict=False)), default=0) + 1
    width, height = wide * STEP_X + 60, (rows - 1) * STEP_Y + 2 * RADIUS + 60
    key = []
    for number in range(1, SHADES + 1):
        own = [one.rate.display for one in ranked if shade[one.code] == number]
        if own:
            key.append((number, own[0] if own[0] == own[-1] else f"{own[0]}—{own[-1]}"))
    return Comb(cells, f"0 0 {_tenths(width)} {_tenths(height)}", key)


def _places(wide: int) -> list[tuple[int, int]]:
    """(row, column) of the cells, row by row; every second row is one shorter and stands half a step in."""
    return [(row, column) for row in range(wide + 2) for column in range(wide - row % 2)]


def _cell(village: Village, shade: int, row: int, column: int) -> Hexagon:
    x = 30 + STEP_X // 2 + column * STEP_X + row % 2 * (STEP_X // 2)
    y = 30 + RADIUS + row * STEP_Y
    corners = ((HALF, SHORT), (0, RADIUS), (-HALF, SHORT), (-HALF, -SHORT), (0, -RADIUS), (HALF, -SHORT))
    path = "M" + "L".join(f"{_tenths(x + dx)} {_tenths(y + dy)}" for dx, dy in corners) + "Z"
    return Hexagon(village.short_name, village.rate.display, shade, path, _tenths(x), _tenths(y - 70), _tenths(y + 190))


@dataclass(frozen=True)
class Bar:
    """One month: `x` and `width` of its column, `y` and `height` of its bar, `shown` above it; `is_last` for the month
    that is still under way; nothing stands in a month to come."""

    month: int
    shown: str
    x: int
    y: int
    width: int
    height: int
    is_last: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def number_y(self) -> int:
        return self.y - 8


BAR_WIDTH, BAR_STEP, FLOOR, TALLEST = 84, 100, 134, 98


def bars(months: list[int], until_month: int) -> list[Bar]:
    """Twelve columns of a drawing 1200 wide and 166 high."""
    most = max(months) or 1
    found = []
    for month, count in enumerate(months, start=1):
        height = max(count * TALLEST // most, 1 if count else 0)
        shown = f"{count:,}" if month <= until_month else ""
        x = (month - 1) * BAR_STEP + (BAR_STEP - BAR_WIDTH) // 2
        found.append(Bar(month, shown, x, FLOOR - height, BAR_WIDTH, height, month == until_month))
    return found


def _tenths(number: int) -> str:
    return f"{number // 10}.{number % 10}"
