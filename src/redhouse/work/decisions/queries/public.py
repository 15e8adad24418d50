"""Matters as strangers read them: where they stand, by which clause, how the vote came out, what hung where. Nobody's
name is read: no query here touches a table of people, nor that of objections, which are counted from facts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.papers.models import PaperVersion
from redhouse.ground.places.enums import DivisionKind
from redhouse.ground.places.models import Division
from redhouse.ground.process import facts as process
from redhouse.ground.process.enums import BACKWARD, Ending, MatterFact, StepKind
from redhouse.ground.process.models import Run, RunStep
from redhouse.ground.process.procedure import Procedure, Step
from redhouse.ground.process.queries import procedure_of, step_rule
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.work.decisions import facts
from redhouse.work.decisions.enums import Phase
from redhouse.work.decisions.models import Matter, MatterArchive, Posting, Publicity
from redhouse.work.decisions.queries.disclosure import Sheet, answer_days, sheets_of
from redhouse.work.decisions.queries.money_page import Totals, totals_of
from redhouse.work.decisions.queries.openness import OF_SHEET
from redhouse.work.decisions.queries.stages import ahead

VOTES = {"for": _("赞成"), "against": _("反对"), "abstain": _("弃权")}


@dataclass(frozen=True)
class Line:
    """A matter in a list: how many of its stages are behind it, and the open one."""

    matter: Matter
    power: str
    step: RunStep | None
    step_name: str
    place: int
    total: int

    @property
    def ticks(self) -> list[str]:
        done = self.total if self.matter.run.ending == Ending.ARCHIVED else self.place - 1
        return ["d"] * done + ["n"] * (self.step is not None) + [""] * (self.total - done - (self.step is not None))


@dataclass(frozen=True)
class Tile:
    """A village: matters that run, sheets that hang."""

    code: str
    name: str
    running: int
    hanging: int


def town() -> Division | None:
    return Division.objects.filter(kind=DivisionKind.TOWN).order_by("code").first()


def villages(on: date) -> list[Tile]:
    """Every village and community with its counts; three queries."""
    code = Substr("division_code", 1, CODE_LENGTH)
    running = Run.objects.filter(ending="", matter__isnull=False).annotate(village=code).values_list("village")
    counts = dict(running.annotate(n=Count("pk")).order_by())
    up = hanging(on).annotate(village=Substr("matter__division_code", 1, CODE_LENGTH)).values_list("village")
    sheets = dict(up.annotate(n=Count("pk", distinct=True)).order_by())
    places = Division.objects.as_of(on).filter(kind__in=[DivisionKind.VILLAGE, DivisionKind.COMMUNITY])
    return [
        Tile(one.code, one.name, counts.get(one.code, 0), sheets.get(one.code, 0)) for one in places.order_by("code")
    ]


def hanging(on: date) -> QuerySet[Publicity]:
    """Sheets that hang on a board today."""
    started = Posting.objects.filter(publicity=OuterRef("pk"), phase=Phase.START, seen_on__lte=on)
    return Publicity.objects.filter(Exists(started), last_on__gte=on, amended_by__isnull=True)


def posted() -> QuerySet[Publicity]:
    """Every sheet that ever hung, newest first: the public sees it as it was printed."""
    started = Posting.objects.filter(publicity=OuterRef("pk"), phase=Phase.START)
    return Publicity.objects.filter(Exists(started)).select_related(*OF_SHEET).order_by("-from_on", "-pk")


def poster(code: str) -> Publicity | None:
    """Also one that was printed and does not hang yet: whoever holds the paper may check it."""
    return Publicity.objects.filter(code=code.upper()).select_related(*OF_SHEET).first()


def matters(*, village: str = "", stage: str = "", power: str = "", q: str = "") -> QuerySet[Matter]:
    """Matters of the town, those that run first; each filter may be empty."""
    rows = Matter.objects.select_related("run__version", "run__host")
    if village:
        rows = rows.filter(division_code__startswith=village)
    if stage == "ended":
        rows = rows.exclude(run__ending="")
    elif stage:
        rows = rows.filter(Exists(RunStep.objects.filter(run=OuterRef("run"), outcome="", kind=stage)))
    if power:
        rows = rows.filter(run__version__code=power)
    if q:
        codes = Division.objects.filter(name__contains=q).values_list("code", flat=True)
        near = Q(pk__in=())
        for code in codes[:40]:
            near |= Q(division_code__startswith=code)
        number = Q(publicities__paper__number__contains=q)
        rows = rows.filter(
            Q(title__contains=q) | Q(number__icontains=q) | Q(run__host__name__contains=q) | near | number
        )
    return rows.distinct().order_by(F("run__ended_on").desc(nulls_first=True), "-proposed_on", "-pk")


def lines(rows: Iterable[Matter]) -> list[Line]:
    """One query more, however many rows."""
    rows = list(rows)
    opened = {step.run_id: step for step in RunStep.objects.filter(run__in=[row.run_id for row in rows], outcome="")}
    found = []
    for row in rows:
        procedure, step = procedure_of(row.run.version), opened.get(row.run_id)
        way = [one.key for one in main_way(procedure, typed(row.run))]
        place = way.index(step.key) + 1 if step is not None and step.key in way else 1
        name = procedure.by_key[step.key].name if step is not None else ""
        found.append(Line(row, procedure.name, step, name, place, len(way)))
    return found


def main_way(procedure: Procedure, typed_facts: dict[MatterFact, str]) -> list[Step]:
    return [procedure.first, *ahead(procedure, procedure.first.key, typed_facts)]


def typed(run: Run) -> dict[MatterFact, str]:
    return {MatterFact(name): value for name, value in run.facts.items()}


@dataclass(frozen=True)
class Stage:
    """One stage as the public sees it; `fact` is where the log says so, `reason` why it led back."""

    number: int
    step: Step
    row: RunStep | None
    state: str  # done, back, now, todo
    reason: str = ""
    fact: int | None = None
    tally: Any = None

    @property
    def box(self) -> int | None:
        """The published box of the vote, which anyone may count again; a show of hands has none."""
        box = getattr(self.tally.meeting, "box", None) if self.tally is not None else None
        return box.pk if box is not None and box.paper_id else None

    @property
    def votes(self) -> list[tuple[str | Promise, int]]:
        """Ballots by choice, and nobody's choice."""
        counts = self.tally.counts if self.tally is not None else {}
        return [(name, counts[key]) for key, name in VOTES.items() if key in counts]


@dataclass(frozen=True)
class Objections:
    """How many there are, from facts alone."""

    raised: int
    answered: int
    upheld: int
    late: int

    @property
    def waiting(self) -> int:
        return self.raised - self.answered


@dataclass(frozen=True)
class Document:
    kind: str
    step: str
    on: date
    sha256: str
    version_no: int


@dataclass(frozen=True)
class Page:
    """Everything that the public page of one matter prints."""

    matter: Matter
    on: date
    stages: list[Stage]
    sheets: list[Sheet]
    objections: Objections
    documents: list[Document]
    facts: list[Fact]
    archive: MatterArchive | None
    archive_digest: str = ""
    convenings: list[Any] = field(default_factory=list)
    money: Totals | None = None

    @property
    def run(self) -> Run:
        return self.matter.run

    @cached_property
    def now(self) -> Stage | None:
        return next((stage for stage in self.stages if stage.state == "now"), None)

    @property
    def returned(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.state == "back"]


def page(matter_id: int, on: date) -> Page | None:
    """One matter; the same number of queries however long its way was."""
    matter = Matter.objects.filter(pk=matter_id).select_related("run__version", "run__host").first()
    if matter is None:
        return None
    run = matter.run
    rows = list(run.steps.select_related("tally__meeting__box").order_by("number"))
    said = list(Fact.objects.filter(kind__in=KINDS, subject_id=run.pk).order_by("fact_id"))
    archive = MatterArchive.objects.filter(matter=matter).select_related("bundle").first()
    digest = ""
    if archive is not None and archive.bundle_id is not None:
        digest = PaperVersion.objects.filter(paper=archive.bundle_id).values_list("sha256", flat=True)[0]
    return Page(
        matter=matter,
        on=on,
        stages=_stages(run, rows, said),
        sheets=[sheet for sheet in sheets_of(matter) if sheet.start is not None],
        objections=_objections(matter, said, on),
        documents=_documents(run),
        facts=said,
        archive=archive,
        archive_digest=digest,
        convenings=list(run.convenings.order_by("demanded_on", "pk")),
        money=totals_of(matter),
    )


KINDS = (
    process.RUN_OPENED, process.STEP_CLOSED, process.RUN_SUSPENDED, process.RUN_RESUMED, process.RUN_MOVED,
    process.CONVENING_DEMANDED, process.CONVENING_ESCALATED, facts.PUBLICITY_POSTED, facts.PUBLICITY_AMENDED,
    facts.PUBLICITY_ENDED, facts.OBJECTION_RAISED, facts.OBJECTION_ANSWERED, facts.MATTER_ARCHIVED,
)  # fmt: skip


def _stages(run: Run, rows: list[RunStep], said: list[Fact]) -> list[Stage]:
    closed = {fact.object_id: fact.pk for fact in said if fact.kind == process.STEP_CLOSED}
    procedure, shown = procedure_of(run.version), []
    for number, row in enumerate(rows, start=1):
        row.run = run
        rule = procedure.by_key.get(row.key) or step_rule(row)
        state = "now" if not row.outcome else "back" if row.outcome in BACKWARD else "done"
        reason = row.reason if row.outcome in BACKWARD else ""
        tally = getattr(row, "tally", None) if row.kind in {StepKind.VOTE, StepKind.PARTY_DELIBERATE} else None
        shown.append(Stage(number, rule, row, state, reason, closed.get(row.pk), tally))
    last = rows[-1] if rows else None
    if last is not None and not last.outcome:
        way = main_way(procedure, typed(run))
        keys = [step.key for step in way]
        ahead = way[keys.index(last.key) + 1 :] if last.key in keys else []
        shown += [Stage(len(rows) + n, step, None, "todo") for n, step in enumerate(ahead, start=1)]
    return shown


def _objections(matter: Matter, said: list[Fact], on: date) -> Objections:
    answered = {fact.object_id: fact.label for fact in said if fact.kind == facts.OBJECTION_ANSWERED}
    raised = [fact for fact in said if fact.kind == facts.OBJECTION_RAISED]
    days = timedelta(days=answer_days(matter.run.version))
    late = [fact for fact in raised if fact.object_id not in answered and on > fact.happened_on + days]
    upheld = sum(label == "upheld" for label in answered.values())
    return Objections(len(raised), len(answered), upheld, len(late))


def _documents(run: Run) -> list[Document]:
    """What was filed at which step: kind, day and digest, so that a copy in hand can be checked. Titles stay inside,
    as they may name somebody."""
    versions = PaperVersion.objects.filter(paper__steps__step__run=run).exclude(paper__kind=PaperKind.PUBLICITY)
    keys: dict[int, str] = defaultdict(str)
    procedure = procedure_of(run.version)
    for paper_id, key in versions.values_list("paper_id", "paper__steps__step__key").distinct():
        keys[paper_id] = procedure.by_key[key].name if key in procedure.by_key else ""
    rows = versions.select_related("paper").distinct().order_by("created_at", "pk")
    return [
        Document(row.paper.get_kind_display(), keys[row.paper_id], row.created_at.date(), row.sha256, row.version_no)
        for row in rows
    ]
