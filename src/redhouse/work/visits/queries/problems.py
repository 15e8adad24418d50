"""Problems that visits found: at one household, of one member, and of a place by level."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import Ending, ReportOrigin
from redhouse.ground.process.models import CaseType, Report
from redhouse.ground.process.queries import reported, reported_at, types_of, version_in_force
from redhouse.ground.process.queries.owing import open_for
from redhouse.ground.process.queries.reports import Reported
from redhouse.kit.today import today
from redhouse.work.visits.definitions import CODE, TOWN_STEPS
from redhouse.work.visits.facts import VISIT_RECORDED

GRID = "G01"


def open_problems_at(household_ids: Iterable[int]) -> Counter[int]:
    """How many cases that visits found at these households are still open; the wall must be open."""
    rows = Report.objects.filter(
        origin_fact__kind=VISIT_RECORDED, origin_fact__subject_id__in=list(household_ids), run__ending=""
    )
    return Counter(home for home in rows.values_list("origin_fact__subject_id", flat=True) if home is not None)


def problems_at(home: Household) -> list[Reported]:
    """Every case that a visit at this household found, the newest first."""
    with everything():
        return reported(
            Report.objects.filter(origin_fact__kind=VISIT_RECORDED, origin_fact__subject_id=home.pk).order_by("-pk")
        )


@dataclass(frozen=True)
class Problem:
    """A case in the list of problems: at which level it is, and whether it is late."""

    row: Reported
    level: str  # village, town, district or done

    @property
    def is_late(self) -> bool:
        return self.row.due_on is not None and self.row.due_on < today()


def _seen(person: Person, on: date) -> QuerySet[Report]:
    """Within a post's reach, and whatever one found oneself."""
    own = Q(origin_fact__actor_id=person.pk)
    reach = within(reach_of(person, Verb.SEE_PEOPLE, on))
    return Report.objects.filter(Q(run__version__code=CODE) | Q(origin=ReportOrigin.VISIT), reach | own)


def problems_for(person: Person, on: date) -> list[Problem]:
    """What this person may follow, open ones first, the most urgent first; three queries."""
    with everything():
        rows = reported(_seen(person, on).order_by("-pk")[:300])
    found = [Problem(row, level_of(row)) for row in rows]
    return sorted(found, key=lambda each: (each.row.step is None, each.row.due_on or date.max, -each.row.report.pk))


def problem_for(person: Person, report_id: int) -> Reported | None:
    with everything():
        return next(iter(reported(_seen(person, today()).filter(pk=report_id))), None)


def level_of(row: Reported) -> str:
    """village, town or district: who has it in hand; done when nobody has."""
    if row.step is None:
        return "district" if row.report.run.ending == Ending.HANDED_UP else "done"
    return "town" if row.step.key in TOWN_STEPS else "village"


def kinds_at(division_code: str, on: date) -> list[tuple[str, str | CaseType]]:
    """Where a problem can be sent from here: a contact problem, or one of the town's grid events."""
    kinds: list[tuple[str, str | CaseType]] = []
    if version_in_force(CODE, division_code, on):
        kinds.append((f"{CODE}.", ""))
    if version_in_force(GRID, division_code, on):
        kinds += [(f"{GRID}.{row.type_code}", row) for row in types_of(GRID, on)]
    return kinds


def owed_problems(person: Person, on: date) -> list[Reported]:
    """Open steps of contact problems that this person may close."""
    steps = [step for step in open_for(person, on, cases=True) if step.run.version.code == CODE]
    if not steps:
        return []
    with everything():
        return reported_at(steps)


@dataclass(frozen=True)
class Count:
    """Problems raised in a period, those answered, and those of them within their time."""

    raised: int
    answered: int
    on_time: int


def contact_problems(division_prefix: str) -> QuerySet[Report]:
    """What visits found and what was told to stationed teams there, whichever procedure settles it."""
    return Report.objects.filter(
        Q(run__version__code=CODE) | Q(origin=ReportOrigin.VISIT), division_code__startswith=division_prefix
    )


def count_problems(division_prefix: str, from_on: date, last_on: date) -> Count:
    """Raised in the period; closed since; on time where no step was closed after its last day."""
    rows = contact_problems(division_prefix).filter(run__opened_on__gte=from_on, run__opened_on__lte=last_on)
    closed = rows.filter(run__ending=Ending.CLOSED).prefetch_related("run__steps")
    runs = [list(row.run.steps.all()) for row in closed.select_related("run")]
    on_time = sum(
        all(step.due_on is None or (step.closed_on is not None and step.closed_on <= step.due_on) for step in steps)
        for steps in runs
    )
    return Count(rows.count(), len(runs), on_time)
