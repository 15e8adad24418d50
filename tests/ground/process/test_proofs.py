"""The ten powers are proved; what a town may and may not change; the traps."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from redhouse.ground.process.enums import Outcome, Role, StepKind
from redhouse.ground.process.procedure import Procedure, Step, read_procedure
from redhouse.ground.process.procedure.proofs import Obligation, Refusal, examine, prove, tell
from redhouse.work.decisions.definitions import all_versions, power_at
from tests.ground.process.mutants import lead, put
from tests.ground.process.replay import replay
from tests.ground.process.samples import DIVIDEND, changed


@pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")
def test_every_version_is_proved(procedure: Procedure) -> None:
    proof = examine(procedure)
    assert [refusal.told(procedure) for refusal in proof.refusals] == []
    assert proof.states > len([step for step in procedure.steps if step.is_human])


def test_ten_powers_in_three_versions_each_follow_without_a_gap() -> None:
    assert len(all_versions()) == 30
    for code in {each.code for each in all_versions()}:
        versions = [each for each in all_versions() if each.code == code]
        assert [str(each.from_on) for each in versions] == ["2018-11-15", "2025-05-01", "2026-01-01"]
        assert [each.until_on for each in versions] == [*(each.from_on for each in versions[1:]), None]


def test_what_is_unverified_is_never_shown_as_law() -> None:
    for procedure in all_versions():
        clauses = [
            *procedure.clauses,
            *(clause for step in procedure.steps for clause in step.clauses),
            *(clock.clause for step in procedure.steps for clock in step.clocks),
        ]
        assert all(clause.mark in "SIU" for clause in clauses)
        assert [clause for clause in clauses if clause.mark == "S" and "没有规定" in clause.text] == []


def refusals(text: str) -> list[Refusal]:
    return prove(read_procedure(text))


def names(found: list[Refusal]) -> set[str]:
    return {refusal.obligation.name for refusal in found}


def test_a_town_may_ask_for_more() -> None:
    more = changed('rule = "V09"', 'rule = "V09"\nstricter = { passing = ["for >= 3/4 electors"] }')
    assert refusals(more) == []
    publicity = 'count = {}, unit = "day", before = ["vote_reps"'
    assert refusals(changed(publicity.format(10), publicity.format(20))) == []
    assert names(refusals(changed(publicity.format(10), publicity.format(9)))) == {"O4"}


def test_less_than_the_law_is_refused_with_the_clause() -> None:
    (refused,) = refusals(changed('rule = "V09"', 'rule = "V09"\nstricter = { passing = ["for > 1/2 electors"] }'))
    assert refused.obligation is Obligation.O3
    assert "27" in refused.clause.text
    assert refused.clause.mark == "S"


def test_where_the_law_is_silent_a_town_may_choose_but_not_nothing() -> None:
    fifteen, days = 'count = 15, unit = "day", before = "objection"', 'count = {}, unit = "day", before = "objection"'
    old = power_at("P07", date(2018, 12, 14)).text
    assert refusals(changed(fifteen, days.format(3), old)) == [], "fifteen days are law only from 2026"
    assert names(refusals(changed(fifteen, days.format(14)))) == {"O4"}


def test_a_gate_that_was_visited_but_returned_has_not_passed() -> None:
    """The trap of dominance by node: the way does go through the review, and the review said no."""
    procedure = read_procedure(DIVIDEND)
    (first, *_) = prove(put(procedure, lead(procedure.by_key["review"], "returned", "check")))
    assert first.obligation is Obligation.O1
    assert first.witness[-1] == ("review", "returned")


def test_a_change_after_the_review_opens_the_gates_again() -> None:
    procedure = read_procedure(DIVIDEND)
    (first, *_) = prove(put(procedure, lead(procedure.by_key["publicity"], "changed", "notice")))
    assert first.obligation is Obligation.O1
    assert replay(procedure, first.witness[:-1]) == "publicity"


def test_a_loop_of_rework_does_not_carry_old_passes_along() -> None:
    """An upheld objection leads back to the notice: the second vote would stand on the gates of the first draft."""
    procedure = read_procedure(DIVIDEND)
    found = prove(put(procedure, lead(procedure.by_key["objection"], "upheld", "notice")))
    assert "O1" in names(found)
    assert (("objection", "upheld")) in found[0].witness


def test_a_second_meeting_needs_a_second_notice() -> None:
    procedure = read_procedure(DIVIDEND)
    found = prove(put(procedure, lead(procedure.by_key["vote_members"], "inquorate", "vote_members")))
    assert names(found) == {"O4"}


def test_a_gate_is_no_veto() -> None:
    procedure = read_procedure(DIVIDEND)
    found = prove(put(procedure, lead(procedure.by_key["review"], "returned", "withdrawn")))
    assert "O2" in names(found)


def test_a_body_under_a_condition_needs_the_question() -> None:
    procedure = read_procedure(DIVIDEND)
    asked = next(step for step in procedure.steps if step.kind == StepKind.BRANCH)
    unasked = replace(asked, next=MappingProxyType({"yes": "vote_reps", "no": "vote_reps"}))
    (refused,) = prove(put(procedure, unasked))
    assert refused.obligation is Obligation.O3
    assert refused.witness[-1] == (asked.key, "no")


def test_a_ring_of_branches_and_a_way_without_end_are_refused() -> None:
    procedure = read_procedure(DIVIDEND)
    asked = next(step for step in procedure.steps if step.kind == StepKind.BRANCH)
    ring = replace(asked, next=MappingProxyType({"yes": asked.key, "no": "vote_members"}))
    assert "O5" in names(prove(put(procedure, ring)))
    endless = prove(put(procedure, lead(procedure.by_key["archive"], "archived", "archive")))
    assert "O5" in names(endless)


def test_the_administrator_owes_nothing() -> None:
    assert not {role for role in Role if "admin" in role.value}


def test_a_power_that_nobody_knows_is_refused() -> None:
    assert "O3" in names(refusals(changed('code = "P07"', 'code = "P77"')))


def test_a_witness_is_told_in_words() -> None:
    procedure = read_procedure(DIVIDEND)
    way = (("draft", "submitted"), ("inform", "informed"))
    assert tell(procedure, way) == "起草（已提交） → 先知（已先知） → 先议（支委会）"
    assert tell(procedure, ()) == "起草"


def test_every_end_is_reached_by_some_outcome() -> None:
    for procedure in all_versions():
        ends = [step for step in procedure.steps if step.kind == StepKind.END]
        assert {str(end.ending) for end in ends} == {"archived", "rejected_by_vote", "withdrawn"}


def test_who_withdraws_is_who_proposed() -> None:
    """No gate, and nobody but those who proposed, can withdraw a matter."""
    for procedure in all_versions():
        able: list[Step] = [step for step in procedure.steps if Outcome.WITHDRAWN in step.next]
        assert all(step.owed_by == procedure.first.owed_by for step in able)
