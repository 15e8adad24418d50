"""What a step still needs before it may close. Rooms add what only they know, by kind of step; nothing closes a step
around them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.process.enums import BACKWARD, Outcome, StepKind, Unit
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries.days import waiting_for
from redhouse.ground.process.queries.versions import procedure_of


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way: in a sentence, owed by whom, and how it is mended."""

    sentence: str
    owed_by: str = ""
    mend: str = ""

    def __str__(self) -> str:
        return self.sentence


Contributor = Callable[[RunStep, str, date], Iterable[Missing]]
_contributors: dict[str, list[Contributor]] = defaultdict(list)


def missing_before(*kinds: StepKind) -> Callable[[Contributor], Contributor]:
    """Declare in a room's `rules` what steps of these kinds need besides: asked with (step, outcome, on)."""

    def declared(contributor: Contributor) -> Contributor:
        for kind in kinds:
            if contributor not in _contributors[kind]:
                _contributors[kind].append(contributor)
        return contributor

    return declared


def missing_before_closing(step: RunStep, outcome: str, on: date) -> list[Missing]:
    """Why the open step cannot close with `outcome` on `on`; empty means it can. An outcome that leads back waits for
    neither clocks nor papers; and nothing depends on who asks, so the wall is opened once for all of it."""
    missing = list(_out_of_order(step, outcome, on))
    with everything():
        if outcome not in BACKWARD:
            missing += [*_clocks(step, on), *_papers(step)]
        for contributor in _contributors[step.kind]:
            missing += contributor(step, outcome, on)
    return missing


def _out_of_order(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    run, rule = step.run, procedure_of(step.run.version).by_key[step.key]
    if outcome not in rule.outcomes():
        label = Outcome(outcome).label if outcome in Outcome.values else outcome
        yield Missing(_("“%(step)s”不能以“%(outcome)s”办结") % {"step": rule.name, "outcome": label})
    if run.suspended_on is not None:
        yield Missing(_("事项自%(day)s起中止，恢复后再办") % {"day": run.suspended_on}, mend=_("先恢复事项"))
    if on < step.opened_on:
        yield Missing(_("这一步%(day)s才开始，不能在此之前办结") % {"day": step.opened_on})


def _clocks(step: RunStep, on: date) -> Iterable[Missing]:
    names = procedure_of(step.run.version).by_key
    for waiting in waiting_for(step):
        if on <= waiting.last_on:
            yield Missing(
                _("“%(step)s”的期限未满：%(clause)s，不少于%(count)s%(unit)s，至%(last)s止，%(from)s起可以办结")
                % {
                    "step": names[waiting.step.key].name,
                    "clause": waiting.clock.clause.text,
                    "count": waiting.clock.count,
                    "unit": Unit(waiting.clock.unit).label,
                    "last": waiting.last_on,
                    "from": waiting.matures_on,
                }
            )


def _papers(step: RunStep) -> Iterable[Missing]:
    rule = procedure_of(step.run.version).by_key[step.key]
    if not rule.evidence:
        return
    read = getattr(step, "_prefetched_objects_cache", {}).get("papers")  # a page has them with the step
    filed = {entry.paper.kind for entry in (step.papers.select_related("paper") if read is None else read)}
    owing = "、".join(str(role.label) for role in rule.owed_by)
    for kind in rule.evidence:
        if kind not in filed:
            yield Missing(
                _("“%(step)s”还没有归入%(paper)s") % {"step": rule.name, "paper": PaperKind(kind).label}, owing
            )
