"""The electors' way around a gate that does not pass: it never passes anything."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import demand_convening, escalate_convenings
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import convening_of, is_held_up, open_step
from tests.cast import person
from tests.ground.process.factories import D1, close, opened, walk_to


@pytest.fixture
def returned(town: str) -> Run:
    run = opened()
    walk_to(run, "review")
    close(run, "returned", reason="不办")
    return run


def test_a_tenth_starts_a_clock_that_ends_before_the_town(returned: Run) -> None:
    row = demand_convening(run=returned, count=62, electors=618, by=person("watch"), on=D1)
    assert row.due_on == date(2018, 12, 17)  # ten working days
    assert escalate_convenings(on=row.due_on) == []
    assert escalate_convenings(on=row.due_on + timedelta(days=1)) == [row]
    assert escalate_convenings(on=row.due_on + timedelta(days=2)) == []
    assert convening_of(returned).escalated_on == date(2018, 12, 18)  # type: ignore[union-attr]
    step = open_step(returned)
    assert step is not None
    assert step.key == "draft"  # it passed nothing
    assert [fact.quantity for fact in Fact.objects.filter(kind__startswith="convening_")] == [62, 62]


def test_fewer_are_told_how_many_it_takes(returned: Run) -> None:
    with pytest.raises(NotYet, match="618人中62人以上联名，现有61人"):
        demand_convening(run=returned, count=61, electors=618, by=person("watch"), on=D1)


def test_it_needs_a_gate_that_does_not_pass(town: str) -> None:
    run = opened()
    walk_to(run, "review")
    assert not is_held_up(run, D1)
    assert is_held_up(run, D1 + timedelta(days=9))  # late is held up, too
    with pytest.raises(NotYet, match="退回或逾期"):
        demand_convening(run=run, count=62, electors=618, by=person("watch"), on=D1)
    with pytest.raises(PermissionDenied):
        demand_convening(run=run, count=62, electors=618, by=person("outsider"), on=D1)


def test_a_meeting_that_is_convened_answers_it(returned: Run) -> None:
    row = demand_convening(run=returned, count=62, electors=618, by=person("watch"), on=D1)
    with pytest.raises(NotYet, match="已有一份"):
        demand_convening(run=returned, count=70, electors=618, by=person("watch"), on=D1)
    walk_to(returned, "notice")
    assert escalate_convenings(on=row.due_on + timedelta(days=1)) == []
