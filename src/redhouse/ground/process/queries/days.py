"""Clocks of a run in days: when an owed step is due, and when a period that keeps a step waiting has run out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from redhouse.ground.process.enums import BACKWARD, HOURS, Bound, Unit
from redhouse.ground.process.models import CalendarDay, RunStep
from redhouse.ground.process.procedure import Clock, Step
from redhouse.ground.process.queries.versions import procedure_of, step_rule
from redhouse.kit.today import SHANGHAI, now
from redhouse.kit.workdays import after_hours, count_days, last_day


def own_days() -> dict[date, bool]:
    """What the house says of single days, over the calendar of public holidays; one query."""
    return dict(CalendarDay.objects.values_list("day_on", "is_working"))


def ends_on(clock: Clock, begin: date, own: dict[date, bool] | None = None) -> date:
    """The last day of the clock's period; it counts from the day after `begin`."""
    if clock.unit in HOURS:
        return runs_out_at(clock, beginning(begin), own).date()
    working = clock.unit == Unit.WORKING_DAY
    return last_day(begin, clock.count, working=working, own=(own_days() if own is None else own) if working else {})


def due_on(clocks: Iterable[Clock], opened_on: date) -> date | None:
    """The last day on which a step that opens on `opened_on` is in time by these clocks; None where there is none."""
    asked = list(clocks)
    own = own_days() if any(clock.unit == Unit.WORKING_DAY for clock in asked) else {}
    return min((ends_on(clock, opened_on, own) for clock in asked), default=None)


def limits(step: Step) -> list[Clock]:
    """The clocks within which the step is owed."""
    return [clock for clock in step.clocks if clock.bound == Bound.AT_MOST]


def beginning(on: date) -> datetime:
    """When hours begin to count for what happens on `on`: now, or when offices open where it is entered later."""
    moment = now().astimezone(SHANGHAI)
    return moment if moment.date() == on else datetime.combine(on, time(8, 30), SHANGHAI)


def runs_out_at(clock: Clock, begin: datetime, own: dict[date, bool] | None = None) -> datetime:
    """The moment when a clock of hours has run."""
    working = clock.unit == Unit.WORK_HOUR
    return after_hours(begin, clock.count, working=working, own=(own_days() if own is None else own) if working else {})


def days_left(step: RunStep, on: date) -> int | None:
    """Days until the open step is due, negative when it is late; in working days where its clock counts these."""
    if step.due_on is None:
        return None
    clocks = [clock for clock in step_rule(step).clocks if clock.bound == Bound.AT_MOST]
    working = any(clock.unit == Unit.WORKING_DAY for clock in clocks)
    own = own_days() if working else {}
    if on <= step.due_on:
        return count_days(on, step.due_on, working=working, own=own)
    return -count_days(step.due_on, on, working=working, own=own)


@dataclass(frozen=True)
class Waiting:
    """A period that must have run out before a step may close: `since` the closing of `step`, over with `last_on`."""

    step: RunStep
    clock: Clock
    last_on: date

    @property
    def matures_on(self) -> date:
        """The first day on which the step may close."""
        return self.last_on + timedelta(days=1)


def waiting_for(step: RunStep) -> list[Waiting]:
    """The periods that the closing of this step waits for, run out or not, in the order in which they began. Asked of
    the database only for steps that some clock names."""
    rules = procedure_of(step.run.version).by_key
    if not any(_keeps_waiting(clock, step) for rule in rules.values() for clock in rule.clocks):
        return []
    latest = {
        closed.key: closed
        for closed in sorted(step.run.steps.all(), key=lambda row: row.number)  # a page has them read already
        if closed.outcome not in ("", *BACKWARD) and (closed.number < step.number or closed.pk == step.pk)
    }
    return [
        Waiting(closed, clock, ends_on(clock, closed.closed_on))
        for closed in latest.values()
        if closed.key in rules and closed.closed_on is not None
        for clock in rules[closed.key].clocks
        if _keeps_waiting(clock, step)
    ]


def _keeps_waiting(clock: Clock, step: RunStep) -> bool:
    return clock.bound == Bound.AT_LEAST and clock.before == step.key


def matures_on(step: RunStep) -> date | None:
    """The first day on which no period keeps this step from closing; None where none ever did."""
    return max((waiting.matures_on for waiting in waiting_for(step)), default=None)
