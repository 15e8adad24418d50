"""Reads of runs."""

from datetime import date

from django.db.models import QuerySet

from redhouse.ground.places.queries import within
from redhouse.ground.process.models import Run, RunStep, Tally


def open_step(run: Run) -> RunStep | None:
    """The step that the run waits at; None when it has ended. No query where the steps of the run were read with it."""
    read = getattr(run, "_prefetched_objects_cache", {}).get("steps")
    step = (
        run.steps.filter(outcome="").first() if read is None else next((row for row in read if not row.outcome), None)
    )
    if step is not None:
        step.run = run
    return step


def tally_of(step: RunStep) -> Tally | None:
    """What the vote of this step came to, once it is counted. No query where the step was read with it."""
    if RunStep.tally.is_cached(step):
        return getattr(step, "tally", None)
    return Tally.objects.filter(step=step).first()


def history(run: Run) -> list[RunStep]:
    """Every step of the run in order, closed by whom; one query."""
    return list(run.steps.select_related("closed_by").order_by("number"))


def open_steps() -> QuerySet[RunStep]:
    return RunStep.objects.filter(outcome="").select_related("run__version", "run__host")


def overdue(prefixes: list[str], on: date) -> QuerySet[RunStep]:
    """Open steps inside `prefixes` whose last day is over; suspended runs are not late."""
    steps = open_steps().filter(due_on__lt=on, run__suspended_on__isnull=True)
    return steps.filter(within(prefixes, "run__division_code")).order_by("due_on", "pk")
