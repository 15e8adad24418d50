"""Every way to spoil a procedure a little. Each mutant is a procedure of the same shape with one thing changed.

What counts as spoiled is stated here as rules, not as a list of cases:
- a *shortcut* leaves out a step that the way passes now: it leads to a later station of the way onward, past the next;
- a *shorter clock* is one day under its floor: the law's days, or the one day that the house asks where law is silent;
- a *weaker* majority or quorum is under what a clause of the law says (marked S); our own defaults bind nobody;
- an *incompetent body* is one that `kit.voting` does not name for the subject, or names under a condition of the matter
  that does not hold on the way to this vote.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from redhouse.ground.process.enums import ASIDE, Bound, StepKind
from redhouse.ground.process.procedure import Clock, Procedure, Step
from redhouse.ground.process.procedure.statute import APART, floor
from redhouse.kit import voting
from redhouse.kit.voting import Subject, VoteBody


@dataclass(frozen=True)
class Mutant:
    what: str
    where: str
    procedure: Procedure
    obligations: frozenset[str]  # by which of these it may be refused


def put(procedure: Procedure, *changed: Step) -> Procedure:
    by_key = {step.key: step for step in changed}
    return replace(procedure, steps=tuple(by_key.get(step.key, step) for step in procedure.steps))


def lead(step: Step, way: str, target: str) -> Step:
    return replace(step, next=MappingProxyType({**step.next, way: target}))


def onward(step: Step) -> dict[str, str]:
    """The ways that carry the matter on, and through a branch."""
    aside = {str(outcome) for outcome in ASIDE}
    return {way: target for way, target in step.next.items() if not step.is_human or way not in aside}


def later(procedure: Procedure, key: str) -> list[str]:
    """Keys of the steps that come after this one on the way onward, nearest first."""
    found: list[str] = []
    waiting = list(onward(procedure.by_key[key]).values())
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found.append(key)
            waiting.extend(onward(procedure.by_key[key]).values())
    return found


def all_mutants(procedure: Procedure) -> Iterator[Mutant]:
    for each in (
        deletions, swaps, shortcuts, weaker_votes, shorter_clocks, dropped_clocks, other_bodies, merged_roles,
        hidden, without_demand, harder_demands, lazy_branches,
    ):  # fmt: skip
        yield from each(procedure)


def deletions(procedure: Procedure) -> Iterator[Mutant]:
    """A step that somebody takes is left out: what led to it leads on."""
    for step in procedure.steps:
        if step.is_human:
            (target,) = onward(step).values()
            steps = [
                replace(each, next=MappingProxyType({w: target if t == step.key else t for w, t in each.next.items()}))
                for each in procedure.steps
                if each.key != step.key
            ]
            steps.sort(key=lambda each: each.key != target if step is procedure.first else 0)
            yield Mutant("deletion", step.key, replace(procedure, steps=tuple(steps)), ANY)


def swaps(procedure: Procedure) -> Iterator[Mutant]:
    """Two neighbours that one way onward joins change places; what led to the first now leads to the second."""
    for first in procedure.steps:
        targets = list(onward(first).items())
        if not first.is_human or not procedure.by_key[targets[0][1]].is_human:
            continue
        ((forth, key),) = targets
        second = procedure.by_key[key]
        ((back, beyond),) = onward(second).items()
        steps = []
        for step in procedure.steps:
            ways = {way: second.key if target == first.key else target for way, target in step.next.items()}
            if step is first:
                ways[forth] = beyond
            if step is second:
                ways[back] = first.key
            steps.append(replace(step, next=MappingProxyType(ways)))
        if first is procedure.first:
            steps.sort(key=lambda step: step.key != second.key)
        yield Mutant("swap", f"{first.key}/{second.key}", replace(procedure, steps=tuple(steps)), ANY)


def shortcuts(procedure: Procedure) -> Iterator[Mutant]:
    """A way leads past the step it leads to now; or a step that turned the matter aside lets it go on all the same."""
    for step in procedure.steps:
        if not step.is_human:
            continue
        for way, target in step.next.items():
            if way in onward(step):
                spared = _next_taken(procedure, target)
                others = [key for key in later(procedure, target) if key not in spared or _needs(procedure, key)]
            else:
                others = [key for key in later(procedure, step.key) if key != target]
            for other in others:
                yield Mutant("shortcut", f"{step.key}.{way}→{other}", put(procedure, lead(step, way, other)), ANY)


def _next_taken(procedure: Procedure, key: str) -> set[str]:
    """The steps of which one is taken next when a way leads here: nobody takes a branch, so none is skipped by that."""
    step = procedure.by_key[key]
    if step.is_human:
        return {key}
    return {key}.union(*(_next_taken(procedure, target) for target in step.next.values()))


def _needs(procedure: Procedure, key: str) -> bool:
    """Whether it is a vote of a body that the law names for some matters only, so that somebody must have asked."""
    step = procedure.by_key[key]
    if not step.subject:
        return False
    return bool(voting.competent(Subject(step.subject), VoteBody(step.body), procedure.from_on).conditions)


def weaker_votes(procedure: Procedure) -> Iterator[Mutant]:
    """A majority or quorum under the law's: as the step's own threshold, and by every weaker rule of any body."""
    on = procedure.from_on
    for step in votes(procedure):
        body = VoteBody(step.body)
        rule = voting.rule_at(step.rule, on, body)
        law = voting.competent(Subject(step.subject), body, on).votes() if step.subject else [rule]
        third = voting.Threshold(voting.Count.PRESENT, voting.Count.ELECTORS, 1, 3, strict=False)
        minority = voting.Threshold(voting.Count.FOR, voting.Count.PRESENT, 1, 3, strict=False)
        for what, override in (
            ("majority", voting.Override(step.key, passing=(minority,))),
            ("quorum", voting.Override(step.key, quorum=((third,),))),
        ):
            if step.subject and any(voting.weaknesses(override, base) for base in (*law, rule)):
                yield Mutant(f"weaker {what}", step.key, put(procedure, replace(step, stricter=override)), O3)
        for other in {each.id for each in voting.rules_on(on)} - {step.rule}:
            if _is_weaker(other, body, law, on):
                yield Mutant("weaker rule", f"{step.key} {other}", put(procedure, replace(step, rule=other)), O3)


def _is_weaker(rule_id: str, body: VoteBody, law: list[voting.Rule], on: date) -> bool:
    """Whether the rule is none for this body, or asks for less than the law."""
    try:
        own = voting.rule_at(rule_id, on, body)
    except (voting.NotInForce, voting.UnknownRule):
        return True
    return any(voting.weaknesses(own, base) for base in law)


def votes(procedure: Procedure) -> list[Step]:
    return [step for step in procedure.steps if step.rule]


def shorter_clocks(procedure: Procedure) -> Iterator[Mutant]:
    on = procedure.from_on
    for step in procedure.steps:
        for place, clock in enumerate(step.clocks):
            if clock.bound == Bound.AT_LEAST:
                least = _floor(procedure, step, clock, on)
                short = replace(clock, count=least - 1)
                changed = replace(step, clocks=(*step.clocks[:place], short, *step.clocks[place + 1 :]))
                yield Mutant("shorter clock", f"{step.key}→{clock.before}", put(procedure, changed), O4)


def _floor(procedure: Procedure, step: Step, clock: Clock, on: date) -> int:
    """Days that the law asks, said again without the proofs: by the rule of the vote that waits, and by the statute."""
    waiting = procedure.by_key[clock.before]
    subject = Subject(waiting.subject) if waiting.subject else None
    if step.key == "land_plan":
        subject = Subject.CONSTRUCTION_LAND
    least = floor(step.kind, subject, on).count
    if waiting.kind == StepKind.VOTE:
        rule = voting.rule_at(waiting.rule, on, VoteBody(waiting.body))
        clause = rule.clause("notice")
        if step.kind == StepKind.NOTICE and rule.notice_days and clause and clause.is_law:
            least = rule.notice_days
        if step.kind == StepKind.PRE_PUBLICITY and rule.roll:
            least = max(least, rule.roll.days_before)
    return least


def dropped_clocks(procedure: Procedure) -> Iterator[Mutant]:
    for step in procedure.steps:
        for place, clock in enumerate(step.clocks):
            changed = replace(step, clocks=step.clocks[:place] + step.clocks[place + 1 :])
            yield Mutant("dropped clock", f"{step.key}→{clock.before}", put(procedure, changed), O2 | O4)


def other_bodies(procedure: Procedure) -> Iterator[Mutant]:
    """A body without the competence decides, by its own rule. One that the law names under a condition is without it
    here: where the condition holds, the way parts to a step of that body already."""
    on = procedure.from_on
    bodies = {rule.body: rule.id for rule in reversed(voting.rules_on(on))}
    for step in votes(procedure):
        for body, rule in bodies.items():
            found = voting.competent(Subject(step.subject), body, on) if step.subject else None
            if body == step.body or (found and found.allowed and not found.conditions):
                continue
            instead = replace(step, body=body.value, rule=rule)
            yield Mutant("incompetent body", f"{step.key} {body.value}", put(procedure, instead), O1 | O3)


def merged_roles(procedure: Procedure) -> Iterator[Mutant]:
    for first, second in APART:
        for one in (step for step in procedure.steps if step.kind == first):
            for other in (step for step in procedure.steps if step.kind == second):
                both = replace(other, owed_by=one.owed_by)
                yield Mutant("merged role", f"{one.key}={other.key}", put(procedure, both), O6)
                also = replace(one, owed_by=(*one.owed_by, *other.owed_by))
                yield Mutant("added role", f"{one.key}+{other.key}", put(procedure, also), O6)
                together = replace(other, apart_from=tuple(key for key in other.apart_from if key != one.key))
                yield Mutant("same person", f"{one.key}={other.key}", put(procedure, together), O6)


def hidden(procedure: Procedure) -> Iterator[Mutant]:
    for step in procedure.steps:
        if step.disclosed:
            yield Mutant("removed disclosure", step.key, put(procedure, replace(step, disclosed=False)), O2)


def without_demand(procedure: Procedure) -> Iterator[Mutant]:
    yield Mutant("removed demand", "", replace(procedure, demand=None), O2)


def harder_demands(procedure: Procedure) -> Iterator[Mutant]:
    on = procedure.from_on
    assert procedure.demand is not None
    for step in procedure.steps:
        if step.kind == StepKind.VOTE:
            rule = voting.rule_at(step.rule, on, VoteBody(step.body))
            for law in rule.demand:
                if law.who is voting.Who.ELECTORS and rule.clauses["demand"].is_law:
                    harder = replace(procedure.demand, numerator=law.numerator + 1, denominator=law.denominator)
                    yield Mutant("harder demand", step.key, replace(procedure, demand=harder), O2)
                    break


def lazy_branches(procedure: Procedure) -> Iterator[Mutant]:
    """A branch asks nothing any more, and all matters go to the vote that the law names for some only."""
    for step in procedure.steps:
        for target in step.next.values() if step.kind == StepKind.BRANCH else ():
            if _needs(procedure, target):
                all_one = MappingProxyType(dict.fromkeys(step.next, target))
                yield Mutant("lazy branch", f"{step.key}→{target}", put(procedure, replace(step, next=all_one)), O3)


O1, O2, O3, O4, O5, O6 = (frozenset((name,)) for name in ("O1", "O2", "O3", "O4", "O5", "O6"))
ANY = O1 | O2 | O3 | O4 | O5 | O6
