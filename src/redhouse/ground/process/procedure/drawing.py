"""Draw a procedure in the style of the house: stations in a line, groups in brackets above, returns dashed below.

On a page the classes of the stylesheet colour it; a file brings its own few colours along. No style attributes, so that
the strict content policy holds.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from redhouse.ground.process.enums import ASIDE, Outcome, StepKind
from redhouse.ground.process.procedure.shape import Procedure, Step
from redhouse.ground.process.procedure.stations import Facts, Station, next_stations, stations

LEFT, LINE, BUS = 46, 52, 22  # margins and distances in units of the drawing
HAN, LATIN = (74, 78), (92, 112)  # from station to station, across and down: English words are longer
WIDE = 13  # letters of an English label on one line

GROUPS = {
    gettext_noop("党组织前置，缺一不可"): (
        StepKind.PARTY_INFORM,
        StepKind.PARTY_DELIBERATE,
        StepKind.PARTY_LEAD,
        StepKind.LEADER_REVIEW,
    ),
    gettext_noop("公开与通知"): (StepKind.PRE_PUBLICITY, StepKind.NOTICE),
    gettext_noop("法定表决"): (StepKind.VOTE,),
    gettext_noop("公开与异议"): (StepKind.DECISION_PUBLICITY, StepKind.OBJECTION),
    gettext_noop("执行、结果与归档"): (StepKind.EXECUTE, StepKind.RESULT_PUBLICITY, StepKind.ARCHIVE),
}

STYLE = """
.proc text { font: 14px "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif; fill: #4B4640; }
.proc .g, .proc .r { font-size: 12.5px; fill: #6B635B; } .proc .k { font-size: 11px; fill: #6B635B; }
.proc .br, .proc .back, .proc .l { fill: none; stroke: #CDC3B6; } .proc .l { stroke-width: 2; }
.proc .back { stroke-dasharray: 3 3; } .proc .bh { fill: #CDC3B6; } .proc .ground { fill: #FAF8F5; }
.proc circle { fill: #FAF8F5; stroke: #CDC3B6; stroke-width: 1.5; }
.proc .r, .proc .s, .proc .g { paint-order: stroke; stroke: #FAF8F5; stroke-width: 6px; }
"""


@dataclass(frozen=True)
class Place:
    station: Station
    step: tuple[int, int]

    @property
    def number(self) -> int:
        return self.station.column + 1

    @property
    def x(self) -> int:
        return LEFT + self.station.column * self.step[0]

    @property
    def y(self) -> int:
        return LINE + self.station.row * self.step[1]


def strip(procedure: Procedure, facts: Facts, done: Collection[str] = (), now: str = "") -> SafeString:
    """The stations of one matter for its page: what is `done`, the step that is open `now`. Facts that are not known
    yet leave their branches abreast."""
    return mark_safe("".join(_svg(procedure, facts, done, now)))  # every text is escaped below


def picture(procedure: Procedure) -> str:
    """The whole procedure as an SVG file of its own."""
    body = "".join(_svg(procedure, {}, (), "", style=f"<style>{STYLE}</style>"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _svg(procedure: Procedure, facts: Facts, done: Collection[str], now: str, style: str = "") -> Iterator[str]:
    line = stations(procedure, facts)
    step = LATIN if procedure.name.isascii() else HAN
    places = {each.step.key: Place(each, step) for each in line}
    buses = list(_buses(procedure, places, facts))
    width = 2 * LEFT + max(place.x for place in places.values()) - LEFT
    floor = max(place.y + 42 + 15 * len(_label(place.station.step)) for place in places.values())
    height = floor + BUS * len(buses) + 8
    said = _("%(name)s流程，共%(count)s步") % {"name": procedure.name, "count": max(p.number for p in places.values())}
    if now in places:
        said = _("%(said)s，现在在第%(number)s步“%(step)s”") % {
            "said": said,
            "number": places[now].number,
            "step": places[now].station.step.name,
        }
    space = ' xmlns="http://www.w3.org/2000/svg"' if style else ""
    size = f'width="{width * 5 // 4}" viewBox="0 0 {width} {height}"'  # a short way is not drawn larger than a long one
    yield f'<svg{space} class="proc" {size} role="img" aria-label="{escape(said)}">{style}'
    if style:
        yield f'<rect class="ground" width="{width}" height="{height}"/>'
    yield from _brackets(list(places.values()), now)
    yield from _lines(procedure, places, facts, done, now)
    for level, bus in enumerate(buses):
        yield from _bus(bus, places, floor + BUS * level, width)
    for place in places.values():
        yield from _station(
            place, "n" if place.station.step.key == now else "d" if place.station.step.key in done else "t"
        )
    yield "</svg>"


def _brackets(places: list[Place], now: str) -> Iterator[str]:
    """A bracket over each run of columns of one group; lit when the open step stands under it."""
    top = [place for place in places if place.station.row == 0]
    for group, run in groupby(top, key=lambda place: _group(place.station.step)):
        under = list(run)
        if not group:
            continue
        first, last = under[0].x - 22, under[-1].x + 22
        kinds = GROUPS[group]
        on = " on" if any(p.station.step.key == now and p.station.step.kind in kinds for p in places) else ""
        yield f'<path class="br{on}" d="M{first} 28v-7H{last}v7"/>'
        yield f'<text class="g{on}" x="{(first + last) // 2}" y="14" text-anchor="middle">{escape(_(group))}</text>'


def _group(step: Step) -> str:
    return next((group for group, kinds in GROUPS.items() if step.kind in kinds), "")


def _lines(
    procedure: Procedure, places: dict[str, Place], facts: Facts, done: Collection[str], now: str
) -> Iterator[str]:
    for key, place in places.items():
        for outcome in place.station.step.outcomes():
            if outcome in ASIDE:
                continue
            for _values, target in next_stations(procedure, place.station.step.next[outcome], facts):
                if target in places:
                    end = places[target]
                    walked = " d" if key in done and (target in done or target == now) else ""
                    yield f'<path class="l{walked}" d="{_path(place, end)}"/>'


def _path(start: Place, end: Place) -> str:
    """Straight in one row; to another row down or up between two columns, where no label stands."""
    if start.y == end.y:
        return f"M{start.x} {start.y}H{end.x}"
    between = start.x + start.step[0] // 2 if end.y > start.y else end.x - start.step[0] // 2
    return f"M{start.x} {start.y}H{between}V{end.y}H{end.x}"


@dataclass(frozen=True)
class Bus:
    """One dashed line below: from every station that turns aside to one place, with the words for it."""

    sources: tuple[str, ...]
    target: str  # key of a station, or "" where the matter ends
    words: str


def _buses(procedure: Procedure, places: dict[str, Place], facts: Facts) -> Iterator[Bus]:
    found: dict[str, tuple[list[str], list[Outcome]]] = {}
    for key, place in places.items():
        for outcome in place.station.step.outcomes():
            if outcome in ASIDE:
                for _values, target in next_stations(procedure, place.station.step.next[outcome], facts):
                    sources, outcomes = found.setdefault(target, ([], []))
                    sources.append(key)
                    outcomes.append(outcome)
    for target, (sources, outcomes) in found.items():
        words = _("、").join(str(outcome.label) for outcome in dict.fromkeys(outcomes))
        if target in places:
            yield Bus(tuple(dict.fromkeys(sources)), target, _("%(words)s：附理由，公开，内容保留") % {"words": words})
        else:
            yield Bus(tuple(dict.fromkeys(sources)), "", _("%(words)s：到此为止") % {"words": words})


def _bus(bus: Bus, places: dict[str, Place], y: int, width: int) -> Iterator[str]:
    xs = sorted({places[key].x for key in bus.sources})
    ticks = "".join(f"M{x} {y - 9}v9" for x in xs)
    if bus.target:
        end = places[bus.target].x
        yield f'<path class="back" d="{ticks}M{max(xs[-1], end)} {y}H{min(end, xs[0])}"/>'
        yield f'<path class="bh" d="M{end - 4} {y - 3}l4-7 4 7z"/>'
        first = min(end, xs[0])
    else:
        yield f'<path class="back" d="{ticks}M{xs[0]} {y}H{xs[-1] + 14}"/>'
        yield f'<circle class="t" cx="{xs[-1] + 18}" cy="{y}" r="4"/>'
        first = xs[0]
    at = max(first + 8, (first + xs[-1]) // 2 - 90)
    long = len(bus.words) * (8 if bus.words.isascii() else 14)
    yield f'<text class="r" x="{max(8, min(at, width - long))}" y="{y + 4}">{escape(bus.words)}</text>'


def _station(place: Place, how: str) -> Iterator[str]:
    x, y = place.x, place.y
    yield f'<circle class="{how}" cx="{x}" cy="{y}" r="{15 if how == "n" else 9}"/>'
    if how == "d":
        yield f'<path class="ck" d="M{x - 4} {y}l3 3.2 5.5-6.4"/>'
    else:
        middle = y + (5 if how == "n" else 4)
        yield f'<text class="k {how}" x="{x}" y="{middle}" text-anchor="middle">{place.number}</text>'
    first, *more = _label(place.station.step)
    yield f'<text class="s {how}" x="{x}" y="{y + 32}" text-anchor="middle">{escape(first)}</text>'
    for number, words in enumerate(more):
        yield f'<text class="g" x="{x}" y="{y + 48 + 14 * number}" text-anchor="middle">{escape(words)}</text>'


def _label(step: Step) -> list[str]:
    """The name on short lines: 先议（支委会） gives 先议 and 支委会; English breaks between words."""
    head, _bracket, tail = step.name.replace(" (", "（").rstrip("）)").partition("（")
    return [line for part in (head, tail) if part for line in _broken(part)]


def _broken(words: str) -> list[str]:
    if not words.isascii():
        return [words]
    first, *more = words.split()
    lines = [first]
    for word in more:
        if len(lines[-1]) + len(word) < WIDE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
