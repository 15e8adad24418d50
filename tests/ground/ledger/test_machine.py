"""Any sequence of recording, correcting, taking away, giving up, sequencing: the ledger stays what it is said to be."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from redhouse.ground.ledger.actions import AlreadyCorrected, correct, record_many, void
from redhouse.ground.ledger.facts import FACT_VOIDED
from redhouse.ground.ledger.jobs import sequence_once
from redhouse.ground.ledger.models import Entry, Fact
from redhouse.ground.ledger.queries import consistency_between, heads, pending, proof_of, verify
from redhouse.kit.merkle import verify_consistency, verify_inclusion
from redhouse.kit.record import Known
from tests.ground.ledger.factories import KIND, MAY_DAY, visit, visit_rows

SETTINGS = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


class Ledger(RuleBasedStateMachine):
    """A dictionary and a list that do what the ledger does, side by side with it."""

    databases: Any
    template: str

    def __init__(self) -> None:
        super().__init__()
        self.clone = self.databases.clone(self.template)
        self.clone.__enter__()
        self.facts: dict[int, tuple[str, int | None, int]] = {}  # number -> kind, corrects, quantity
        self.logged: list[int] = []
        self.kept: list[Known] = []

    def teardown(self) -> None:
        self.clone.__exit__(None, None, None)

    @property
    def open(self) -> list[int]:
        corrected = {corrects for _, corrects, _ in self.facts.values()}
        return [number for number in self.facts if number not in corrected]

    @rule(quantity=st.integers(1, 9))
    def record(self, quantity: int) -> None:
        self.facts[visit(quantity=quantity)] = (KIND, None, quantity)

    @rule(count=st.integers(0, 5))
    def record_many(self, count: int) -> None:
        known = set(self.facts)
        assert record_many(visit_rows(count)) == count
        new = set(Fact.objects.values_list("pk", flat=True)) - known
        self.facts.update(dict.fromkeys(sorted(new), (KIND, None, 1)))
        assert len(self.facts) == len(known) + count

    @rule()
    def give_up(self) -> None:
        with transaction.atomic():
            visit(quantity=99)
            transaction.set_rollback(True)

    @precondition(lambda self: self.open)
    @rule(data=st.data(), quantity=st.integers(1, 9))
    def correct(self, data: st.DataObject, quantity: int) -> None:
        wrong = data.draw(st.sampled_from(self.open))
        self.facts[correct(fact_id=wrong, by=8, quantity=quantity)] = (self.facts[wrong][0], wrong, quantity)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        wrong = data.draw(st.sampled_from(self.open))
        self.facts[void(fact_id=wrong, by=8, on=MAY_DAY)] = (FACT_VOIDED, wrong, 1)

    @precondition(lambda self: len(self.open) < len(self.facts))
    @rule(data=st.data())
    def correct_twice(self, data: st.DataObject) -> None:
        wrong = data.draw(st.sampled_from(sorted(set(self.facts) - set(self.open))))
        with pytest.raises(AlreadyCorrected, match=f"第 {wrong} 条已由第"):
            correct(fact_id=wrong, by=8, quantity=7)

    @rule()
    def sequence(self) -> None:
        assert sequence_once() == len(self.facts) - len(self.logged)
        self.logged = sorted(self.facts)
        if self.logged:
            newest = heads()[-1]
            self.kept.append(Known(newest.size, newest.root))

    @rule()
    def verify(self) -> None:
        report = verify(known=self.kept)
        assert (report.holds, report.size, report.heads) == (True, len(self.logged), len(heads()))

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def prove(self, data: st.DataObject) -> None:
        old, new = sorted(data.draw(st.lists(st.sampled_from(self.kept), min_size=2, max_size=2)), key=lambda k: k.size)
        assert verify_consistency(old.size, new.size, consistency_between(old.size, new.size), old.root, new.root)
        proof: dict[str, Any] = proof_of(data.draw(st.sampled_from(self.logged)))
        path = [bytes.fromhex(node) for node in proof["path"]]
        root, size = bytes.fromhex(proof["head"]["root"]), proof["head"]["size"]
        assert verify_inclusion(bytes.fromhex(proof["leaf"]), proof["position"], size, path, root)

    @invariant()
    def rows_are_as_written(self) -> None:
        rows = Fact.objects.values_list("pk", "kind", "corrects_id", "quantity")
        assert {pk: (kind, corrects, quantity) for pk, kind, corrects, quantity in rows} == self.facts
        assert list(Entry.objects.order_by("position").values_list("fact_id", flat=True)) == self.logged
        assert pending() == len(self.facts) - len(self.logged)


def test_the_ledger_behaves_as_its_model(databases: Any, empty_template: str) -> None:
    Ledger.databases, Ledger.template = databases, empty_template
    run_state_machine_as_test(Ledger, settings=SETTINGS)
