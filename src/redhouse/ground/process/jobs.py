"""What the house does by itself: it brings demands that ran out before the town, and forgets who reported what was
settled long ago. It closes no step."""

from datetime import date, timedelta

from redhouse.ground.access.reach import everything
from redhouse.ground.process.actions import escalate_convenings, forget_reporter
from redhouse.ground.process.queries.reports import contacts_kept_since


def escalate_run_out(on: date) -> int:
    """Returns how many demands came before the town on `on`; safe to run from several processes, as often as wanted."""
    return len(escalate_convenings(on=on))


def forget_reporters(on: date, *, days: int) -> int:
    """Erase name and telephone number of whoever reported a case that ended `days` days ago or earlier; returns how
    many were erased. Safe to run from several processes, as often as wanted."""
    with everything():
        found = list(contacts_kept_since(on - timedelta(days=days)))
        for report in found:
            forget_reporter(report=report, by=None, on=on)
    return len(found)
