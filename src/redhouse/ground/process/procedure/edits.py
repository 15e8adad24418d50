"""What a town may do to a version of the law: add. Where its own version is weaker, this says where and by which
clause."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import Bound, Unit
from redhouse.ground.process.procedure.shape import Clock, Procedure, Step


def weaker_than(base: Procedure, edited: Procedure) -> list[str]:
    """Everything that `base` asks and `edited` does not, in sentences with the clause; empty where it only adds.

    Steps may be put in between, clocks that keep others waiting may grow, clocks of those who owe may shrink, papers,
    separations, notes and stricter thresholds may be added. Whether the result is safe, the proofs say.
    """
    return [
        _("%(what)s（依据：%(clause)s）") % {"what": what, "clause": clause} for what, clause in _weaker(base, edited)
    ]


def _weaker(base: Procedure, edited: Procedure) -> Iterator[tuple[str, str]]:
    if edited.code != base.code or edited.from_on < base.from_on:
        yield _("事权或生效日期与所依据的版本不合"), _cite(base.steps[0], base)
    for step in base.steps:
        own = edited.by_key.get(step.key)
        if own is None:
            yield _("少了“%(step)s”这一步") % {"step": step.name}, _cite(step, base)
            continue
        for what in (*_changed(step, own), *_ways(base, edited, step)):
            yield what, _cite(step, base)
        yield from _clocks(step, own)
    if base.demand is not None and (
        edited.demand is None
        or edited.demand.numerator * base.demand.denominator > base.demand.numerator * edited.demand.denominator
        or (edited.demand.unit, edited.demand.days) != (base.demand.unit, base.demand.days)
        or edited.demand.escalates_to != base.demand.escalates_to
    ):
        yield _("要求召集会议的门槛提高了，或期限、去处改变了"), base.demand.clause.text


def _changed(step: Step, own: Step) -> Iterator[str]:
    values = {"step": step.name}
    if (step.kind, step.fact, step.ending) != (own.kind, own.fact, own.ending):
        yield _("“%(step)s”换成了另一类步骤") % values
    if not set(own.owed_by) <= set(step.owed_by) or (step.owed_by and not own.owed_by):
        yield _("“%(step)s”交给了别的岗位") % values
    if (step.body, step.rule, step.subject) != (own.body, own.rule, own.subject) or (
        step.stricter is not None and own.stricter != step.stricter
    ):
        yield _("“%(step)s”换了表决机构或规则") % values
    if not set(step.evidence) <= set(own.evidence):
        yield _("“%(step)s”少要了材料") % values
    if not set(step.apart_from) <= set(own.apart_from):
        yield _("“%(step)s”不再要求由不同的人办理") % values
    if step.disclosed and not own.disclosed:
        yield _("“%(step)s”退回、改变的理由不再公开") % values


def _clocks(step: Step, own: Step) -> Iterator[tuple[str, str]]:
    for clock in step.clocks:
        if not any(_no_weaker(each, clock) for each in own.clocks):
            values = {"step": step.name, "bound": clock.bound.label, "count": clock.count, "unit": clock.unit.label}
            yield _("“%(step)s”的期限%(bound)s%(count)s%(unit)s被放宽或删去") % values, clock.clause.text


def _no_weaker(own: Clock, clock: Clock) -> bool:
    """Working days are at least as long as days."""
    if (own.bound, own.before) != (clock.bound, clock.before):
        return False
    if clock.bound == Bound.AT_LEAST:
        return own.count >= clock.count and (own.unit == clock.unit or own.unit == Unit.WORKING_DAY)
    return own.count <= clock.count and (own.unit == clock.unit or own.unit == Unit.DAY)


def _ways(base: Procedure, edited: Procedure, step: Step) -> Iterator[str]:
    """Each way out of a step still comes to where it came, through steps put in between, and nowhere else but back to
    the draft or out."""
    own = edited.by_key[step.key]
    aside = {base.first.key} | {
        each.key for each in base.steps if each.ending is not None and each.ending != "archived"
    }
    for outcome, target in step.next.items():
        if outcome not in own.next:
            yield _("“%(step)s”少了一条去路") % {"step": step.name}
            continue
        reached = _first_of_base(base, edited, own.next[outcome])
        if target not in reached or not reached <= aside | {target}:
            yield _("“%(step)s”之后绕过了“%(target)s”") % {"step": step.name, "target": base.by_key[target].name}


def _first_of_base(base: Procedure, edited: Procedure, key: str) -> set[str]:
    """The steps of `base` that come next, whichever way is taken through the steps that were put in between."""
    waiting, seen, reached = [key], {key}, set()
    while waiting:
        here = waiting.pop()
        if here in base.by_key:
            reached.add(here)
            continue
        new = set(edited.by_key[here].next.values()) - seen
        seen |= new
        waiting.extend(new)
    return reached


def _cite(step: Step, base: Procedure) -> str:
    clauses = step.clauses or base.clauses
    return clauses[0].text if clauses else base.name
