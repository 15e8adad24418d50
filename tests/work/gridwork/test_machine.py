"""Whatever people try in whatever order, a grid event goes the way of its life beside a small reference model, and the
record shows what the obligations promise."""

from collections.abc import Callable
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
from redhouse.ground.process.actions import OutOfTurn, close_step, file_paper, record_reply, resume_run, suspend_run
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import history, open_step
from tests.cast import person
from tests.ground.process.cases import photo, reported, step_of
from tests.ground.process.factories import D1
from tests.ground.process.test_guards import refusal, run_sql

SETTINGS = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
VILLAGE, TOWN_ROLE = {"village_director", "secretary"}, {"dispatcher"}
# step -> who may, and how each outcome leads on; told once more, apart from the file
LIFE: dict[str, tuple[set[str], dict[str, str]]] = {
    "accept": (VILLAGE | TOWN_ROLE, {"accepted": "file", "rejected": ""}),
    "file": (VILLAGE | TOWN_ROLE, {"filed": "dispatch", "rejected": ""}),
    "dispatch": (VILLAGE | TOWN_ROLE, {"dispatched": "handle", "escalated": "town_dispatch"}),
    "handle": (
        {"grid", "village_director"},
        {"handled": "verify", "returned": "dispatch", "escalated": "town_dispatch"},
    ),
    "town_dispatch": (TOWN_ROLE, {"dispatched": "town_handle", "returned": "dispatch"}),
    "town_handle": ({"handler"}, {"handled": "verify", "returned": "town_dispatch"}),
    "verify": ({"dispatcher", "supervisor", "secretary"}, {"verified": "close", "returned": "dispatch"}),
    "close": (VILLAGE | TOWN_ROLE, {"closed": "", "closed_regardless": "", "reopened": "dispatch"}),
}
PEOPLE = ["village_director", "secretary", "dispatcher", "grid", "handler", "supervisor", "neighbour", "admin"]
OUTCOMES = sorted({outcome for _who, ways in LIFE.values() for outcome in ways})


class Event(RuleBasedStateMachine):
    run: Run
    ended: set[str]

    @initialize()
    def begin(self) -> None:
        self.run = reported().run
        self.at, self.handlers, self.bounces, self.suspended = "accept", set[str](), 0, False
        self.has_photo, self.answer = False, ""

    def may(self, who: str, outcome: str) -> bool:
        people, ways = LIFE[self.at]
        handling = self.at in ("handle", "town_handle")
        if self.suspended or who not in people or outcome not in ways:
            return False
        if self.at in ("verify", "close") and who in self.handlers:
            return False
        if handling and outcome == "handled":
            return self.has_photo
        if handling and outcome == "returned":
            return self.bounces < 2
        if outcome in ("closed", "closed_regardless"):
            return self.answer != "" and not (outcome == "closed" and self.answer == "not_content")
        return True

    @precondition(lambda self: self.at)
    @rule(who=st.sampled_from(PEOPLE), outcome=st.sampled_from(OUTCOMES))
    def somebody_tries(self, who: str, outcome: str) -> None:
        allowed = self.may(who, outcome)
        try:
            close_step(step=step_of(self.run), outcome=outcome, by=person(who), on=D1, reason="有理由")
        except (PermissionDenied, NotYet, OutOfTurn):
            assert not allowed, (self.at, who, outcome)
            return
        assert allowed, (self.at, who, outcome)
        if self.at in ("handle", "town_handle"):
            self.handlers.add(who)
        self.bounces += outcome == "returned" and self.at != "verify"
        self.at = LIFE[self.at][1][outcome]
        self.has_photo, self.answer = False, ""

    @precondition(lambda self: self.at and not self.suspended)
    @rule(data=st.data())
    def it_goes_on(self, data: Any) -> None:
        """Often forward, or it never gets anywhere."""
        able = self.ways_on(lambda: data.draw(st.sampled_from(["content", "not_content", "not_reached"])))
        self.somebody_tries(*data.draw(st.sampled_from([*[one for one in able if self.is_forward(one[1])] * 5, *able])))

    def ways_on(self, answer: Callable[[], str]) -> list[tuple[str, str]]:
        """Who may lead it on and how, once what this step needs is there."""
        if self.at in ("handle", "town_handle"):
            self.a_photograph_is_filed()
        if self.at == "close" and not self.answer:
            self.the_reporter_answers(answer())
        able = [(who, outcome) for who in PEOPLE for outcome in LIFE[self.at][1] if self.may(who, outcome)]
        assert able, f"{self.at}: nobody may, the case is stuck"
        return able

    def is_forward(self, outcome: str) -> bool:
        return outcome == next(iter(LIFE[self.at][1]))

    @precondition(lambda self: self.at)
    @rule()
    def a_photograph_is_filed(self) -> None:
        file_paper(step=step_of(self.run), paper=photo(), by=None, on=D1)
        self.has_photo = True

    @precondition(lambda self: self.at == "close")
    @rule(result=st.sampled_from(["content", "not_content", "not_reached", "nobody"]))
    def the_reporter_answers(self, result: str) -> None:
        record_reply(step=step_of(self.run), way="page", result=result, by=None, on=D1)
        self.answer = result

    @precondition(lambda self: self.at)
    @rule()
    def it_is_stopped_or_let_go(self) -> None:
        if self.suspended:
            self.run = resume_run(run=self.run, by=person("dispatcher"), on=D1)
        else:
            self.run = suspend_run(run=self.run, reason="等雨停", by=person("dispatcher"), on=D1)
        self.suspended = not self.suspended

    @precondition(lambda self: self.at in ("handle", "close", "verify"))
    @rule()
    def it_is_closed_by_hand(self) -> None:
        """The database refuses what the rules refuse."""
        step, outcome = step_of(self.run), next(iter(LIFE[self.at][1]))
        who = next(iter(self.handlers), "grid") if self.at != "handle" else "grid"
        if (
            self.may(who, outcome)
            or (self.at == "verify" and not self.handlers)
            or (self.at == "close" and self.answer)
        ):
            return
        if self.at == "handle" and self.has_photo and not self.suspended:
            return
        sql = (
            f"UPDATE process_runstep SET outcome = '{outcome}', closed_on = '{D1}', closed_at = now(),"
            f" closed_by_id = {person(who).pk} WHERE id = {step.pk}"
        )
        names = {"run_is_suspended", "run_step_has_its_evidence", "run_step_answers_the_reporter"}
        assert refusal(lambda: run_sql("default", sql)) in names | {"run_step_by_separate_people"}

    @precondition(lambda self: not self.at)
    @rule()
    def it_has_ended_and_another_begins(self) -> None:
        self.teardown()
        self.begin()

    @invariant()
    def both_stand_at_the_same_place(self) -> None:
        if hasattr(self, "at"):
            step = open_step(self.run)
            assert (step.key if step else "") == self.at

    def teardown(self) -> None:
        if not hasattr(self, "at"):
            return
        self.run.refresh_from_db()
        self.ended.add(self.run.ending)
        steps = history(self.run)
        if self.run.ending != "closed":
            return
        handled = max(step.number for step in steps if step.outcome == "handled")
        hands = {step.closed_by_id for step in steps if step.kind == "handle"}
        after = [step for step in steps if step.number > handled]
        assert [step.outcome for step in after][:1] == ["verified"]
        assert hands.isdisjoint({step.closed_by_id for step in after})
        assert all(step.reason for step in steps if step.outcome in ("returned", "escalated", "reopened"))
        assert steps[-1].replies.exists()


def test_any_course_of_an_event(town: str) -> None:
    Event.ended = set()
    run_state_machine_as_test(Event, settings=SETTINGS)
    straight = Event()  # chance may never close one
    straight.begin()
    while straight.at:
        straight.somebody_tries(
            *next(one for one in straight.ways_on(lambda: "content") if straight.is_forward(one[1]))
        )
        straight.both_stand_at_the_same_place()
    straight.teardown()
    assert "closed" in Event.ended
