"""O3: may this body decide that, by this rule, on that day, for a matter of which so much is known? Asked of
`kit.voting`; what is answered once is remembered, since many ways lead to one vote."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import Mark, MatterFact, StepKind, Unit
from redhouse.ground.process.procedure.shape import Clause, Procedure, Step
from redhouse.ground.process.procedure.statute import (
    COMMUNITY,
    HOUSE,
    SILENT,
    VILLAGE,
    Floor,
    days_of_change,
    floor,
    met,
    subjects,
)
from redhouse.kit import voting
from redhouse.kit.voting import Subject, VoteBody

Facts = tuple[tuple[MatterFact, str], ...]
Found = tuple[str, Clause]


class Vote(NamedTuple):
    """What a vote step says about its vote: whatever else the step holds does not matter here."""

    name: str
    body: VoteBody
    rule: str
    subject: Subject
    stricter: voting.Override | None

    @classmethod
    def of(cls, step: Step) -> "Vote":
        return cls(step.name, VoteBody(step.body), step.rule, Subject(step.subject), step.stricter)


def days(procedure: Procedure) -> tuple[date, ...]:
    """The days to prove for: when it comes into force, and each on which the law changes while it is."""
    changes = _days_of_votes() | days_of_change()
    return tuple(
        sorted(
            {procedure.from_on}
            | {
                day
                for day in changes
                if procedure.from_on < day and (procedure.until_on is None or day < procedure.until_on)
            }
        )
    )


@lru_cache(maxsize=1)
def _days_of_votes() -> frozenset[date]:
    return frozenset(rule.from_on for rule in voting.every_version())


@lru_cache(maxsize=4096)
def wrong_with_vote(code: str, vote: Vote, facts: Facts, on: date) -> tuple[Found, ...]:
    """What is wrong with this vote on that day for a matter with these facts; empty when nothing is."""
    return tuple(_wrong_with_vote(code, vote, facts, on))


def _wrong_with_vote(code: str, vote: Vote, facts: Facts, on: date) -> Iterator[Found]:
    known, body = dict(facts), vote.body
    possible = subjects(code, known)
    if vote.subject not in possible:
        values = {"code": code, "subject": _label(vote.subject), "step": vote.name}
        yield _("“%(step)s”表决的是“%(subject)s”，而这不是%(code)s在这种情形下的事项") % values, HOUSE
    for subject in possible:
        found = voting.competent(subject, body, on)
        if not found.allowed:
            yield found.say(_), cited(found.clause)
            continue
        for condition in found.conditions:
            if not met(condition, body, known):
                values = {"step": vote.name, "condition": _label(condition), "subject": _label(subject)}
                yield (
                    _("“%(step)s”能否决定“%(subject)s”有前提（%(condition)s），这条路没有问明") % values,
                    cited(found.clause),
                )
        wrong_kind = COMMUNITY if known.get(MatterFact.COMMUNITY) != "yes" else VILLAGE
        if body in wrong_kind | (VILLAGE if MatterFact.COMMUNITY not in known else frozenset()) and _both(subject, on):
            values = {"step": vote.name, "subject": _label(subject)}
            yield (
                _("“%(subject)s”在村和社区由不同的会议决定，“%(step)s”与之不符或没有问明") % values,
                cited(found.clause),
            )
        for base in found.votes():
            yield from _weaker(vote, base, on)


@lru_cache(maxsize=1024)
def _both(subject: Subject, on: date) -> bool:
    """Whether the law names bodies of villages and of communities for it, so that it matters which this is."""
    able = {found.body for found in voting.bodies_for(subject, on)}
    return bool(able & VILLAGE) and bool(able & COMMUNITY)


def _weaker(vote: Vote, base: voting.Rule, on: date) -> Iterator[Found]:
    """In what the step's own rule, with what it says above that, asks for less than the law."""
    try:
        own = voting.rule_at(vote.rule, on, base.body)
    except (voting.NotInForce, voting.UnknownRule) as error:
        yield error.say(_), HOUSE
        return
    for weaker in voting.weaknesses(own, base):
        yield weaker.sentence.say(_), cited(weaker.clause)
    for weaker in voting.weaknesses(vote.stricter, own) if vote.stricter else ():
        yield weaker.sentence.say(_), cited(weaker.clause)


def rule_of(rule: str, body: str, on: date) -> voting.Rule | None:
    try:
        return voting.rule_at(rule, on, VoteBody(body))
    except (voting.NotInForce, voting.UnknownRule):
        return None  # said by `wrong_with_vote`


@lru_cache(maxsize=4096)
def notice_floor(vote: Vote, on: date) -> Floor:
    """How many days before this vote its notice must be out."""
    rule = rule_of(vote.rule, vote.body, on)
    clause = rule.clause("notice") if rule else None
    if rule is None or rule.notice_days is None or clause is None or not clause.is_law:
        return SILENT
    return Floor(rule.notice_days, Unit.DAY, cited(clause))


@lru_cache(maxsize=4096)
def publicity_floor(vote: Vote, on: date) -> Floor:
    """How many days before this vote its draft, or the roll of an election, must have been public."""
    least = floor(StepKind.PRE_PUBLICITY, vote.subject, on)
    rule = rule_of(vote.rule, vote.body, on)
    clause = rule.clause("roll") if rule else None
    if rule and rule.roll and clause and rule.roll.days_before > least.count:
        return Floor(rule.roll.days_before, Unit.DAY, cited(clause))
    return least


def cited(clause: voting.Clause | None) -> Clause:
    """A clause of `kit.voting` as procedures cite it."""
    if clause is None:
        return HOUSE
    return Clause(clause.cite().say(_), Mark(clause.mark.value))


def _label(word: Subject | voting.Condition) -> str:
    return _(word.label)
