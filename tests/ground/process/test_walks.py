"""The proofs against an independent opinion: random runs of proved procedures break nothing, spoiled ones do."""

from random import Random

import pytest

from redhouse.ground.process.procedure import Procedure, read_procedure
from redhouse.ground.process.procedure.tracing import broken
from redhouse.ground.process.procedure.walking import walks
from redhouse.work.decisions.definitions import all_versions
from tests.ground.process.mutants import Mutant, deletions, hidden, shortcuts, swaps
from tests.ground.process.samples import DIVIDEND


@pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")
def test_random_runs_keep_every_obligation(procedure: Procedure) -> None:
    ends = set()
    for trace in walks(procedure, runs=60, seed=7):
        assert list(broken(procedure, trace)) == [], [(each.step.key, each.outcome) for each in trace.closings]
        assert trace.end is not None
        ends.add(str(trace.end.ending))
    assert ends >= {"archived", "withdrawn"}


def test_the_same_seed_walks_the_same_ways() -> None:
    procedure = read_procedure(DIVIDEND)
    once, again = (list(walks(procedure, runs=20, seed=3)) for _ in range(2))
    assert once == again
    assert list(walks(procedure, runs=20, seed=4)) != once


SPOILED: list[Mutant] = [
    mutant for sort in (deletions, swaps, shortcuts, hidden) for mutant in sort(read_procedure(DIVIDEND))
]


def test_the_checker_sees_what_the_proofs_see() -> None:
    """Of the ways to spoil the order of steps, runs at random find each; it needs no proof to see them go wrong."""
    unseen = [
        (mutant.what, mutant.where)
        for mutant in Random(1).sample(SPOILED, 120)
        if not any(next(broken(mutant.procedure, trace), None) for trace in walks(mutant.procedure, runs=1500, seed=5))
    ]
    assert unseen == []
