"""Random runs of a procedure on paper: days pass, clocks are waited for, people close steps by the roles they hold.

Only what the file says is obeyed here. Whether that keeps the obligations is for `tracing` to say, which knows nothing
of the proofs: the two are held against each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from redhouse.ground.process.enums import ASIDE, BACKWARD, FACT_VALUES, Bound, MatterFact, Outcome, Role, StepKind
from redhouse.ground.process.procedure.shape import Procedure, Step

PATIENCE, ENOUGH = 120, 400  # closings after which a walk takes the way onward wherever it can, or gives up

# Who holds which posts: two people a role, and two who hold two posts each, as happens in villages.
HOLDERS: Mapping[Role, tuple[int, ...]] = {
    role: (place * 2, place * 2 + 1, *((100,) if role in {Role.REC_DIRECTOR, Role.VILLAGE_SECRETARY} else ()))
    + ((101,) if role in {Role.VILLAGE_DIRECTOR, Role.STATION_LEADER, Role.SUPERVISOR} else ())
    for place, role in enumerate(Role)
}


@dataclass(frozen=True)
class Closing:
    """One step closed. `facts` is what the draft in hand states of the matter."""

    step: Step
    outcome: Outcome
    on: date
    by: int
    facts: Mapping[MatterFact, str]


@dataclass(frozen=True)
class Trace:
    closings: tuple[Closing, ...]
    end: Step | None  # None where nobody was left to close a step, or no end came


def walks(procedure: Procedure, runs: int, seed: int) -> Iterator[Trace]:
    """So many random runs; the same seed walks the same ways."""
    random = Random(seed)
    for _run in range(runs):
        yield walk(procedure, random)


def walk(procedure: Procedure, random: Random) -> Trace:
    span = ((procedure.until_on or procedure.from_on + timedelta(days=730)) - procedure.from_on).days
    today = procedure.from_on + timedelta(days=random.randrange(max(1, span // 2)))
    step, facts = procedure.first, _facts(procedure, random)
    closings: list[Closing] = []
    while step.kind != StepKind.END:
        people = _able(procedure, step, closings)
        if not people or len(closings) > ENOUGH:
            return Trace(tuple(closings), None)
        outcome = _outcome(step, random, patient=len(closings) < PATIENCE)
        today = _day(step, outcome, closings, today + timedelta(days=random.randrange(4)))
        if step.kind == StepKind.DRAFT:
            facts = _facts(procedure, random)
        closings.append(Closing(step, outcome, today, random.choice(people), facts))
        step = procedure.after(step.key, outcome, facts)
    return Trace(tuple(closings), step)


def _facts(procedure: Procedure, random: Random) -> Mapping[MatterFact, str]:
    return {fact: random.choice(FACT_VALUES[fact]) for fact in procedure.facts}


def _outcome(step: Step, random: Random, *, patient: bool) -> Outcome:
    onward = [outcome for outcome in step.outcomes() if outcome not in ASIDE]
    if onward and (not patient or random.random() < 0.9):
        return random.choice(onward)
    return random.choice(step.outcomes())


def _able(procedure: Procedure, step: Step, closings: list[Closing]) -> list[int]:
    """Who holds a role of the step and closed none of the steps that must be closed by others."""
    barred = {
        closing.by for closing in closings if closing.step.key in step.apart_from or step.key in closing.step.apart_from
    }
    return sorted({person for role in step.owed_by for person in HOLDERS[role]} - barred)


def _day(step: Step, outcome: Outcome, closings: list[Closing], today: date) -> date:
    """The first day on which the step may close: every clock that runs before it has run since it last began."""
    if outcome in BACKWARD:
        return today
    last = {closing.step.key: closing for closing in closings}
    for closing in last.values():
        for clock in closing.step.clocks:
            if clock.bound == Bound.AT_LEAST and clock.before == step.key:
                today = max(today, closing.on + timedelta(days=clock.count))
    return today
