"""What is wrong with a step wherever the way comes from: silent vetoes, missing clocks, merged roles."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import ASIDE, Bound, Outcome, StepKind
from redhouse.ground.process.enums import GATES as GATE_KINDS
from redhouse.ground.process.procedure.proofs.duties import Wrong
from redhouse.ground.process.procedure.proofs.law import cited, rule_of
from redhouse.ground.process.procedure.proofs.memory import gate_of
from redhouse.ground.process.procedure.proofs.refusal import Obligation
from redhouse.ground.process.procedure.shape import Procedure, Step
from redhouse.ground.process.procedure.statute import APART, GATES, HOUSE, OPINION, SEPARATION
from redhouse.kit import voting
from redhouse.kit.voting import VoteBody, Who


def wrong_by_itself(procedure: Procedure, step: Step, days: tuple[date, ...]) -> Iterator[Wrong]:
    yield from _silent(procedure, step, days)
    yield from _ends_it(procedure, step)
    yield from _deliberates_weakly(step, days)
    yield from _merged(procedure, step)


def _silent(procedure: Procedure, step: Step, days: tuple[date, ...]) -> Iterator[Wrong]:
    """O2: what can hold a matter up must answer in time, say so in public, and be open to a demand to convene."""
    aside = [outcome for outcome in step.outcomes() if outcome in ASIDE]
    if aside and not step.disclosed:
        values = {"step": step.name, "outcome": aside[0].label}
        yield Obligation.O2, _("“%(step)s”%(outcome)s而不公开：等于悄悄否决") % values, OPINION
    owes_answer = gate_of(step) is not None or step.kind in {StepKind.APPROVAL, StepKind.OBJECTION}
    if owes_answer and not any(clock.bound == Bound.AT_MOST for clock in step.clocks):
        of = Obligation.O4 if step.kind == StepKind.OBJECTION else Obligation.O2
        yield of, _("“%(step)s”没有办理时限，可以无限期搁置") % {"step": step.name}, HOUSE
    if Outcome.RETURNED in aside and procedure.demand is None:
        yield Obligation.O2, _("“%(step)s”退回以后，没有要求召集表决的途径") % {"step": step.name}, OPINION
    if step.kind == StepKind.VOTE and procedure.demand is not None:
        yield from _hard_to_demand(procedure, step, days)


def _ends_it(procedure: Procedure, step: Step) -> Iterator[Wrong]:
    """O2: no gate ends a matter, whatever that is called: only the proposer withdraws, only the vote rejects."""
    waiting, seen = list(step.next.values()) if step.kind in GATE_KINDS else [], set[str]()
    while waiting:
        target = procedure.by_key[waiting.pop()]
        if target.kind == StepKind.END:
            yield (
                Obligation.O2,
                _("前置环节“%(gate)s”能让事项到此为止：把关不能代替表决") % {"gate": step.name},
                OPINION,
            )
        if target.kind == StepKind.BRANCH and target.key not in seen:
            seen.add(target.key)
            waiting.extend(target.next.values())


def _hard_to_demand(procedure: Procedure, step: Step, days: tuple[date, ...]) -> Iterator[Wrong]:
    """O2: the demand may not ask for more electors than the law does, where it says a share."""
    demand = procedure.demand
    assert demand is not None
    for on in days:
        rule = rule_of(step.rule, step.body, on)
        clause = rule.clause("demand") if rule else None
        for law in rule.demand if rule and clause and clause.is_law else ():
            if law.who is Who.ELECTORS and demand.numerator * law.denominator > law.numerator * demand.denominator:
                values = {
                    "own": f"{demand.numerator}/{demand.denominator}",
                    "law": f"{law.numerator}/{law.denominator}",
                }
                yield Obligation.O2, _("要求召集须有%(own)s的人，高于法定的%(law)s") % values, cited(clause)


def _deliberates_weakly(step: Step, days: tuple[date, ...]) -> Iterator[Wrong]:
    """O3: party meetings, too, decide by at least their own rule."""
    place = gate_of(step)
    if place is None or not GATES[place].rule:
        return
    for on in days:
        law = voting.rule_at(GATES[place].rule, on, VoteBody(step.body))
        own = rule_of(step.rule, step.body, on)
        if own is None or (step.rule != law.id and voting.weaknesses(own, law)):
            values = {"step": step.name, "rule": law.id}
            yield Obligation.O3, _("“%(step)s”的议决规则低于%(rule)s") % values, cited(law.clause("passing"))
            return


def _merged(procedure: Procedure, step: Step) -> Iterator[Wrong]:
    """O6: duties that must be apart are owed by other roles, and closed by other people where one holds two posts."""
    for first, second in APART:
        if step.kind != second:
            continue
        for other in procedure.steps:
            if other.kind != first:
                continue
            values = {"one": other.name, "other": step.name}
            if same := set(step.owed_by) & set(other.owed_by):
                values["role"] = str(min(same).label)
                sentence = _("“%(one)s”和“%(other)s”都由%(role)s负责") % values
                yield Obligation.O6, sentence, SEPARATION
            if other.key not in step.apart_from and step.key not in other.apart_from:
                yield Obligation.O6, _("“%(one)s”和“%(other)s”可以由同一个人办结") % values, SEPARATION
