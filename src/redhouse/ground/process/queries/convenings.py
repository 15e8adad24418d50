"""Demands to convene: which stands, which has run out."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from redhouse.ground.process.enums import GATES, Outcome, StepKind
from redhouse.ground.process.models import Convening, Run, RunStep


def convening_of(run: Run) -> Convening | None:
    """The newest demand of the run; `escalated_on` says since when it is before the town, in public."""
    return run.convenings.order_by("-pk").first()


def unanswered() -> QuerySet[Convening]:
    """Demands not yet before the town whose matter has not come to a notice since, and has not ended."""
    answered = RunStep.objects.filter(
        run=OuterRef("run"), kind__in=(StepKind.NOTICE, StepKind.VOTE), opened_on__gte=OuterRef("demanded_on")
    )
    return Convening.objects.filter(~Exists(answered), escalated_on__isnull=True, run__ending="")


def run_out(on: date) -> QuerySet[Convening]:
    return unanswered().filter(due_on__lt=on).select_related("run__version").order_by("pk")


def is_held_up(run: Run, on: date) -> bool:
    """Whether a gate stands in the way of the vote: it returned the matter, or it is late."""
    for turn in sorted(run.steps.all(), key=lambda row: -row.number):  # a page has them read already
        if turn.kind in (StepKind.NOTICE, StepKind.VOTE):
            return False
        late = turn.outcome == "" and turn.due_on is not None and turn.due_on < on
        if turn.kind in GATES and (turn.outcome == Outcome.RETURNED or late):
            return True
    return False
