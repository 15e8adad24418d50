"""Reminders: what a room says is due is told once, to whom it concerns, and nothing else happens."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from redhouse.commands import worker
from redhouse.ground.ledger.models import Fact
from redhouse.ground.messages import due
from redhouse.ground.messages.due import Due
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.messages.jobs import remind_once
from redhouse.ground.messages.models import Notice, Receipt
from tests.cast import TODAY, XINTIAN, person
from tests.ground.messages.test_actions import together


def thing(*who: str, **changes: object) -> Due:
    fields: dict[str, object] = {
        "person_ids": tuple(person(name).pk for name in who or ("secretary",)),
        "kind": NoticeKind.REMINDER,
        "title": "旧厂房出租：领导把关还剩1天",
        "link": "/",
        "dedup": "decisions.step.7",
        "due_on": TODAY + timedelta(days=1),
        "division_code": XINTIAN,
    }
    return Due(**fields | changes)  # type: ignore[arg-type]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Due]:
    """What one room says is due."""
    things: list[Due] = []
    monkeypatch.setattr(due, "_SOURCES", [lambda _on: things])
    return things


def test_each_thing_is_told_once_however_often_one_asks(town: str, said: list[Due]) -> None:
    said.append(thing("secretary", "supervisor"))
    assert [remind_once(TODAY) for _ in range(3)] == [1, 0, 0]
    notice = Notice.objects.get()
    assert (notice.sent_by, notice.kind, notice.receipts.count()) == (None, NoticeKind.REMINDER, 2)
    assert Fact.objects.count() == 1


def test_late_and_moved_deadlines_are_told_anew(town: str, said: list[Due]) -> None:
    said += [thing(), thing(kind=NoticeKind.OVERDUE), thing(due_on=TODAY + timedelta(days=9))]
    assert remind_once(TODAY) == 3


def test_four_workers_at_one_instant_tell_it_once(town: str, said: list[Due]) -> None:
    said += [thing(dedup=f"decisions.step.{n}") for n in range(5)]
    assert {type(one) for one in together(*[lambda: remind_once(TODAY)] * 4)} == {int}
    assert (Notice.objects.count(), Receipt.objects.count()) == (5, 5)


def test_a_room_that_breaks_leaves_the_others_their_deadlines(
    town: str, said: list[Due], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(on: date) -> Iterable[Due]:
        raise KeyError("a slip in a room")

    monkeypatch.setattr(due, "_SOURCES", [broken, *due._SOURCES])
    said += [thing(title=""), thing(dedup="decisions.step.8")]
    assert remind_once(TODAY) == 1
    assert Notice.objects.get().dedup.startswith("decisions.step.8.")


def test_people_who_are_gone_are_left_out(town: str, said: list[Due]) -> None:
    said.append(thing(person_ids=(999_999,)))
    assert (remind_once(TODAY), Notice.objects.count()) == (0, 0)


def test_the_worker_asks_now_and_then() -> None:
    assert worker.CHORES[worker._remind] == worker.REMIND_EVERY
