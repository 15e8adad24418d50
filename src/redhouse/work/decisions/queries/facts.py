"""The record of one matter: its facts, each with its sentence and its place in the public log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger.facts import kind_named
from redhouse.ground.ledger.models import Entry, Fact
from redhouse.ground.process import facts as process
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.queries import procedure_of
from redhouse.work.decisions import facts
from redhouse.work.decisions.enums import ObjectionChannel, PublicityKind, UnpaidReason
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.stages import names_of

OF_RUNS = (
    process.RUN_OPENED,
    process.STEP_CLOSED,
    process.RUN_SUSPENDED,
    process.RUN_RESUMED,
    process.RUN_MOVED,
    facts.PUBLICITY_POSTED,
    facts.PUBLICITY_AMENDED,
    facts.PUBLICITY_ENDED,
    facts.OBJECTION_RAISED,
    facts.OBJECTION_ANSWERED,
    facts.MATTER_ARCHIVED,
    facts.BUNDLE_SEALED,
)
OF_MATTERS = (
    facts.MATTER_OPENED,
    facts.MATTER_AMENDED,
    facts.MEMBERS_INFORMED,
    facts.MATTER_EXPLAINED,
    facts.OPINION_RECORDED,
    facts.OPINION_ANSWERED,
    facts.SUPERVISORS_CHECKED,
    facts.SHARES_QUESTIONED,
    facts.SHARES_QUESTION_ANSWERED,
    facts.REGISTER_FROZEN,
    facts.DISTRIBUTION_PROPOSED,
    facts.PAYMENTS_RECORDED,
    facts.UNPAID_NOTED,
)

# labels that are words of a list
WORDS = {
    str(value): name for choices in (PublicityKind, ObjectionChannel, UnpaidReason) for value, name in choices.choices
} | {"upheld": gettext_lazy("成立"), "explained": gettext_lazy("不成立")}


FOLDED_FROM = 3  # neighbours that say the same of one day


@dataclass(frozen=True)
class Told:
    """One fact as a sentence, and the same without who did it; `position` is its leaf in the public log, None until
    the log is signed again."""

    fact_id: int
    on: date
    sentence: str
    deed: str
    position: int | None


@dataclass(frozen=True)
class Line:
    """A fact of the record, or neighbours of one day that differ in nothing but who did it and where."""

    facts: tuple[Told, ...]

    @property
    def first(self) -> Told:
        return self.facts[0]

    @property
    def last(self) -> Told:
        return self.facts[-1]


def record_of(matter: Matter, names: Mapping[int, str] | None = None) -> list[Line]:
    """The facts of a matter, oldest first; a hundred doors of one day are one line that opens. `names` of people that
    whoever asks has read."""
    lines: list[Line] = []
    for _same, found in groupby(facts_of_run(matter, names or {}), key=lambda fact: (fact.on, fact.deed)):
        same = tuple(found)
        lines += [Line(same)] if len(same) >= FOLDED_FROM else [Line((fact,)) for fact in same]
    return lines


def facts_of_run(matter: Matter, names: Mapping[int, str]) -> list[Told]:
    """Oldest first; two queries, and one for names that are not among those given."""
    rows = list(
        Fact.objects.filter(
            Q(kind__in=OF_RUNS, subject_id=matter.run_id) | Q(kind__in=OF_MATTERS, subject_id=matter.pk)
        ).order_by("fact_id")
    )
    places = dict(Entry.objects.filter(fact_id__in=[row.fact_id for row in rows]).values_list("fact_id", "position"))
    names = {**names, **names_of({row.actor_id for row in rows if row.actor_id} - names.keys())}
    steps = {step.key: step.name for step in procedure_of(matter.run.version).steps}

    def say(row: Fact, actor: str) -> str:
        return str(kind_named(row.kind).sentence).format(
            actor=actor,
            subject=matter.title,
            object=_("一户") if row.kind == facts.MATTER_EXPLAINED else "",
            quantity=row.quantity,
            label=_step(row.label, steps) or WORDS.get(row.label, row.label),
        )

    return [
        Told(
            fact_id=row.fact_id,
            on=row.happened_on,
            sentence=say(row, names.get(row.actor_id or 0, "")),
            deed=say(row, ""),
            position=places.get(row.fact_id),
        )
        for row in rows
    ]


def _step(label: str, steps: dict[str, str]) -> str:
    """The step that a label such as `P07.vote.passed` speaks of, and how it ended; empty for any other label."""
    _code, key, outcome = (*label.split("."), "", "")[:3]
    if key not in steps:
        return ""
    ended = str(Outcome(outcome).label) if outcome in Outcome.values else ""
    return "，".join(filter(None, (str(steps[key]), ended)))
