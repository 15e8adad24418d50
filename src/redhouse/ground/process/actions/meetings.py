"""Convene, sign in, begin, adjourn. `by` is the person who does it; `at` is a moment, `on` an Asia/Shanghai day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.ground.messages import actions as messages
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.occasions import actions as occasions
from redhouse.ground.occasions.enums import OccasionKind
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Space
from redhouse.ground.process import facts
from redhouse.ground.process.actions.rolls import record
from redhouse.ground.process.enums import MeetingEnding, Way
from redhouse.ground.process.models import AgendaItem, Elector, Meeting, Proxy, Roll, SignIn
from redhouse.ground.process.queries.rolls import PARTY, rule_of, step_of
from redhouse.ground.process.rules.meetings import may_serve, missing_before_convening, missing_before_end
from redhouse.ground.process.rules.rolls import may_keep_roll, missing_for_proxy
from redhouse.kit.voting import VoteBody

NOT_SERVING = gettext_lazy("只有本人，或会议的主持、记录、监票人可以签到")


@transaction.atomic
def convene_meeting(
    *,
    roll: Roll,
    title: str,
    from_at: datetime,
    until_at: datetime,
    space: Space | None,
    chair: Person,
    recorder: Person,
    scrutineer: Person,
    agenda: Sequence[str],
    link: str,
    by: Person,
    on: date,
    is_online: bool = False,
) -> Meeting:
    """Call the electors of a closed roll together and send each of them the notice. `link` is the path of the page
    that the notice leads to, with `{id}` where the number of the meeting stands.

    Raises PermissionDenied, NotYet with what is missing, ValidationError for a room that is taken.
    """
    roll = Roll.objects.select_for_update(of=("self",)).select_related("run__version", "run__host").get(pk=roll.pk)
    if not may_keep_roll(by, roll, on):
        raise PermissionDenied(_("会议由办理这一步的人召集"))
    require(missing_before_convening(roll, from_at, on))
    step, rule = step_of(roll), rule_of(roll)
    if is_online and not rule.online_allowed:
        raise NotYet([_("这种会议依规则不能线上参加")])
    kind = OccasionKind.ORG_LIFE if step.body in PARTY else OccasionKind.ASSEMBLY
    occasion = occasions.plan_occasion(
        kind=kind, title=title, host=roll.run.host, space=space, from_at=from_at, until_at=until_at, by=by
    )
    meeting = Meeting(
        roll=roll,
        occasion=occasion,
        chair=chair,
        recorder=recorder,
        scrutineer=scrutineer,
        is_online=is_online,
        convened_on=on,
        convened_by=by,
    )
    with in_words(meeting):
        meeting.save()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, number=number, text=text.strip())
        for number, text in enumerate((line for line in agenda if line.strip()), start=1)
    )
    with everything():
        people = [elector.person for elector in roll.electors.select_related("person")]
        occasions.expect_people(occasion=occasion, people=people)
    meeting.notice = messages.send_notice(
        kind=NoticeKind.MEETING_NOTICE,
        title=title,
        text=notice_text(meeting, VoteBody(step.body).label if step.body else ""),
        link=link.format(id=meeting.pk),
        people=people,
        division_code=roll.division_code,
        by=by,
        on=on,
        dedup=f"process.meeting.{meeting.pk}",
        due_on=timezone.localdate(from_at),
    )
    meeting.save(update_fields=["notice"])
    record(facts.MEETING_CONVENED, roll, by, on, quantity=len(people))
    return meeting


def notice_text(meeting: Meeting, body: str) -> str:
    """Time, place, items: what the law wants in a notice."""
    occasion, begins = meeting.occasion, timezone.localtime(meeting.occasion.from_at)
    lines = [
        _("时间：%(y)s年%(m)s月%(d)s日%(clock)s")
        % {"y": begins.year, "m": begins.month, "d": begins.day, "clock": f"{begins:%H:%M}"},
        _("地点：%(place)s") % {"place": occasion.space or _("另行通知")}
        + (_("，可线上参加") if meeting.is_online else ""),
        _("内容：%(items)s") % {"items": "；".join(item.text for item in meeting.agenda.all())},
    ]
    return "\n".join(lines)


@transaction.atomic
def sign_in(*, meeting: Meeting, elector: Elector, way: str, by: Person, at: datetime) -> SignIn:
    """An elector is there. On the spot: by oneself with the code that is shown there, or written down by who serves
    the meeting; online: by oneself. Proxies that the elector holds are there along. Repeating it changes nothing.

    Raises PermissionDenied and NotYet.
    """
    meeting = locked(meeting)
    if meeting.ending:
        raise NotYet([_("会议已经结束")])
    if by.pk != elector.person_id and not may_serve(by, meeting, timezone.localdate(at)):
        raise PermissionDenied(str(NOT_SERVING))
    if way == Way.ONLINE and not meeting.is_online:
        raise NotYet([_("这次会议不能线上参加，请到现场签到")])
    if way == Way.ONLINE and by.pk != elector.person_id:
        raise PermissionDenied(_("线上参加要本人登录"))
    with everything():
        signed = _signed(meeting, elector, way, by, at)
        for proxy in Proxy.objects.filter(holder=elector, checked_on__isnull=False).select_related("principal__person"):
            _signed(meeting, proxy.principal, Way.PROXY, by, at)
    return signed


def _signed(meeting: Meeting, elector: Elector, way: str, by: Person, at: datetime) -> SignIn:
    row, new = SignIn.objects.get_or_create(
        meeting=meeting,
        elector=elector,
        defaults={
            "person_id": elector.person_id,
            "division_code": elector.division_code,
            "way": way,
            "present_at": at,
            "present_by": by,
        },
    )
    if new and way != Way.PROXY:
        occasions.record_presence(occasion=meeting.occasion, person=elector.person, by=by, at=at)
    return row


@transaction.atomic
def sign_in_numbers(
    *, meeting: Meeting, numbers: Sequence[int], by: Person, at: datetime
) -> tuple[list[SignIn], list[int]]:
    """Key in a sign-in sheet by the numbers of the roll: who serves the meeting writes down that these people are on
    the spot. Returns their rows, and numbers that are not on the roll. Raises PermissionDenied and NotYet."""
    meeting = locked(meeting)
    if meeting.ending:
        raise NotYet([_("会议已经结束")])
    if not may_serve(by, meeting, timezone.localdate(at)):
        raise PermissionDenied(str(NOT_SERVING))
    with everything():
        rows = Elector.objects.filter(roll=meeting.roll_id, number__in=numbers).select_related("person")
        electors = {elector.number: elector for elector in rows}
        there = [electors[number] for number in dict.fromkeys(numbers) if number in electors]
        proxies = Proxy.objects.filter(holder__in=there, checked_on__isnull=False).select_related("principal__person")
        _signed_all(meeting, [proxy.principal for proxy in proxies], Way.PROXY, by, at)
        signed = _signed_all(meeting, there, Way.ONSITE, by, at)
        occasions.record_presences(
            occasion=meeting.occasion, people=[elector.person for elector in there], by=by, at=at
        )
    return signed, [number for number in numbers if number not in electors]


def _signed_all(meeting: Meeting, electors: Sequence[Elector], way: str, by: Person, at: datetime) -> list[SignIn]:
    SignIn.objects.bulk_create(
        [
            SignIn(
                meeting=meeting,
                elector=elector,
                person_id=elector.person_id,
                division_code=elector.division_code,
                way=way,
                present_at=at,
                present_by=by,
            )
            for elector in electors
        ],
        ignore_conflicts=True,
    )
    return list(meeting.sign_ins.filter(elector__in=electors).order_by("elector__number"))


@transaction.atomic
def check_proxy(*, proxy: Proxy, by: Person, at: datetime) -> Proxy:
    """Somebody other than who wrote it down holds the paper against the roll. From now on it counts; where the holder
    is there already, so is the principal."""
    on = timezone.localdate(at)
    with everything():
        row = Proxy.objects.select_for_update(of=("self",)).select_related(
            "principal__roll__run__version", "principal__roll__run__host", "principal__person", "holder__person"
        ).get(pk=proxy.pk)  # fmt: skip
    meeting = row.principal.roll.meetings.filter(ending="").first()
    if meeting is None or not may_serve(by, meeting, on):
        raise PermissionDenied(_("委托书由会议的主持、记录、监票人核对"))
    if row.checked_on is not None:
        return row
    if row.recorded_by_id == by.pk:
        raise NotYet([_("登记委托的人不能自己核对，请另一人核对")])
    require(missing_for_proxy(row.principal, row.holder))
    row.checked_on, row.checked_by = on, by
    row.save(update_fields=["checked_on", "checked_by"])
    record(facts.PROXY_CHECKED, row.principal.roll, by, on, actor=row.person_id)
    with everything():
        if meeting.sign_ins.filter(elector=row.holder).exists():
            _signed(meeting, row.principal, Way.PROXY, by, at)
    return row


@transaction.atomic
def start_meeting(*, meeting: Meeting, by: Person, at: datetime) -> Meeting:
    """The chair opens the meeting. Repeating it changes nothing."""
    meeting = served(meeting, by, at)
    if meeting.ending:
        raise NotYet([_("会议已经结束")])
    if meeting.started_at is None:
        meeting.started_at, meeting.started_by = at, by
        meeting.save(update_fields=["started_at", "started_by"])
    return meeting


@transaction.atomic
def begin_item(*, item: AgendaItem, by: Person, at: datetime) -> AgendaItem:
    meeting = served(item.meeting, by, at)
    require(missing_before_end(meeting))
    if item.begun_at is None:
        item.begun_at, item.begun_by = at, by
        item.save(update_fields=["begun_at", "begun_by"])
    return item


@transaction.atomic
def adjourn_meeting(*, meeting: Meeting, by: Person, at: datetime) -> Meeting:
    """Go home without a vote; the same roll may be convened again, with a notice of its own."""
    meeting = served(meeting, by, at)
    if meeting.ending:
        raise NotYet([_("会议已经结束")])
    if getattr(meeting, "box", None) is not None:
        raise NotYet([_("投票已经开始，不能延期，请计票后结束")])
    return end(meeting, MeetingEnding.ADJOURNED, by, at)


def end(meeting: Meeting, ending: str, by: Person, at: datetime) -> Meeting:
    meeting.ending, meeting.ended_at, meeting.ended_by = ending, at, by
    meeting.save(update_fields=["ending", "ended_at", "ended_by"])
    record(facts.MEETING_ENDED, meeting.roll, by, timezone.localdate(at), label=ending)
    return meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now; sign-ins wait for nobody, so only its own row is held against an end."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("roll__run__version", "roll__run__host", "occasion")
        .get(pk=meeting.pk)
    )


def served(meeting: Meeting, by: Person, at: datetime) -> Meeting:
    row = locked(meeting)
    if not may_serve(by, row, timezone.localdate(at)):
        raise PermissionDenied(_("会议由主持、记录、监票人和召集人管"))
    return row
