"""In what two versions of a procedure differ, in sentences, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.procedure.shape import Clock, Procedure, Step


@dataclass(frozen=True)
class Difference:
    """`step` is the name of the step, empty for the whole; `how` is added, removed or changed."""

    step: str
    how: str
    sentence: str


def differences(before: Procedure, after: Procedure) -> list[Difference]:
    """In the order of `after`; what was there and is not any more comes last."""
    found = [Difference("", "changed", sentence) for sentence in _whole(before, after)]
    for step in after.steps:
        old = before.by_key.get(step.key)
        if old is None:
            roles = _("、").join(str(role.label) for role in step.owed_by)
            said = _("新增一步，由%(roles)s办") % {"roles": roles} if roles else _("新增一步")
            found.append(Difference(step.name, "added", said))
        else:
            found += [Difference(step.name, how, sentence) for how, sentence in _step(before, after, old, step)]
    gone = [step for step in before.steps if step.key not in after.by_key]
    return found + [Difference(step.name, "removed", _("删去这一步")) for step in gone]


def _whole(before: Procedure, after: Procedure) -> Iterator[str]:
    if before.from_on != after.from_on:
        yield _("自%(new)s起施行（原自%(old)s起）") % {"new": after.from_on, "old": before.from_on}
    if before.name != after.name:
        yield _("名称改为“%(new)s”") % {"new": after.name}
    one, two = before.demand, after.demand
    if one != two and two is not None:
        values = {"n": two.numerator, "d": two.denominator, "days": two.days, "unit": two.unit.label}
        yield _("要求召集会议：%(n)s/%(d)s以上联名，%(days)s%(unit)s内答复") % values
    for clause in after.clauses:
        if clause not in before.clauses:
            yield _("依据：%(text)s") % {"text": clause.text}


def _step(before: Procedure, after: Procedure, old: Step, new: Step) -> Iterator[tuple[str, str]]:
    if old.owed_by != new.owed_by:
        yield "changed", _("由%(roles)s办") % {"roles": _("、").join(str(role.label) for role in new.owed_by)}
    if (old.body, old.rule) != (new.body, new.rule):
        yield "changed", _("按%(rule)s表决（原%(old)s）") % {"rule": new.rule or "—", "old": old.rule or "—"}
    if new.stricter != old.stricter and new.stricter is not None:
        thresholds = [*(new.stricter.passing or ()), *(one for way in new.stricter.quorum or () for one in way)]
        words = _("；").join(one.words().say(_) for one in thresholds)
        yield "changed", _("门槛提高到：%(words)s") % {"words": words}
    yield from _clocks(after, old, new)
    for kind in new.evidence:
        if kind not in old.evidence:
            yield "added", _("要归入：%(paper)s") % {"paper": PaperKind(kind).label}
    for kind in old.evidence:
        if kind not in new.evidence:
            yield "removed", _("不再要：%(paper)s") % {"paper": PaperKind(kind).label}
    for key in new.apart_from:
        if key not in old.apart_from:
            yield "added", _("与“%(other)s”须由不同的人办") % {"other": after.by_key[key].name}
    for clause in new.clauses:
        if clause not in old.clauses:
            yield "added", clause.text
    for clause in old.clauses:
        if clause not in new.clauses:
            yield "removed", clause.text
    for way, target in new.next.items():
        if old.next.get(way) != target:
            word = str(Outcome(way).label) if new.is_human else way
            yield "changed", _("“%(way)s”之后转到“%(target)s”") % {"way": word, "target": after.by_key[target].name}


def _clocks(after: Procedure, old: Step, new: Step) -> Iterator[tuple[str, str]]:
    known = {(clock.bound, clock.before): clock for clock in old.clocks}
    for clock in new.clocks:
        was = known.pop((clock.bound, clock.before), None)
        if was is None:
            yield "added", _("期限：%(span)s") % {"span": span(clock)}
        elif (was.count, was.unit) != (clock.count, clock.unit):
            yield "changed", _("期限：%(span)s（原%(old)s）") % {"span": span(clock), "old": span(was)}
    for clock in known.values():
        yield "removed", _("期限：%(span)s") % {"span": span(clock)}


def span(clock: Clock) -> str:
    """不少于15日."""
    return f"{clock.bound.label}{clock.count}{clock.unit.label}"
