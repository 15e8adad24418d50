"""What hangs on the board, since when and until when; what is owed there. Nothing here reads who objected to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from redhouse.ground.access.reach import everything
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import Bound, Mark, StepKind, Unit
from redhouse.ground.process.models import ProcedureVersion, RunStep
from redhouse.ground.process.procedure import Clause, Clock
from redhouse.ground.process.queries import ends_on, open_steps, procedure_of, step_rule
from redhouse.ground.process.queries.versions import MOVES
from redhouse.work.decisions.enums import (
    AFFAIRS_DAYS,
    AFFAIRS_LAW_FROM,
    OBJECTION_DAYS,
    PUBLICITY_OF,
    Phase,
    PublicityKind,
)
from redhouse.work.decisions.models import Matter, Objection, Posting, Publicity

DAY = timedelta(days=1)


def kind_of(step: RunStep) -> PublicityKind:
    return PUBLICITY_OF.get(StepKind(step.kind), PublicityKind.AFFAIRS)


def clock_of(step: RunStep, on: date) -> Clock:
    """How long a sheet of this step hangs: by the matter's own version, else what its day's law says of village
    affairs, and before that our own choice, said to be such."""
    clocks = [clock for clock in step_rule(step).clocks if clock.bound == Bound.AT_LEAST]
    if clocks and StepKind(step.kind) in PUBLICITY_OF:
        return max(clocks, key=lambda clock: clock.count)
    if on >= AFFAIRS_LAW_FROM:
        clause = Clause("《村民委员会组织法》（2025年修正）第35条", Mark.SOURCED)
    else:
        clause = Clause("当时的法律没有规定公示天数，按15日", Mark.CHOSEN)
    return Clock(AFFAIRS_DAYS, Unit.DAY, Bound.AT_LEAST, step.key, clause)


def answer_days(version: ProcedureVersion) -> int:
    """Days within which an objection is answered: as the version says, else our own choice."""
    steps = [step for step in procedure_of(version).steps if step.kind == StepKind.OBJECTION]
    clocks = [clock for step in steps for clock in step.clocks if clock.bound == Bound.AT_MOST]
    return min((clock.count for clock in clocks if clock.unit == Unit.DAY), default=OBJECTION_DAYS)


@dataclass(frozen=True)
class Sheet:
    """One sheet with its evidence. `since` is the day from which its period counts: its own posting, or that of the
    sheet it amends where the change is not material."""

    publicity: Publicity
    start: Posting | None
    end: Posting | None
    since: date | None
    last_on: date | None
    amended: bool

    @property
    def state(self) -> str:
        """draft, amended, hanging, or over (with evidence)."""
        if self.amended:
            return "amended"
        return "over" if self.end else "hanging" if self.start else "draft"

    def days_left(self, on: date) -> int | None:
        """Days of the period still to come; 0 on its last day, negative when it is over."""
        return None if self.last_on is None else (self.last_on - on).days

    def period_over(self, on: date) -> bool:
        return self.last_on is not None and on > self.last_on


def sheets_of(matter: Matter) -> list[Sheet]:
    """Every sheet of the matter in the order in which it was made; two queries."""
    rows = list(
        matter.publicities.select_related("run_step__run__version", "paper").prefetch_related("postings").order_by("pk")
    )
    return _sheets(rows)


def sheets_of_step(step: RunStep) -> list[Sheet]:
    rows = Publicity.objects.filter(run_step=step).select_related("run_step__run__version", "paper")
    return _sheets(rows.prefetch_related("postings").order_by("pk"))


def current_sheet(step: RunStep) -> Sheet | None:
    """The sheet of this step that no other amends; for steps with several, the newest."""
    return next((sheet for sheet in reversed(sheets_of_step(step)) if not sheet.amended), None)


def _sheets(rows: Iterable[Publicity]) -> list[Sheet]:
    rows = list(rows)
    amended = {row.amends_id for row in rows if row.amends_id}
    since: dict[int, date | None] = {}
    sheets = []
    for row in rows:
        taken = {posting.phase: posting for posting in row.postings.all()}
        start = taken.get(Phase.START)
        own = start.seen_on if start else None
        begun = since.get(row.amends_id or 0)
        since[row.pk] = own if row.is_material or begun is None else (begun if own else None)
        counted = since[row.pk]
        last = ends_on(clock_of(row.run_step, counted), counted) if counted else None
        sheets.append(Sheet(row, start, taken.get(Phase.END), counted, last, row.pk in amended))
    return sheets


def unanswered_objections(matter_id: int) -> list[Objection]:
    """Whoever asks: a step waits for all of them."""
    with everything():
        return list(Objection.objects.filter(matter=matter_id, answered_on__isnull=True).order_by("number"))


def upheld_objections(matter_id: int, since: date) -> int:
    with everything():
        return Objection.objects.filter(matter=matter_id, is_upheld=True, answered_on__gte=since).count()


def late_objections(prefixes: list[str], on: date) -> QuerySet[Objection]:
    """Objections whose time to answer is over, inside `prefixes`."""
    rows = Objection.objects.filter(within(prefixes), answered_on__isnull=True, due_on__lt=on)
    return rows.select_related("matter").order_by("due_on", "pk")


@dataclass(frozen=True)
class Due:
    """Something that has to be put up, or taken down with evidence: by when, and whether that is over."""

    matter: Matter
    step: RunStep
    what: str  # post, end
    due_on: date
    sheet: Sheet | None

    def is_late(self, on: date) -> bool:
        return on > self.due_on


def disclosure_due(prefixes: list[str], on: date) -> list[Due]:
    """Sheets owed inside `prefixes`, the oldest debt first: publicity steps that are open and hang nowhere, and
    sheets whose period is over without evidence of it. Six queries, however many matters there are."""
    near = within(prefixes, "run__division_code")
    waiting = open_steps().filter(near, kind__in=list(PUBLICITY_OF), run__suspended_on__isnull=True)
    steps = list(waiting.select_related("run__matter"))
    sheets = _standing([*steps, *unended_steps().filter(near)])
    of_step = {sheet.publicity.run_step_id: sheet for sheet in sheets}
    due = [
        Due(step.run.matter, step, "post", step.due_on or step.opened_on, of_step.get(step.pk))
        for step in steps
        if step.pk not in of_step or of_step[step.pk].start is None
    ]
    return sorted((*due, *_over(sheets, on)), key=lambda one: (one.due_on, one.step.pk))


def unended_steps() -> QuerySet[RunStep]:
    """Steps with a sheet that was posted, and of which nothing shows that it hung to its end."""
    ended = Posting.objects.filter(publicity=OuterRef("pk"), phase=Phase.END)
    hanging = Publicity.objects.filter(~Exists(ended), amended_by__isnull=True, postings__phase=Phase.START)
    rows = RunStep.objects.filter(pk__in=hanging.values("run_step"))
    return rows.select_related("run__version", "run__host")


def ends_due(steps: Iterable[RunStep], on: date) -> list[Due]:
    """Of these steps the sheets whose period was over before `on`, with no evidence of its end."""
    return _over(_standing(steps), on)


def _over(sheets: Iterable[Sheet], on: date) -> list[Due]:
    return [
        Due(sheet.publicity.matter, sheet.publicity.run_step, "end", sheet.last_on + DAY, sheet)
        for sheet in sheets
        if sheet.start and not sheet.end and sheet.last_on is not None and on > sheet.last_on
    ]


def _standing(steps: Iterable[RunStep]) -> list[Sheet]:
    """The sheets of these steps that no other amends; three queries, however many there are."""
    of_key = {step.pk: step for step in steps}
    prefetch_related_objects([step.run for step in of_key.values()], MOVES)
    rows = Publicity.objects.filter(run_step__in=of_key).select_related("matter", "paper").prefetch_related("postings")
    found = list(rows.order_by("pk"))
    for row in found:
        row.run_step = of_key[row.run_step_id]
    return [sheet for sheet in _sheets(found) if not sheet.amended]
