"""Spoil every power in every version in every way that `mutants` knows: each mutant is refused, by a right obligation,
with a way that really is a way of the mutant. None survives."""

from collections import Counter

import pytest

from redhouse.ground.process.procedure import Procedure
from redhouse.ground.process.procedure.proofs import first_refusal
from redhouse.work.decisions.definitions import all_versions
from tests.ground.process.mutants import all_mutants
from tests.ground.process.replay import replay

refused: Counter[str] = Counter()


@pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")
def test_every_mutant_is_refused_with_a_right_witness(procedure: Procedure) -> None:
    for mutant in all_mutants(procedure):
        refusal = first_refusal(mutant.procedure)
        assert refusal is not None, f"survived: {mutant.what} {mutant.where}"
        assert refusal.obligation.name in mutant.obligations, f"{mutant.what} {mutant.where}: {refusal}"
        assert refusal.sentence
        assert refusal.clause.text
        replay(mutant.procedure, refusal.witness)
        refused[mutant.what] += 1


def test_the_mutants_are_many_and_of_every_sort(capsys: pytest.CaptureFixture[str]) -> None:
    sorts = {
        "deletion", "swap", "shortcut", "weaker majority", "weaker quorum", "weaker rule", "shorter clock",
        "dropped clock", "incompetent body", "merged role", "added role", "same person", "removed disclosure",
        "removed demand", "harder demand", "lazy branch",
    }  # fmt: skip
    if set(refused) != sorts:
        pytest.skip("counted when the whole file runs")
    with capsys.disabled():
        print(f"\n{refused.total():,} mutants refused, none survived: {dict(refused)}")  # noqa: T201
    assert refused.total() > 15_000
