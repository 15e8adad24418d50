"""Where the cases of one village lie, as points of a small drawing without a map under them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import RunStep

WIDTH, HEIGHT, MARGIN = 640, 320, 16


@dataclass(frozen=True)
class Point:
    """In units of the drawing; `css` is its colour: late, waiting or in hand."""

    report_id: int
    x: int
    y: int
    css: str


@dataclass(frozen=True)
class Points:
    """`metres` is how wide the drawing is on the ground; `without` cases have no position."""

    points: tuple[Point, ...]
    metres: int
    without: int


def points(steps: Iterable[RunStep], on: date) -> Points:
    """All in one frame, north up, degrees of latitude and longitude to the same scale."""
    rows = list(steps)
    known = [(step, step.run.report.lat, step.run.report.lon) for step in rows]
    placed = [(step, float(lat), float(lon)) for step, lat, lon in known if lat is not None and lon is not None]
    if not placed:
        return Points((), 0, len(rows))
    shrink = 0.92  # a degree of longitude to one of latitude at 23 degrees north
    south, north = min(lat for _s, lat, _o in placed), max(lat for _s, lat, _o in placed)
    west, east = min(lon for _s, _a, lon in placed), max(lon for _s, _a, lon in placed)
    degrees = max((north - south) * (WIDTH / HEIGHT), (east - west) * shrink, 0.002)
    scale = (WIDTH - 2 * MARGIN) / degrees
    return Points(
        tuple(
            Point(
                step.run.report.pk,
                round(WIDTH / 2 + (lon - (west + east) / 2) * shrink * scale),
                round(HEIGHT / 2 - (lat - (south + north) / 2) * scale),
                _css(step, on),
            )
            for step, lat, lon in placed
        ),
        round(degrees * 111_000),
        len(rows) - len(placed),
    )


def _css(step: RunStep, on: date) -> str:
    if step.due_on is not None and step.due_on < on:
        return "late"
    return "hand" if step.kind in (StepKind.HANDLE, StepKind.VERIFY, StepKind.CLOSE) else "wait"
