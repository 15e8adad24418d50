"""One case: its report, who could handle it, what lies near, what the public may see of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.papers.models import PaperVersion
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import names_of, within
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import CaseType, Reply, Report, RunStep
from redhouse.ground.process.queries import holders, open_step, procedure_of, report_by_code, reported
from redhouse.ground.process.queries.reports import Reported, state_of
from redhouse.kit.divisions import CODE_LENGTH, town_of
from redhouse.kit.today import today
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.enums import NEAR_DAYS, NEAR_DEGREES, REOPEN_DAYS
from redhouse.work.gridwork.models import Rating, ReplyTemplate


def report_for(person: Person | None, report_id: int) -> Report | None:
    """A case within the reach of the person's posts; the reporter's contact is not read."""
    reach = reach_of(person, Verb.SEE_CASES, today())
    found = Report.objects.filter(within(reach), pk=report_id, run__version__code=CODE).defer("name", "phone")
    report: Report | None = found.select_related("run__version", "run__host", "type").first()
    return report


def photo_for(person: Person | None, report_id: int, paper_id: int) -> PaperVersion | None:
    """The newest version of a photograph filed with a case that this person may see."""
    report = report_for(person, report_id)
    if report is None:
        return None
    versions = PaperVersion.objects.filter(paper=paper_id, paper__steps__step__run=report.run_id)
    return versions.order_by("-version_no").first()


def handlers_of(step: RunStep, on: date) -> list[Person]:
    """Who could handle the case if this step dispatches it: holders of the roles of the step that it leads to, those
    whom its type names first."""
    procedure = procedure_of(step.run.version)
    if Outcome.DISPATCHED not in procedure.by_key[step.key].outcomes():
        return []
    roles = [str(role) for role in procedure.after(step.key, Outcome.DISPATCHED, {}).owed_by]
    first = step.run.report.type.handled_by if step.run.report.type else ""
    roles.sort(key=lambda role: role != first)
    people = {person.pk: person for role in roles for person in holders(role, step.run, on)}
    return list(people.values())


def templates_for(person: Person, on: date) -> QuerySet[ReplyTemplate]:
    """Templates of the town that this person belongs to."""
    town = town_of(person.division_code)
    return ReplyTemplate.objects.as_of(on).filter(division_code=town).order_by("title")


def type_for(person: Person | None, type_id: int) -> CaseType | None:
    """A type in force that this person may change."""
    if not reach_of(person, Verb.KEEP_CASE_TYPES, today()):
        return None
    return CaseType.objects.as_of(today()).filter(pk=type_id, code=CODE).first()


def near(
    *, division_code: str, type_code: str, lat: Decimal | None, lon: Decimal | None, spot: str, key: UUID, on: date
) -> list[Reported]:
    """Open cases of the same type in the same village, within some hundred metres or at the same words; never the one
    of this `key`, which was tapped twice."""
    step = Decimal(NEAR_DEGREES)
    place = Q(spot=spot.strip())
    if lat is not None and lon is not None:
        place |= Q(lat__range=(lat - step, lat + step), lon__range=(lon - step, lon + step))
    with everything():
        return reported(
            Report.objects.filter(
                within([division_code[:CODE_LENGTH]]),
                place,
                type_code=type_code,
                run__version__code=CODE,
                run__ending="",
                run__opened_on__gte=on - timedelta(days=NEAR_DAYS),
            )
            .exclude(key=key)
            .order_by("-pk")[:3]
        )


@dataclass(frozen=True)
class Passed:
    """One line of the public record: which step, how and when it was closed, and why where that is disclosed."""

    name: str
    outcome: str
    on: date
    reason: str


@dataclass(frozen=True)
class PublicCase:
    """What a stranger with the code sees: no names, no words of others."""

    report: Report
    state: str
    village: str
    step: RunStep | None
    passed: tuple[Passed, ...]
    replies: tuple[Reply, ...]
    may_answer: bool
    may_reopen: bool
    rating: Rating | None
    next_code: str


def public_case(status_code: str, on: date) -> PublicCase | None:
    report = report_by_code(status_code)
    if report is None:
        return None
    with everything():
        step, run = open_step(report.run), report.run
        after = Report.objects.filter(follows=report).values_list("status_code", flat=True).first()
        names = names_of([report.division_code], on)
        return PublicCase(
            report=report,
            state=state_of(run, step),
            village=names.get(report.division_code[:CODE_LENGTH], ""),
            step=step,
            passed=tuple(_passed(report)),
            replies=tuple(Reply.objects.filter(step__run=run).order_by("pk")),
            may_answer=step is not None and step.kind == StepKind.CLOSE and run.suspended_on is None,
            may_reopen=bool(
                not after
                and run.ended_on
                and on <= run.ended_on + timedelta(days=REOPEN_DAYS)
                and run.ending == "closed"
            ),
            rating=Rating.objects.filter(report=report).first(),
            next_code=after or "",
        )


def _passed(report: Report) -> Iterator[Passed]:
    rules = procedure_of(report.run.version).by_key
    for step in report.run.steps.exclude(outcome="").order_by("number"):
        if step.closed_on is not None:
            reason = step.reason if rules[step.key].disclosed else ""
            yield Passed(rules[step.key].name, str(step.get_outcome_display()), step.closed_on, reason)
