"""Whatever people try in whatever order, a run goes the way of its procedure, and O1-O6 hold on what was recorded."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import OutOfTurn, open_run, resume_run, suspend_run
from redhouse.ground.process.enums import MatterFact, Outcome
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import history, open_step, owed_by, procedure_of
from redhouse.work.decisions.definitions import FOLDER
from tests.cast import person
from tests.ground.process.factories import D1, adopted, close, file_evidence, society
from tests.ground.process.reference import BACK, ROLES, Model, broken
from tests.ground.process.test_guards import refusal, run_sql

# no shrinking: a run that goes wrong is told whole, and each step costs the database some twenty statements
SETTINGS = settings(
    max_examples=10,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
FILES = ["p03-2018-11-15.toml", "p07-2018-11-15.toml", "p08-2018-11-15.toml", "p09-2018-11-15.toml"]
BY_COUNT = {"passed", "failed", "inquorate", "agreed", "returned", "notified"}  # what a meeting says is said once


class Matter(RuleBasedStateMachine):
    """A run of a real procedure beside its reference model."""

    run: Run
    seen: dict[str, int]

    @initialize(name=st.sampled_from(FILES), data=st.data())
    def begin(self, name: str, data: Any) -> None:
        text = (FOLDER / name).read_text(encoding="utf-8")
        procedure = procedure_of(adopted(text))
        facts = {
            str(fact): data.draw(
                st.sampled_from(sorted({v for s in procedure.steps if s.fact == fact for v in s.next}))
            )
            for fact in procedure.facts
        }
        assert all(fact in MatterFact.values for fact in facts)
        self.run = open_run(code=procedure.code, host=society(), facts=facts, by=person("director"), on=D1)
        self.model = Model(text, facts, D1)
        self.said: dict[int, str] = {}

    @precondition(lambda self: self.model.open)
    @rule(
        who=st.sampled_from(sorted(ROLES)),
        outcome=st.sampled_from([str(outcome) for outcome in Outcome]),
        days=st.integers(-2, 20),
    )
    def somebody_tries(self, who: str, outcome: str, days: int) -> None:
        self._try(who, outcome, self.model.day + timedelta(days=days))

    @precondition(lambda self: self.model.open and not self.model.suspended)
    @rule(data=st.data())
    def it_goes_on(self, data: Any) -> None:
        """Often forward and some steps in a row, or it never gets anywhere; by somebody who may, on the first day that
        it may."""
        for _ in range(data.draw(st.integers(1, 5))):
            if not self.model.open:
                return
            step = self.model.steps[self.model.open]
            outcome = data.draw(st.sampled_from([*[next(iter(step["next"]))] * 6, *step["next"]]))
            self.papers_are_filed()
            able = [who for who in ROLES if self.model.may(who, outcome, self.model.ripe_on())]
            assert able, f"{self.model.open} {outcome}: nobody may, the run is stuck"
            self._try(data.draw(st.sampled_from(able)), outcome, self.model.ripe_on())

    @precondition(lambda self: self.model.open)
    @rule()
    def papers_are_filed(self) -> None:
        step = open_step(self.run)
        assert step is not None
        if not self.model.filed:
            file_evidence(step, self.model.day)
            self.model.filed = set(self.model.steps[self.model.open].get("evidence", ()))

    @precondition(lambda self: self.model.open)
    @rule()
    def it_is_stopped_or_let_go(self) -> None:
        if self.model.suspended:
            self.run = resume_run(run=self.run, by=person("supervisor"), on=self.model.day)
        else:
            self.run = suspend_run(run=self.run, reason="有异议", by=person("supervisor"), on=self.model.day)
        self.model.suspended = not self.model.suspended

    @precondition(lambda self: self.model.open)
    @rule(data=st.data())
    def a_jump_is_tried_by_hand(self, data: Any) -> None:
        humans = sorted(key for key, step in self.model.steps.items() if "owed_by" in step)
        key = data.draw(st.sampled_from(humans))
        number = len(self.model.closings) + 2
        sql = (
            "INSERT INTO process_runstep (run_id, number, key, kind, opened_on, outcome, reason)"
            f" VALUES ({self.run.pk}, {number}, '{key}', '{self.model.steps[key]['kind']}', '{self.model.day}', '', '')"
        )
        assert refusal(lambda: run_sql("default", sql)) == "run_step_one_open_at_a_time"

    @precondition(lambda self: not self.model.open)
    @rule(name=st.sampled_from(FILES), data=st.data())
    def it_has_ended_and_another_begins(self, name: str, data: Any) -> None:
        number = len(self.model.closings) + 1
        sql = (
            "INSERT INTO process_runstep (run_id, number, key, kind, opened_on, outcome, reason)"
            f" VALUES ({self.run.pk}, {number}, 'draft', 'draft', '{self.model.day}', '', '')"
        )
        assert refusal(lambda: run_sql("default", sql)) == "run_has_ended"
        self.teardown()
        self.begin(name, data)

    def _try(self, who: str, outcome: str, on: Any) -> None:
        step = open_step(self.run)
        assert step is not None
        if step.kind in ("vote", "party_deliberate") and outcome in BY_COUNT:
            if outcome not in self.model.steps[step.key]["next"]:
                return
            outcome = self.said.setdefault(step.pk, outcome)
        allowed = self.model.may(who, outcome, on)
        try:
            close(self.run, outcome, on, by=who, reason="有理由" if outcome in BACK else "")
        except (PermissionDenied, NotYet, OutOfTurn):
            assert not allowed, (step.key, who, outcome, on)
        else:
            assert allowed, (step.key, who, outcome, on)
            self.model.close(who, outcome, on)

    @invariant()
    def both_stand_at_the_same_place(self) -> None:
        if hasattr(self, "model"):
            step = open_step(self.run)
            assert (step.key if step else None) == self.model.open
            if step is None:
                self.run.refresh_from_db()
                assert self.run.ending == self.model.ending

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        names = {person(who).pk: who for who in ROLES}
        trace = [
            (
                step.key,
                step.outcome,
                names.get(step.closed_by_id or 0, ""),
                step.closed_on or self.model.day,
                step.reason,
            )
            for step in history(self.run)
        ]
        assert broken(self.model.text, trace, self.run.ending) == []
        assert [(key, outcome) for key, outcome, *_ in trace if outcome] == [c[:2] for c in self.model.closings]
        assert len(owed_by(person("admin"), self.model.day)) == 0
        for key, *_ in trace:
            self.seen[key] = self.seen.get(key, 0) + 1


def test_any_course_of_a_matter(town: str) -> None:
    society()
    Matter.seen = {}
    run_state_machine_as_test(Matter, settings=SETTINGS)
    assert {"draft", "review", "check"} <= set(Matter.seen)
