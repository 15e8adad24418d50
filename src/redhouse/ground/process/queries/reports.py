"""Reads of reports and of the types by which they are sorted. Whoever reads one asks for it with reach; the public
asks by its code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.process.enums import Bound, Ending, Mark, Outcome, ReportOrigin, StepKind, Unit
from redhouse.ground.process.models import CaseType, Report, Run, RunStep
from redhouse.ground.process.procedure import Clause, Clock
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.kit.divisions import CODE_LENGTH, town_of

# Who answers for what is reported in a village, or in the town itself.
HOSTS = (
    BodyKind.VILLAGE_COMMITTEE,
    BodyKind.RESIDENTS_COMMITTEE,
    BodyKind.TOWN_OFFICE,
    BodyKind.PARTY_COMMITTEE,
    BodyKind.PARTY_GENERAL_BRANCH,
)


@dataclass(frozen=True)
class Reported:
    """A report as others show it: its run, the step that is open (None when it is over), and its state in words."""

    report: Report
    step: RunStep | None
    state: str

    @property
    def due_on(self) -> date | None:
        return self.step.due_on if self.step else None


def reported(reports: QuerySet[Report]) -> list[Reported]:
    """The same two queries, however many."""
    opens = Prefetch("run__steps", RunStep.objects.filter(outcome=""))
    found = []
    for report in reports.select_related("run__version", "type").defer("name", "phone").prefetch_related(opens):
        step = next(iter(report.run.steps.all()), None)
        if step is not None:
            step.run = report.run
        found.append(Reported(report, step, state_of(report.run, step)))
    return found


def reported_at(steps: Iterable[RunStep]) -> list[Reported]:
    """What is reported of the runs that wait at these steps, in their order; one query."""
    opened = {step.run_id: step for step in steps}
    reports = {row.run_id: row for row in Report.objects.filter(run__in=opened).defer("name", "phone")}
    return [
        Reported(reports[run_id], step, state_of(step.run, step))
        for run_id, step in opened.items()
        if run_id in reports
    ]


def reports_from(facts: Iterable[Fact | int]) -> list[Reported]:
    """What was reported from these facts (visits, inspections), in the order of reporting."""
    keys = [fact if isinstance(fact, int) else fact.pk for fact in facts]
    return reported(Report.objects.filter(origin_fact__in=keys).order_by("pk"))


def contacts_kept_since(ended_on: date) -> QuerySet[Report]:
    """Reports whose case ended by that day and that still say how to reach a resident; who acted in office stays."""
    kept = ~Q(name=b"") | ~Q(phone=b"") | Q(reporter__isnull=False, origin=ReportOrigin.RESIDENT)
    rows = Report.objects.filter(kept, erased_on__isnull=True, run__ended_on__lte=ended_on)
    return rows.defer("name", "phone").order_by("pk")


def state_of(run: Run, step: RunStep | None) -> str:
    """Where it stands, in words for everybody."""
    if run.suspended_on is not None:
        return _("已中止")
    if step is None:
        return str(Ending(run.ending).label)
    return _("待%(step)s") % {"step": procedure_of(run.version).by_key[step.key].name}


def report_by_code(status_code: str) -> Report | None:
    """The report that somebody without an account follows; never its reporter."""
    with everything():
        found = Report.objects.filter(status_code=status_code.strip().upper()).defer("name", "phone")
        report: Report | None = found.select_related("run__version", "type").first()
    return report


def types_of(code: str, on: date) -> QuerySet[CaseType]:
    """The types of problems that the procedure takes on that day."""
    return CaseType.objects.as_of(on).filter(code=code).order_by("type_code")


def type_of(run: Run) -> CaseType | None:
    """The type under which the case was reported, if it has one."""
    with everything():
        row: CaseType | None = CaseType.objects.filter(reports__run=run).first()
    return row


def type_limit(run: Run) -> list[Clock]:
    """The limit for handling that the type of a case sets, as a clock; none where it has no type."""
    row = type_of(run)
    if row is None:
        return []
    clause = Clause(_("事件类型“%(type)s”的处置时限") % {"type": row.name}, Mark.CHOSEN)
    return [Clock(row.limit_value, Unit(row.limit_unit), Bound.AT_MOST, "", clause)]


def bounces(run: Run) -> int:
    """How often whoever should have handled it sent it back, or refused what was escalated to them."""
    return run.steps.filter(outcome=Outcome.RETURNED, kind__in=(StepKind.HANDLE, StepKind.DISPATCH)).count()


def host_of(division_code: str, on: date) -> Body | None:
    """Which body answers for a case there: the committee of the village, else whoever stands there, else the town."""
    for code in (division_code[:CODE_LENGTH], town_of(division_code)):
        bodies = list(Body.objects.as_of(on).filter(division_code=code, kind__in=HOSTS).order_by("pk"))
        if bodies:
            first: Body = min(bodies, key=lambda body: HOSTS.index(BodyKind(body.kind)))
            return first
    return None
