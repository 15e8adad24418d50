"""Before and after a vote: who may demand it, how early people are told, when the roll is shown, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from redhouse.kit.sentences import Sentence, Worded
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.deciding import Outcome
from redhouse.kit.voting.shapes import Clause, Rule
from redhouse.kit.voting.words import Who


class Next(Worded):
    """What follows a count."""

    CARRIED = "carried", _("通过")
    RECONVENE = "reconvene", _("到会不足，没有作出决定；另行通知、重新召开")
    SECOND_BALLOT = "second_ballot", _("名额未满，另行选举")
    FAILED = "failed", _("未通过")


@dataclass(frozen=True)
class Demanded:
    """Whether a demand to convene is lawful: `least` of `who` are needed."""

    lawful: bool
    who: Who
    least: int
    sentence: Sentence
    clause: Clause | None


def demanded(rule: Rule, signed: Mapping[Who, int], all_of: Mapping[Who, int]) -> list[Demanded]:
    """Each share by which the rule lets people demand a meeting, against those who signed; one that is lawful suffices.

    Shares of whom nothing is known are left out; empty where no text gives anyone the right."""
    found = []
    for one in rule.demand:
        if one.who in all_of:
            least, have = one.least(all_of[one.who]), signed.get(one.who, 0)
            values = {"who": one.who, "share": f"{one.numerator}/{one.denominator}", "least": least, "have": have}
            said = Sentence(_("%(who)s的%(share)s以上（%(least)s）提议即应召集，现有%(have)s"), values)
            found.append(Demanded(have >= least, one.who, least, said, rule.clause("demand")))
    return found


def earliest_on(rule: Rule, told_on: date) -> date:
    """The first day on which the body may meet when everybody was told on `told_on`; the day of telling does not count
    (Civil Code, article 201). Where no text sets days, the next day."""
    return told_on + timedelta(days=max(1, rule.notice_days or 0))


@dataclass(frozen=True)
class RollDates:
    """Last days: to show the roll, to object, to answer an objection made on the last day."""

    shown_by: date
    objections_until: date
    answered_by: date


def roll_dates(rule: Rule, vote_on: date, shown_on: date | None = None) -> RollDates | None:
    """The days of the roll for a vote; from the day it was really shown if that is known. None without a roll."""
    if rule.roll is None:
        return None
    shown_by = vote_on - timedelta(days=rule.roll.days_before)
    objections = (shown_on or shown_by) + timedelta(days=rule.roll.objection_days)
    return RollDates(shown_by, objections, objections + timedelta(days=rule.roll.answer_days))


def next_step(outcome: Outcome) -> Next:
    """What follows: without a quorum nothing was decided and the body is convened anew, with new notice."""
    if outcome.passed:
        return Next.CARRIED
    if not outcome.quorum_met:
        return Next.RECONVENE
    return Next.SECOND_BALLOT if outcome.rule.rerun else Next.FAILED
