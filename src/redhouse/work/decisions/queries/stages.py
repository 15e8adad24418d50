"""A matter's way as the page tells it: what was done, what is open, what is ahead if all goes well."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.reach import everything
from redhouse.ground.papers.models import Paper, PaperVersion
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import MatterFact, Outcome, StepKind
from redhouse.ground.process.models import ProcedureVersion, Run, RunStep, StepPaper
from redhouse.ground.process.procedure import Procedure, Step
from redhouse.ground.process.queries import procedure_of, step_rule

# The words above the rail: where a group of stages begins.
GROUPS: dict[StepKind, str | Promise] = {
    StepKind.DRAFT: _("提出"),
    StepKind.PARTY_INFORM: _("党组织前置"),
    StepKind.PARTY_DELIBERATE: _("党组织前置"),
    StepKind.PARTY_LEAD: _("党组织前置"),
    StepKind.LEADER_REVIEW: _("党组织前置"),
    StepKind.SUPERVISION_CHECK: _("监督"),
    StepKind.PRE_PUBLICITY: _("公开与通知"),
    StepKind.NOTICE: _("公开与通知"),
    StepKind.VOTE: _("法定表决"),
    StepKind.APPROVAL: _("报批"),
    StepKind.DECISION_PUBLICITY: _("公开与异议"),
    StepKind.OBJECTION: _("公开与异议"),
    StepKind.EXECUTE: _("执行"),
    StepKind.RESULT_PUBLICITY: _("结果与归档"),
    StepKind.ARCHIVE: _("结果与归档"),
}
# The outcome by which a matter goes on.
ONWARD = {
    StepKind.DRAFT: Outcome.SUBMITTED,
    StepKind.PARTY_INFORM: Outcome.INFORMED,
    StepKind.PARTY_DELIBERATE: Outcome.AGREED,
    StepKind.PARTY_LEAD: Outcome.LED,
    StepKind.LEADER_REVIEW: Outcome.PASSED,
    StepKind.SUPERVISION_CHECK: Outcome.CHECKED,
    StepKind.PRE_PUBLICITY: Outcome.POSTED,
    StepKind.NOTICE: Outcome.NOTIFIED,
    StepKind.VOTE: Outcome.PASSED,
    StepKind.APPROVAL: Outcome.PASSED,
    StepKind.DECISION_PUBLICITY: Outcome.POSTED,
    StepKind.OBJECTION: Outcome.SETTLED,
    StepKind.EXECUTE: Outcome.EXECUTED,
    StepKind.RESULT_PUBLICITY: Outcome.POSTED,
    StepKind.ARCHIVE: Outcome.ARCHIVED,
}


@dataclass(frozen=True)
class Filed:
    """A paper of a step and the number of its newest version."""

    paper: Paper
    newest: int

    @property
    def versions(self) -> list[PaperVersion]:
        """From the first to the newest."""
        return sorted(self.paper.versions.all(), key=lambda version: version.version_no)

    @property
    def latest(self) -> PaperVersion:
        return self.versions[-1]


@dataclass(frozen=True)
class Stage:
    """One step on the rail. `state` is done, back (closed with a step back or an end), now or todo."""

    step: Step
    state: str
    group: str | Promise
    begins_group: bool
    number: int
    row: RunStep | None = None
    who: str = ""
    papers: tuple[Filed, ...] = ()

    @property
    def outcome(self) -> str | Promise:
        """How it was closed, in words; empty while it is not."""
        return Outcome(self.row.outcome).label if self.row and self.row.outcome else ""

    @property
    def printed(self) -> tuple[object, ...]:
        """All that the rail prints of it beyond what the version of the procedure says."""
        row = (self.row.outcome, self.row.reason, str(self.row.closed_on)) if self.row else ()
        papers = [(filed.paper.pk, filed.paper.title, filed.newest) for filed in self.papers]
        return (self.step.key, self.state, self.number, row, self.who, papers)


def ahead(procedure: Procedure, key: str, facts: Mapping[MatterFact, str]) -> list[Step]:
    """The steps after `key` up to the archive, if each closes with the outcome that goes on."""
    steps: list[Step] = []
    step = procedure.by_key[key]
    while step.kind != StepKind.END and len(steps) < len(procedure.steps):
        step = procedure.after(step.key, ONWARD[step.kind], facts)
        if step.kind != StepKind.END:
            steps.append(step)
    return steps


def typed(run: Run) -> dict[MatterFact, str]:
    """What the ways of this run part by, as it was stated when the matter was opened or moved."""
    return {MatterFact(fact): value for fact, value in run.facts.items()}


def steps_read(run: Run) -> list[RunStep]:
    """Every step of the run in order, with its tally and its papers, in two queries; they stay on the run."""
    rows = RunStep.objects.select_related("tally").order_by("number")
    papers = StepPaper.objects.select_related("paper").order_by("pk")
    papers = papers.annotate(newest=Max("paper__versions__version_no"))
    prefetch_related_objects([run], Prefetch("steps", rows), Prefetch("steps__papers", papers))
    return list(run.steps.all())


def with_versions(rows: list[RunStep]) -> list[RunStep]:
    """The same steps with all versions of their papers; one query."""
    prefetch_related_objects(rows, "papers__paper__versions")
    return rows


def stages(run: Run, rows: Iterable[RunStep], names: Mapping[int, str]) -> list[Stage]:
    """The rail of a run: every step that was taken, in order, the open one, and those ahead. `names` are those of
    whoever closed one."""
    procedure, facts = procedure_of(run.version), typed(run)
    rows = list(rows)
    moved = any(row.outcome == Outcome.MOVED for row in rows)  # rare: an older step may be of a version that was left
    taken = [(step_rule(row), row) if moved else (procedure.by_key[row.key], row) for row in rows]
    last = rows[-1] if rows else None
    to_come = ahead(procedure, last.key, facts) if last is not None and not last.outcome else []
    shown: list[Stage] = []
    before: str | Promise = ""
    for number, (step, row) in enumerate([*taken, *((step, None) for step in to_come)], start=1):
        group = GROUPS[step.kind]
        shown.append(
            Stage(
                step=step,
                state=_state(step, row),
                group=group,
                begins_group=str(group) != str(before),
                number=number,
                row=row,
                who=names.get(row.closed_by_id or 0, "") if row else "",
                papers=filed_with(row) if row else (),
            )
        )
        before = group
    return shown


def filed_with(row: RunStep) -> tuple[Filed, ...]:
    """The papers of a step that was read by `steps_read`; those without a file are left out."""
    entries: Iterable[Any] = row.papers.all()  # each with its `newest`
    return tuple(Filed(entry.paper, entry.newest) for entry in entries if entry.newest)


def _state(step: Step, row: RunStep | None) -> str:
    if row is None:
        return "todo"
    if not row.outcome:
        return "now"
    return "done" if row.outcome == ONWARD[step.kind] else "back"


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Names of those who acted in office, wherever the reader stands: posts are public."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    with everything():
        return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def names_of_steps(version: ProcedureVersion) -> dict[str, str]:
    return {step.key: step.name for step in procedure_of(version).steps}
