"""A procedure as the two tables that the database's guards look things up in: no branches, one look-up a way."""

from collections.abc import Iterator, Mapping
from typing import Any

from redhouse.ground.process.enums import CASE_KINDS, StepKind
from redhouse.ground.process.procedure.shape import Procedure

Given = Mapping[str, str]
Ways = dict[str, dict[str, list[list[Any]]]]

START = ""  # the key and the outcome from which a run begins


def flat_steps(procedure: Procedure) -> dict[str, dict[str, Any]]:
    """key -> kind, ending, roles, clocks and the steps whose closers must be other people, whichever of the two says
    so; branches are left out. Of a case also the papers, which the guards ask for."""
    apart = {(step.key, other) for step in procedure.steps for other in step.apart_from}
    return {
        step.key: {
            "kind": str(step.kind),
            "ending": str(step.ending or ""),
            "owed_by": [str(role) for role in step.owed_by],
            "rule": step.rule,
            "apart_from": sorted({b for a, b in apart if a == step.key} | {a for a, b in apart if b == step.key}),
            "clocks": [
                {"count": clock.count, "unit": str(clock.unit), "bound": str(clock.bound), "before": clock.before}
                for clock in step.clocks
            ],
            **({"evidence": list(step.evidence)} if step.kind in CASE_KINDS else {}),
        }
        for step in procedure.steps
        if step.kind != StepKind.BRANCH
    }


def flat_ways(procedure: Procedure) -> Ways:
    """key -> outcome -> [[the facts that lead there, the key it leads to], …]; of these exactly one fits a matter that
    states all facts of the procedure."""
    ways: Ways = {START: {START: [[given, key] for given, key in _leads(procedure, procedure.first.key, {})]}}
    for step in procedure.steps:
        if step.kind not in {StepKind.BRANCH, StepKind.END}:
            ways[step.key] = {
                str(outcome): [[given, key] for given, key in _leads(procedure, target, {})]
                for outcome, target in step.next.items()
            }
    return ways


def _leads(procedure: Procedure, key: str, given: Given, seen: frozenset[str] = frozenset()) -> Iterator[Any]:
    step = procedure.by_key[key]
    if step.kind != StepKind.BRANCH:
        yield dict(given), key
    elif key not in seen:  # a ring of branches leads nowhere; the proofs refuse it
        assert step.fact is not None
        for value, target in step.next.items():
            if given.get(step.fact, value) == value:
                yield from _leads(procedure, target, {**given, str(step.fact): value}, seen | {key})
