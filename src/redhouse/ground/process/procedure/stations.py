"""Where the steps of a procedure stand when it is drawn: a line of stations from left to right, branches abreast.

Used by the drawing and by the BPMN export. Only ways onward make the order; what turns a matter aside is drawn below.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from redhouse.ground.process.enums import ASIDE, MatterFact, Outcome, StepKind
from redhouse.ground.process.procedure.shape import Procedure, Step

Facts = Mapping[MatterFact, str]


@dataclass(frozen=True)
class Station:
    """`column` counts from the left; of several abreast in one column, `row` counts from the top."""

    step: Step
    column: int
    row: int


def onward(step: Step, facts: Facts) -> dict[str, str]:
    """The ways that carry the matter on; through a branch only those that the facts allow."""
    if step.fact is not None:
        return {value: target for value, target in step.next.items() if facts.get(step.fact, value) == value}
    return {way: target for way, target in step.next.items() if not step.is_human or Outcome(way) not in ASIDE}


def stations(procedure: Procedure, facts: Facts, *, branches: bool = False) -> list[Station]:
    """The stations that a matter with these facts may come to, in order; `branches` are stations too if asked for.

    A station stands one column behind the last of those that lead to it.
    """
    columns: dict[str, int] = {}
    waiting = [(procedure.first.key, 0)]
    most = 2 * len(procedure.steps)  # a ring onward is no line; the proofs refuse it
    while waiting:
        key, column = waiting.pop()
        if columns.get(key, -1) >= column or column > most:
            continue
        columns[key] = column
        step = procedure.by_key[key]
        own = 0 if step.kind == StepKind.BRANCH and not branches else 1
        waiting.extend((target, column + own) for target in onward(step, facts).values())
    drawn = [step for step in procedure.steps if step.key in columns and (branches or step.is_human)]
    rows: dict[int, int] = {}
    found = []
    for step in drawn:
        column = columns[step.key]
        found.append(Station(step, column, rows.get(column, 0)))
        rows[column] = rows.get(column, 0) + 1
    return sorted(found, key=lambda station: (station.column, station.row))


def next_stations(procedure: Procedure, key: str, facts: Facts) -> Iterator[tuple[tuple[str, ...], str]]:
    """(values of the branches passed, key) of every step that a way to `key` comes to; a step comes to itself."""
    step = procedure.by_key[key]
    if step.kind != StepKind.BRANCH:
        yield (), key
        return
    for value, target in onward(step, facts).items():
        for values, end in next_stations(procedure, target, facts):
            yield (value, *values), end
