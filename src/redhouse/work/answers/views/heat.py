"""The heat map: villages across, months down, as deep as visits for each hundred households; whole numbers only."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from redhouse.kit.numbers import thousands
from redhouse.work.answers.queries import Answer, Grid, VillageAnswer
from redhouse.work.answers.views.links import cuts
from redhouse.work.answers.views.pictures import WIDTH, short_name

STEPS = (15, 25, 35, 45)
"""Where a deeper blue begins, in person-times a month for each hundred households."""
LEFT, RIGHT, TOP, ROW = 34, 54, 62, 19
BARS = 46  # the highest bar of the year
PHONE_LEFT, PHONE_COLUMN, PHONE_ROW, PHONE_TOP = 56, 19, 17, 18


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    css: str
    title: str
    address: str = ""


@dataclass(frozen=True)
class Word:
    x: int
    y: int
    text: str
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """One form of the map, in its own units; `side` is the width of a cell."""

    width: int
    height: int
    side: int
    cells: list[Cell]
    columns: list[Word]
    lines: list[Word]
    sums: list[Word]
    bars: list[tuple[int, int, int, str]] = field(default_factory=list)
    shades: dict[str, str] = field(default_factory=dict)  # one path for all cells of one blue
    right: int = 0  # where the sums of the months end
    average: int = 0
    average_text: str = ""

    @property
    def links(self) -> SafeString:
        """The cells as links. A template would take a second over what takes a moment here: there are hundreds."""
        return format_html_join(
            "",
            '<a href="{}" tabindex="-1"><title>{}</title><path d="M{} {}h{}v17h-{}z" class="{}"/></a>',
            ((one.address, one.title, one.x, one.y, self.side, self.side, one.css) for one in self.cells),
        )


@dataclass(frozen=True)
class Heat:
    wide: Drawing
    phone: Drawing
    year: int
    villages: int
    last_on: date | None  # the day to which the last month is counted, where it is not over


def heat(grid: Grid, rate: Answer, villages: list[VillageAnswer]) -> Heat | None:
    """The map of a town in both its forms; `rate` is the visit rate of the town, `villages` the same by village. None
    where nobody was visited."""
    if not grid.cells or not villages:
        return None
    month_is_over = (rate.as_of + timedelta(days=1)).day == 1
    return Heat(
        wide(grid, rate, villages),
        phone(grid, villages),
        rate.as_of.year,
        len(villages),
        None if month_is_over else rate.as_of,
    )


def depth(visits: int, households: int | None) -> str:
    """h1 to h5; without households every visit is deep."""
    return f"h{1 + sum(visits * 100 >= step * (households or 0) for step in STEPS)}"


def percent_of(rate: Answer) -> int:
    return (rate.numerator or 0) * 100 // rate.denominator if rate.denominator else 0


def wide(grid: Grid, rate: Answer, villages: list[VillageAnswer]) -> Drawing:
    step = min(590 // len(villages), 40)
    foot = TOP + grid.months * ROW + 14
    rates = [percent_of(village.answer) for village in villages]
    highest = max(*rates, percent_of(rate), 1)
    cells: list[Cell] = []
    columns, bars = [], []
    names = [_month(month) for month in range(1, grid.months + 1)]
    for place, village in enumerate(villages):
        x, name = LEFT + place * step, short_name(village.name)
        columns.append(Word(x + step // 2 - 1, TOP - 6 - 13 * (len(name) - 1), name, tuple(name)))
        cells += _cells(grid, village, x, names)
        tall = rates[place] * BARS // highest
        title = _("%(village)s　本年入户率%(rate)s") % {"village": name, "rate": village.answer.display}
        bars.append((x, foot + BARS - tall, tall, title))
    right = LEFT + len(villages) * step + RIGHT - 2
    months = [(month, TOP + 12 + (month - 1) * ROW) for month in range(1, grid.months + 1)]
    return Drawing(
        width=max(right + 2, WIDTH),
        right=right,
        height=foot + BARS + 4,
        side=step - 2,
        cells=cells,
        columns=columns,
        lines=[Word(LEFT - 6, y, names[month - 1]) for month, y in months],
        sums=[Word(right, y, thousands(grid.of_month(month))) for month, y in months],
        bars=bars,
        average=foot + BARS - percent_of(rate) * BARS // highest,
        average_text=rate.display,
    )


def phone(grid: Grid, villages: list[VillageAnswer]) -> Drawing:
    """Months across, villages down; a cell would be too small for a finger, so nothing opens here."""
    lines, sums = [], []
    shades: dict[str, str] = defaultdict(str)
    for place, village in enumerate(villages):
        y, code = PHONE_TOP + place * PHONE_ROW, village.answer.division_code
        lines.append(Word(PHONE_LEFT - 6, y + 12, short_name(village.name)))
        sums.append(Word(348, y + 12, thousands(grid.of_village(code))))
        for month in range(1, grid.months + 1):
            if visits := grid.cells.get((code, month)):
                x = PHONE_LEFT + (month - 1) * PHONE_COLUMN
                shades[depth(visits, village.answer.denominator)] += f"M{x} {y}h18v15h-18z"
    months = [Word(PHONE_LEFT + (m - 1) * PHONE_COLUMN + 9, 12, str(m)) for m in range(1, grid.months + 1)]
    height = PHONE_TOP + len(villages) * PHONE_ROW + 2
    return Drawing(350, height, PHONE_COLUMN - 1, [], months, lines, sums, shades=dict(shades))


def _cells(grid: Grid, village: VillageAnswer, x: int, months: list[str]) -> Iterator[Cell]:
    """Months with visits: the blue, the words, and where the cell opens, the rows of that village in that month."""
    answer, name = village.answer, short_name(village.name)
    rows = reverse("answers:rows", kwargs={"code": answer.division_code, "figure_id": "F03"})
    address, sentence = f"{rows}?{cuts(answer.as_of, answer.last_fact_id)}", _("%(village)s　%(month)s　%(n)s人次")
    for month, said in enumerate(months, start=1):
        if visits := grid.cells.get((answer.division_code, month)):
            yield Cell(
                x,
                TOP + (month - 1) * ROW,
                depth(visits, answer.denominator),
                sentence % {"village": name, "month": said, "n": thousands(visits)},
                f"{address}&month={month}",
            )


def _month(month: int) -> str:
    return _("%(month)s月") % {"month": month}
