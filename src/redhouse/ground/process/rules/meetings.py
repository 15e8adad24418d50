"""Who may do what at a meeting, and what it still lacks."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Method, Way
from redhouse.ground.process.models import Box, Elector, Meeting, Proxy, Roll
from redhouse.ground.process.queries.counting import Keyed, counts_of, hand_counts, keyed, marks_by_channel
from redhouse.ground.process.queries.elections import said
from redhouse.ground.process.queries.meetings import Attendance, attendance
from redhouse.ground.process.queries.rolls import rule_of
from redhouse.ground.process.rules.rolls import counts_area, may_keep_roll, recused
from redhouse.kit.voting import Outcome, Reason, decide, electors_needed


def may_serve(person: Person, meeting: Meeting, on: date) -> bool:
    """Chair, recorder and scrutineer serve the meeting; so does who may close the step that waits for it."""
    if person.pk in {meeting.chair_id, meeting.recorder_id, meeting.scrutineer_id}:
        return True
    return may_keep_roll(person, meeting.roll, on)


def may_key(person: Person, meeting: Meeting, on: date, papers: Keyed | None = None) -> bool:
    """The two tellers of its box, and nobody else; `papers` where whoever asks has read them."""
    box = getattr(meeting, "box", None)
    if box is None:
        return False
    if papers is not None:
        return any(teller.person_id == person.pk for teller in papers.tellers.values())
    return bool(box.tellers.filter(person=person).exists())


def may_look(person: Person, meeting: Meeting, on: date, papers: Keyed | None = None) -> bool:
    """The third look is the chair's or the scrutineer's, unless they keyed the ballots themselves."""
    return person.pk in {meeting.chair_id, meeting.scrutineer_id} and not may_key(person, meeting, on, papers)


def may_attend(person: Person, meeting: Meeting, on: date) -> bool:
    with everything():
        return meeting.roll.electors.filter(person=person).exists()


def missing_before_convening(roll: Roll, from_at: datetime, on: date) -> list[str]:
    """A closed roll, and so many full days between the notice and the meeting as the rule asks."""
    missing = []
    if roll.closed_on is None:
        missing.append(_("名册还没有定册，先答复异议、定册，再发通知"))
    held_on = timezone.localdate(from_at)
    if held_on != roll.vote_on:
        missing.append(_("名册按%(day)s表决造的，会议日期不同：请改会议日期，或重新造册") % {"day": roll.vote_on})
    days, rule = (held_on - on).days - 1, rule_of(roll)
    if rule.notice_days is not None and days < rule.notice_days:
        clause = rule.clause("notice")
        missing.append(
            _("通知到会议之间只有%(days)s日，须满%(least)s日（%(clause)s）")
            % {"days": max(days, 0), "least": rule.notice_days, "clause": clause.cite().say(_) if clause else rule.id}
        )
    return missing


def missing_before_box(meeting: Meeting, method: str) -> list[str]:
    """Begun, not over, a quorum there where the rule counts those present, and a lawful way of voting."""
    missing = _under_way(meeting)
    if getattr(meeting, "box", None) is not None:
        missing.append(_("这次会议的投票已经开始过"))
    rule = rule_of(meeting.roll)
    if rule.secret and method != Method.SECRET:
        missing.append(_("依规则须无记名投票"))
    if counts_area(meeting.roll) and method != Method.NAMED:
        missing.append(_("按面积计票只能记名：面积一公布，就认得出是谁的票"))
    missing += missing_quorum(meeting, attendance(meeting))
    missing += missing_proxy_checks(meeting.roll)
    return missing


def missing_quorum(meeting: Meeting, there: Attendance) -> list[str]:
    """How many more must come, in one sentence; empty where the quorum is met or counted by ballots cast."""
    reasons = [reason for reason in decided(meeting, there).reasons if reason.part == "quorum"]
    counted_later = {"cast", "area_present"}  # who takes part shows only when the votes are in
    if not reasons or counted_later & {reason.threshold.count.value for reason in reasons}:
        return []
    if decided(meeting, there).quorum_met:
        return []
    nearest = min((reason for reason in reasons if not reason.met), key=lambda reason: reason.needed - reason.reached)
    return [_lacking(nearest)]


def _lacking(reason: Reason) -> str:
    words = {
        "count": _(reason.threshold.count.label),
        "reached": reason.reached,
        "needed": reason.needed,
        "more": reason.needed - reason.reached,
    }
    return _("%(count)s%(reached)s，法定须达%(needed)s，还差%(more)s") % words


def decided(meeting: Meeting, there: Attendance, votes: Mapping[str, int] | None = None) -> Outcome:
    """What the rule says to these numbers; without votes, only whether there is a quorum."""
    return decide(rule_of(meeting.roll), counts_of(there, votes or {"cast": 0}))


def missing_proxy_checks(roll: Roll) -> list[str]:
    with everything():
        waiting = Proxy.objects.filter(principal__roll=roll, checked_on__isnull=True).count()
    return [_("委托书还有%(n)s份没有核对") % {"n": waiting}] if waiting else []


def missing_before_ballot(elector: Elector, box: Box, at: datetime) -> list[str]:
    """Why this elector is not given a ballot now."""
    if box.closed_at is not None or at >= box.closes_at:
        return [_("投票已于%(time)s截止，迟到的票不收") % {"time": f"{timezone.localtime(box.closes_at):%H:%M}"}]
    if recused(elector):
        return [_("您已就这一事项回避，不参加表决")]
    if box.method == Method.HANDS:
        return [_("这次举手表决，不发选票")]
    return []


def missing_before_paper(elector: Elector, ways: Collection[str]) -> list[str]:
    """A paper ballot goes to somebody who is there, or to who holds the proxy of somebody who is not; `ways` are those
    by which the elector attends."""
    if not {Way.ONSITE, Way.PROXY} & set(ways):
        return [_("册号%(number)s没有在现场签到，也没有核对过的委托") % {"number": elector.number}]
    return []


def missing_before_count(box: Box, at: datetime) -> list[str]:
    """Over, and counted twice."""
    missing = []
    if box.closed_at is not None:
        return [_("票箱已经封存")]
    if at < box.closes_at:
        missing.append(_("投票到%(time)s截止") % {"time": f"{timezone.localtime(box.closes_at):%H:%M}"})
    return missing + missing_for_count(box)


def missing_for_count(box: Box, papers: Keyed | None = None, handed: int | None = None) -> list[str]:
    """Keyed twice by two people, the same on every ballot; `papers`, and how many were `handed` out, where whoever
    asks has read them."""
    if box.method == Method.HANDS:
        return _missing_hands(box)
    missing: list[str] = []
    papers = papers or keyed(box)
    handed = marks_by_channel(box).get("paper", 0) if handed is None else handed
    if handed:
        for turn, word in ((1, _("第一")), (2, _("第二"))):
            if turn not in papers.tellers:
                missing.append(_("%(turn)s录入还没有人") % {"turn": word})
    missing += [difference_sentence(one.number, one.first, one.second) for one in papers.open]
    if len(papers.valid) > handed:
        missing.append(
            _("录入了%(keyed)s张，只发出%(handed)s张：多出的票要先查清")
            % {"keyed": len(papers.valid), "handed": handed}
        )
    return missing


def _missing_hands(box: Box) -> list[str]:
    counted = hand_counts(box)
    if len(counted) < 2:
        return [_("举手的人数要由两个人分别清点，现在有%(n)s人清点") % {"n": len(counted)}]
    missing = []
    if counted[1] != counted[2]:
        missing.append(_("两人清点的举手人数不一致，请重新举手、重新清点"))
    there = attendance(box.meeting)
    if sum(counted[1].values()) > there.present:
        missing.append(
            _("举手合计%(n)s人，到会只有%(present)s人，请重新清点")
            % {"n": sum(counted[1].values()), "present": there.present}
        )
    return missing


def difference_sentence(number: int, first: str, second: str) -> str:
    """第0117号票：赞成／弃权."""
    words = [said(choice) for choice in (first, second)]
    return _("第%(number)s号票两次录入不一致：%(first)s／%(second)s") % {
        "number": f"{number:04d}", "first": words[0], "second": words[1],
    }  # fmt: skip


def needed_in_favour(meeting: Meeting, there: Attendance) -> tuple[int, int] | None:
    """How many yes votes the rule asks for, and of how many; None where it asks by area or by ballots cast alone."""
    counts = counts_base(there)
    for one in rule_of(meeting.roll).passing:
        if one.count.value == "for" and one.base.value in counts:
            base = counts[one.base.value]
            return electors_needed(one, base), base
    return None


def counts_base(there: Attendance) -> dict[str, int]:
    return {count.value: value for count, value in there.counts().items()}


def _under_way(meeting: Meeting) -> list[str]:
    if meeting.ending:
        return [_("会议已经结束")]
    if meeting.started_at is None:
        return [_("会议还没有开始")]
    return []


def missing_before_end(meeting: Meeting) -> list[str]:
    return _under_way(meeting)
