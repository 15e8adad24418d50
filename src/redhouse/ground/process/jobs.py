"""What the house does by itself: it brings demands that ran out before the town. It closes no step."""

from datetime import date

from redhouse.ground.process.actions import escalate_convenings


def escalate_run_out(on: date) -> int:
    """Returns how many demands came before the town on `on`; safe to run from several processes, as often as wanted."""
    return len(escalate_convenings(on=on))
