"""Things of matters as the API and the command line read them, each by the door of its room; None is out of scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from redhouse.desk.verbs import served
from redhouse.ground.messages.queries import receipts
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.queries.rolls import roll_for
from redhouse.ground.process.rules.rights import may_move_to
from redhouse.kit.today import today
from redhouse.work.decisions import queries
from redhouse.work.decisions.queries.power_list import version_shown
from redhouse.work.decisions.verbs import outline

Read = Callable[[Person, int], dict[str, Any] | None]


def _read(getter: Callable[[Person, int], Any], shape: Callable[[Person, Any, date], dict[str, Any]]) -> Read:
    def read(person: Person, number: int) -> dict[str, Any] | None:
        found = getter(person, number)
        return None if found is None else shape(person, found, today())

    return read


def _taking(person: Person, version_id: int) -> ProcedureVersion | None:
    """A version to which this person may take matters over."""
    version = version_shown(person, version_id)
    return version if version is not None and may_move_to(person, version, today()) else None


def _notice(person: Person, notice: Any, on: date) -> dict[str, Any]:
    rows = receipts(notice)
    waiting = [{"person": row.person_id, "name": row.person.masked_name} for row in rows.waiting]
    return {"title": notice.title, "confirmed": len(rows.confirmed), "waiting": waiting}


READS: dict[str, Read] = {
    "matter": _read(queries.matter_for, outline.outline),
    "doors": _read(queries.matter_for, outline.doors_outline),
    "roll": _read(roll_for, outline.roll_outline),
    "meeting": _read(meeting_for, outline.meeting_outline),
    "notice": _read(served, _notice),
    "moves": _read(_taking, outline.moves_outline),
}
