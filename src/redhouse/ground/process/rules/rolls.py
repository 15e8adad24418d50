"""What a roll must satisfy before it is closed, and whom a proxy may go to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Way
from redhouse.ground.process.models import Elector, Proxy, Roll, RunStep, SignIn
from redhouse.ground.process.queries.rolls import RollRow, Standing, rule_of
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.rules.rights import may_close
from redhouse.kit import voting
from redhouse.kit.voting import Count, VoteBody

AREA = (Count.AREA, Count.AREA_PRESENT, Count.AREA_FOR)


@dataclass(frozen=True)
class Refusal:
    """A line of a list of electors that does not come onto the roll: `line` from 1, and why."""

    line: int
    sentence: str


def may_keep_roll(person: Person, roll: Roll, on: date) -> bool:
    """Who may close the step at which the run waits keeps the roll for its vote."""
    step = open_step(roll.run)
    return step is not None and may_close(person, step, on)


def sorted_out(
    rows: Sequence[RollRow], known: Standing, body: str, by_area: bool
) -> tuple[list[RollRow], list[Refusal]]:
    """The lines that come onto a roll, and those that do not: dead keys, ended ties, duplicates."""
    good: list[RollRow] = []
    refused: list[Refusal] = []
    first: dict[int, int] = {}
    for line, row in enumerate(rows, start=1):
        if row.person_id not in known.known:
            refused.append(Refusal(line, _("第%(line)s行：没有这个人，请核对编号") % {"line": line}))
        elif row.person_id in first:
            words = {"line": line, "first": first[row.person_id]}
            refused.append(Refusal(line, _("第%(line)s行：与第%(first)s行是同一人，一人只登记一次") % words))
        elif row.household_id is not None and (row.person_id, row.household_id) not in known.homes:
            refused.append(Refusal(line, _("第%(line)s行：此人当日已不在这一户，请核对户籍") % {"line": line}))
        elif body == VoteBody.PARTY_BRANCH_MEETING and row.person_id not in known.members:
            refused.append(Refusal(line, _("第%(line)s行：此人当日不是正式党员，没有表决权") % {"line": line}))
        elif by_area and row.area <= 0:
            refused.append(Refusal(line, _("第%(line)s行：没有专有部分面积，业主表决要按面积计算") % {"line": line}))
        else:
            first[row.person_id] = line
            good.append(row)
    return good, refused


def counts_area(roll: Roll) -> bool:
    rule = rule_of(roll)
    used = {one.count for way in rule.quorum for one in way} | {one.count for one in rule.passing}
    return any(count in used for count in AREA)


def missing_before_closing_roll(roll: Roll) -> list[str]:
    """Electors on it, objections answered."""
    missing = []
    if roll.closed_on is not None:
        missing.append(_("名册已于%(day)s定册，不能再改") % {"day": roll.closed_on})
    with everything():
        if not roll.electors.exists():
            missing.append(_("名册上还没有人"))
        waiting = roll.objections.filter(answer="").count()
    if waiting:
        missing.append(_("对名册的异议还有%(n)s条没有答复") % {"n": waiting})
    return missing


def missing_for_proxy(principal: Elector, holder: Elector) -> list[str]:
    """Why this elector cannot vote for that one, by the rule of the day (`kit.voting.check_proxies`)."""
    with everything():
        others = list(Proxy.objects.filter(principal__roll=principal.roll).exclude(principal=principal))
        present = SignIn.objects.filter(elector=principal).exclude(way=Way.PROXY)
        came = {principal.pk} if present.exists() else set()
    wanted = [voting.Proxy(row.principal_id, row.holder_id, same_household=True, near_kin=True) for row in others]
    same = principal.household_id is not None and principal.household_id == holder.household_id
    wanted.append(
        voting.Proxy(
            principal.pk,
            holder.pk,
            holder_has_vote=principal.roll_id == holder.roll_id,
            same_household=same,
            near_kin=same,
            holder_is_candidate=holder.is_candidate,
        )
    )
    refused = voting.check_proxies(rule_of(principal.roll), wanted, came)
    missing = [refusal.say(_) for refusal in refused if refusal.giver == principal.pk]
    if recused(holder) or recused(principal):
        missing.append(_("委托人或受托人已回避，不能委托"))
    if getattr(principal, "mark", None) is not None:
        missing.append(_("委托人已经领票，不能再委托"))
    return missing


def recused(elector: Elector) -> bool:
    return getattr(elector, "recusal", None) is not None


def missing_for_roll(step: RunStep, step_key: str) -> list[str]:
    """A roll is drawn while the run waits at the step of the vote, or at one before it."""
    if step.outcome:
        return [_("这一步已经办结，不能再造名册")]
    return []
