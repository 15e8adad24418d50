"""The proofs against an independent opinion: random runs of proved procedures break nothing, spoiled ones do."""

from dataclasses import replace
from random import Random

import pytest

from redhouse.ground.process.procedure import Procedure, read_procedure
from redhouse.ground.process.procedure.proofs import first_refusal
from redhouse.ground.process.procedure.tracing import broken
from redhouse.ground.process.procedure.walking import walks
from redhouse.work.decisions.definitions import all_versions
from tests.ground.process.mutants import Mutant, deletions, hidden, lead, put, shortcuts, swaps
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


def edited(procedure: Procedure, random: Random) -> Procedure:
    """One edit at random, good or bad: a way leads elsewhere, a clock is longer or shorter or waits elsewhere, roles,
    the people who must be apart, or a vote's body and rule are others."""
    steps = [step for step in procedure.steps if step.next]
    step = random.choice(steps)
    what = random.choice(("way", "way", "way", "clock", "roles", "apart", "vote"))
    if what == "clock" and step.clocks:
        clock = random.choice(step.clocks)
        keys = [clock.before, random.choice(steps).key]
        new = replace(clock, count=random.choice((1, 5, 20)), before=random.choice(keys))
        return put(procedure, replace(step, clocks=tuple(new if each is clock else each for each in step.clocks)))
    if what == "roles" and step.owed_by:
        return put(procedure, replace(step, owed_by=random.choice(steps).owed_by or step.owed_by))
    if what == "apart" and step.is_human:
        return put(procedure, replace(step, apart_from=random.choice(steps).apart_from))
    if what == "vote" and step.subject:
        other = random.choice([each for each in steps if each.subject])
        return put(procedure, replace(step, body=other.body, rule=other.rule, subject=other.subject))
    return put(procedure, lead(step, random.choice(list(step.next)), random.choice(procedure.steps).key))


def test_what_is_proved_breaks_in_no_run() -> None:
    """Edit at random: whatever the proofs still accept must keep every obligation in every random run."""
    random, accepted = Random(11), 0
    for _round in range(300):
        procedure = edited(random.choice(all_versions()), random)
        if first_refusal(procedure) is not None:
            continue
        accepted += 1
        for trace in walks(procedure, runs=25, seed=accepted):
            allowed = {"O5"} if trace.end is None else set()  # nobody was left who may close a step
            found = set(broken(procedure, trace))
            assert found <= allowed, [(each.step.key, str(each.outcome)) for each in trace.closings]
    assert accepted > 30


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
