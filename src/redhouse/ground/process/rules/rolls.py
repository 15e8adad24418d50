"""What a roll must satisfy before it is closed, and whom a proxy may go to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Way
from redhouse.ground.process.models import Elector, Proxy, Roll, RunStep, SignIn
from redhouse.ground.process.queries.elections import is_election, seats_of
from redhouse.ground.process.queries.rolls import RollRow, Standing, rule_of, step_of
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.rules.rights import may_close
from redhouse.kit import voting
from redhouse.kit.voting import Count, VoteBody

AREA = (Count.AREA, Count.AREA_PRESENT, Count.AREA_FOR)


@dataclass(frozen=True)
class Refusal:
    """A line of a list of electors that does not come onto the roll, and why."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("第%(line)s行：%(sentence)s") % {"line": self.line, "sentence": self.sentence}


def may_keep_roll(person: Person, roll: Roll, on: date) -> bool:
    """Who may close the step at which the run waits keeps the roll for its vote."""
    step = open_step(roll.run)
    return step is not None and may_close(person, step, on)


def sorted_out(
    roll: Roll, rows: Sequence[RollRow], known: Standing, *, lines: Sequence[int] = ()
) -> tuple[list[RollRow], list[Refusal]]:
    """The rows that come onto a roll, and those that do not: dead keys, ended ties, duplicates, near relatives where
    they may not sit together. `lines` are the numbers by which the reader knows the rows; from 1 by default."""
    good: list[RollRow] = []
    refused: list[Refusal] = []
    first: dict[int, int] = {}
    rule, body, by_area = rule_of(roll), step_of(roll).body, counts_area(roll)
    for line, row in zip(lines or range(1, len(rows) + 1), rows, strict=True):
        if row.person_id in first:
            said = _("与第%(first)s行是同一人，一人只登记一次") % {"first": first[row.person_id]}
        else:
            said = _refused(row, known, body, by_area) or _kin(rule, row, good, known)
        if said:
            refused.append(Refusal(line, said))
        else:
            first[row.person_id] = line
            good.append(row)
    return good, refused


def _refused(row: RollRow, known: Standing, body: str, by_area: bool) -> str:
    """What the registers say against one row; empty where they agree."""
    if row.person_id not in known.known:
        return _("没有这个人，请核对编号")
    if row.household_id is not None and (row.person_id, row.household_id) not in known.homes:
        return _("此人当日已不在这一户，请核对户籍")
    if body == VoteBody.PARTY_BRANCH_MEETING and row.person_id not in known.members:
        return _("此人当日不是正式党员，没有表决权")
    if by_area and row.area <= 0:
        return _("没有专有部分面积，业主表决要按面积计算")
    return ""


def _kin(rule: voting.Rule, row: RollRow, before: Sequence[RollRow], known: Standing) -> str:
    """Near relatives do not sit together in a body that the law says so of; here: people of one household."""
    if not rule.kin_recusal:
        return ""
    mine = {home for person, home in known.homes if person == row.person_id}
    pairs = [
        (other.person_id, row.person_id)
        for other in before
        if any((other.person_id, home) in known.homes for home in mine)
    ]
    members = {row.person_id, *(other.person_id for other in before)}
    return next((f"{one.say(_)}（{one.clause.cite().say(_) if one.clause else rule.id}）" for one in
                 voting.check_kin(rule, members, pairs)), "")  # fmt: skip


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
    if roll.closed_on is None and is_election(roll):
        missing += missing_candidates(roll)
    if waiting:
        missing.append(_("对名册的异议还有%(n)s条没有答复") % {"n": waiting})
    return missing


def missing_candidates(roll: Roll) -> list[str]:
    """Seats, and on the first ballot more candidates than posts where the law says so."""
    seats, rule = seats_of(roll), rule_of(roll)
    if not seats:
        return [_("还没有列出职务和候选人")]
    clause = rule.clause("candidates")
    cited = clause.cite().say(_) if clause else rule.id
    missing = []
    for seat in seats:
        least = seat.posts + (rule.more_candidates_than_posts and not roll.is_runoff)
        if len(seat.candidates) < least:
            words = {"seat": seat.name, "posts": seat.posts, "n": len(seat.candidates), "least": least, "clause": cited}
            missing.append(_("“%(seat)s”应选%(posts)s名，候选人至少%(least)s名，现有%(n)s名（%(clause)s）") % words)
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
