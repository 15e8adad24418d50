"""What a town may add to the list, as the form asks for it: notes, longer clocks, stricter thresholds, extra papers,
one more step. The result is a text like any other: read, held against the law, proved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import OPTIONAL, OUTCOMES, Bound, Mark, Outcome, Role, StepKind, Unit
from redhouse.ground.process.procedure.reading import read_procedure
from redhouse.ground.process.procedure.shape import Clause, Clock, Procedure, Step
from redhouse.ground.process.procedure.statute import APART
from redhouse.ground.process.procedure.table import ProcedureError
from redhouse.ground.process.procedure.writing import write_procedure
from redhouse.kit.voting import Override
from redhouse.kit.voting.reading import threshold

# Another gate, or another look; who decides by law stays who it is.
ADDABLE = (StepKind.PARTY_INFORM, StepKind.PARTY_LEAD, StepKind.LEADER_REVIEW, StepKind.SUPERVISION_CHECK)

GOES_ON = frozenset(Outcome) - {
    Outcome.RETURNED, Outcome.CHANGED, Outcome.FAILED, Outcome.INQUORATE, Outcome.UPHELD, Outcome.WITHDRAWN,
    Outcome.MOVED,
}  # fmt: skip


@dataclass(frozen=True)
class ExtraStep:
    """One more gate right after the step `after`, where the matter goes on. `days` are working days within which it is
    owed; 0 for none."""

    after: str
    kind: StepKind
    zh: str
    en: str
    owed_by: Role
    days: int
    note: str


@dataclass(frozen=True)
class Additions:
    """By key of the step. `counts` are new lengths of clocks by their place in the step."""

    from_on: date
    notes: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    passing: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: ExtraStep | None = None


def added(base: Procedure, additions: Additions) -> str:
    """The text of `base` with the additions. Raises ProcedureError where one is no threshold or no step; whether it is
    weaker than the law, `edits` says."""
    steps = [_added(step, additions) for step in base.steps]
    if additions.extra is not None:
        steps = _with_extra(base, steps, additions.extra)
    text = write_procedure(replace(base, from_on=additions.from_on, until_on=base.until_on, steps=tuple(steps)))
    read_procedure(text, origin=_("镇增订的版本"))
    return text


def _added(step: Step, additions: Additions) -> Step:
    note, papers = additions.notes.get(step.key, ""), additions.papers.get(step.key, ())
    clocks = tuple(
        replace(clock, count=additions.counts.get((step.key, place), clock.count))
        for place, clock in enumerate(step.clocks)
    )
    changes: dict[str, object] = {"clocks": clocks, "evidence": tuple(dict.fromkeys((*step.evidence, *papers)))}
    if note:
        changes["clauses"] = (*step.clauses, Clause(note, Mark.CHOSEN))
    if additions.passing.get(step.key):
        changes["stricter"] = _stricter(step, additions.passing[step.key])
    return replace(step, **changes)  # type: ignore[arg-type]


def _stricter(step: Step, text: str) -> Override:
    try:
        passing = tuple(threshold(part.strip()) for part in text.replace("；", ";").split(";") if part.strip())
    except ValueError:
        raise ProcedureError(
            _("“%(step)s”的门槛“%(text)s”读不懂：请写成 for >= 3/4 electors 这样") % {"step": step.name, "text": text}
        ) from None
    quorum = step.stricter.quorum if step.stricter else None
    return Override(source=step.key, quorum=quorum, passing=passing)


def _with_extra(base: Procedure, steps: list[Step], extra: ExtraStep) -> list[Step]:
    here = base.by_key.get(extra.after)
    if here is None or not here.is_human:
        raise ProcedureError(_("请选新步骤接在哪一步之后"))
    onward = next((way for way in here.outcomes() if way in GOES_ON), None)
    if onward is None:
        raise ProcedureError(_("“%(step)s”之后不能加步骤") % {"step": here.name})
    key = next(name for n in range(1, 100) if (name := f"town_{n}") not in base.by_key)
    new = _new_step(base, key, extra, here.next[onward])
    place = next(n for n, step in enumerate(steps) if step.key == here.key)
    steps[place] = replace(steps[place], next=MappingProxyType({**here.next, str(onward): key}))
    return [*steps[: place + 1], new, *steps[place + 1 :]]


def _must_be_apart(one: StepKind, other: StepKind) -> bool:
    return (one, other) in APART or (other, one) in APART


def _new_step(base: Procedure, key: str, extra: ExtraStep, target: str) -> Step:
    clause = Clause(extra.note, Mark.CHOSEN)
    ways = {
        str(way): target if way in GOES_ON else base.first.key for way in OUTCOMES[extra.kind] if way not in OPTIONAL
    }
    clock = Clock(extra.days, Unit.WORKING_DAY, Bound.AT_MOST, key, clause)
    return Step(
        key=key,
        kind=extra.kind,
        zh=extra.zh,
        en=extra.en,
        owed_by=(extra.owed_by,),
        clauses=(clause,),
        clocks=(clock,) if extra.days else (),
        apart_from=tuple(step.key for step in base.steps if _must_be_apart(step.kind, extra.kind)),
        disclosed=True,
        next=MappingProxyType(ways),
    )
