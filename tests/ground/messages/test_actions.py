"""A notice goes out once, its arrival is confirmed once, and each is a fact."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages import actions
from redhouse.ground.messages.enums import BROADCAST, Channel, NoticeKind
from redhouse.ground.messages.models import Announcement, Notice, Receipt
from redhouse.ground.messages.queries import Arrived, arrived, inbox_for, receipts, unread_count
from redhouse.ground.messages.rules import missing_receipts
from tests.cast import HAIZHOU, TODAY, XINTIAN, person
from tests.ground.messages.factories import sent


def facts(kind: str) -> list[tuple[int | None, int | None, int | None, int, str]]:
    rows = Fact.objects.filter(kind=kind).order_by("fact_id")
    return list(rows.values_list("actor_id", "recorder_id", "subject_id", "quantity", "label"))


def confirm(notice: Notice, who: str, *, by: str | None = None, channel: Channel = Channel.IN_APP) -> Receipt:
    return actions.confirm_receipt(notice=notice, person=person(who), by=person(by or who), on=TODAY, channel=channel)


def test_a_notice_reaches_each_person_once_and_is_one_fact(town: str) -> None:
    secretary = person("secretary")
    notice = sent(people=[person("member"), person("member"), secretary])
    assert [r.person_id for r in notice.receipts.order_by("person_id")] == [secretary.pk, person("member").pk]
    assert facts("notice_issued") == [(secretary.pk, secretary.pk, notice.pk, 2, "meeting_notice")]


def test_the_same_occasion_again_changes_nothing(town: str) -> None:
    first = sent("member", dedup="meeting.1")
    again = sent("secretary", dedup="meeting.1", title="另一标题")
    assert again == first
    assert (Notice.objects.count(), Receipt.objects.count(), len(facts("notice_issued"))) == (1, 1, 1)


def test_without_a_key_every_notice_is_its_own(town: str) -> None:
    assert sent() != sent()


def test_the_house_itself_may_speak(town: str) -> None:
    notice = sent("member", by=None, kind=NoticeKind.REMINDER)
    assert notice.sent_by is None
    assert facts("notice_issued")[0][:2] == (None, None)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"link": "https://elsewhere.example/"}, "本站的路径"),
        ({"link": "//elsewhere.example/"}, "本站的路径"),
        ({"link": "/\\elsewhere.example/"}, "本站的路径"),
        ({"link": "/a b"}, "本站的路径"),
        ({"title": ""}, "不能为空"),
        ({"title": "请拨13800138000"}, "不能写电话"),
        ({"title": "44060519900101123X的事"}, "不能写电话"),
        ({"kind": "gossip"}, "gossip"),
    ],
)
def test_a_notice_that_cannot_stand_is_refused_in_words(town: str, changes: dict[str, str], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        sent(**changes)
    assert Notice.objects.count() == 0


def test_a_division_code_in_a_title_is_no_personal_number(town: str) -> None:
    assert sent(title=f"{XINTIAN}的会").title == f"{XINTIAN}的会"


def test_a_notice_goes_to_people_beyond_the_senders_reach(town: str) -> None:
    secretary, neighbour = person("secretary"), person("neighbour")
    set_reach([XINTIAN], person_id=secretary.pk)
    notice = sent(people=[neighbour], by=secretary)
    assert [row.person_id for row in receipts(notice).missing] == [neighbour.pk]
    set_reach((), person_id=neighbour.pk)
    assert [receipt.notice for receipt in inbox_for(neighbour, TODAY)] == [notice]


def test_the_person_confirms_in_the_house(town: str) -> None:
    notice, member = sent(), person("member")
    receipt = confirm(notice, "member")
    assert (receipt.channel, receipt.confirmed_by, receipt.confirmed_on) == (Channel.IN_APP, member, TODAY)
    assert not receipt.is_assisted
    assert receipt.read_at is not None
    assert facts("receipt_confirmed") == [(member.pk, member.pk, notice.pk, 1, "in_app")]


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.PHONE, Channel.DOOR])
def test_somebody_writes_it_down_for_them_and_that_is_recorded_as_such(town: str, channel: Channel) -> None:
    notice, member, grid = sent(), person("member"), person("grid")
    receipt = confirm(notice, "member", by="grid", channel=channel)
    assert receipt.is_assisted
    assert receipt.read_at is None
    assert facts("receipt_confirmed") == [(member.pk, grid.pk, notice.pk, 1, str(channel))]


def test_confirming_again_changes_nothing_by_whatever_channel(town: str) -> None:
    notice = sent()
    first = confirm(notice, "member")
    again = confirm(notice, "member", by="secretary", channel=Channel.PAPER)
    assert (again.channel, again.confirmed_at) == (first.channel, first.confirmed_at)
    assert len(facts("receipt_confirmed")) == 1


@pytest.mark.parametrize(
    ("by", "channel", "says"),
    [
        ("secretary", Channel.IN_APP, "只能由本人"),
        ("secretary", Channel.LOUDSPEAKER, "公开告知"),
        ("secretary", Channel.BOARD, "公开告知"),
        ("secretary", Channel.SMS, "不等于收到"),
        ("member", Channel.WECOM, "不等于收到"),
    ],
)
def test_what_proves_nothing_about_the_person_is_no_receipt(town: str, by: str, channel: Channel, says: str) -> None:
    with pytest.raises(NotYet, match=says):
        confirm(sent(), "member", by=by, channel=channel)


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "outsider", "admin", "member"])
def test_only_who_serves_the_place_writes_receipts_for_others(town: str, who: str) -> None:
    notice = sent()
    with pytest.raises(PermissionDenied):
        confirm(notice, "secretary", by=who, channel=Channel.PAPER)
    with pytest.raises(PermissionDenied):
        actions.record_broadcast(notice=notice, channel=Channel.BOARD, note="公示栏", by=person(who), on=TODAY)
    assert facts("receipt_confirmed") == facts("notice_announced") == []


def test_the_sender_may_whatever_their_post(town: str) -> None:
    notice = sent("member", by=person("supervisor"))
    assert confirm(notice, "member", by="supervisor", channel=Channel.PHONE).is_assisted


def test_somebody_who_is_not_on_the_list_has_no_receipt(town: str) -> None:
    with pytest.raises(NotYet, match="收件名单"):
        confirm(sent("secretary"), "member")


def test_what_is_missing_is_said_with_masked_names_until_all_confirmed(town: str) -> None:
    notice = sent()
    assert missing_receipts(notice) == ["“第一经济社成员大会”还差3份回执：田＊业、监＊直、户＊访"]
    actions.mark_read(receipt=notice.receipts.get(person=person("supervisor")), by=person("supervisor"))
    confirm(notice, "secretary")
    found = receipts(notice)
    assert [[r.person.name for r in rows] for rows in (found.confirmed, found.delivered, found.missing)] == [
        ["田大业"], ["监正直"], ["户常访"]
    ]  # fmt: skip
    assert arrived(notice) == Arrived(confirmed=1, delivered=1, missing=1)
    assert missing_receipts(notice) == ["“第一经济社成员大会”还差2份回执：户＊访、监＊直"]
    confirm(notice, "supervisor")
    confirm(notice, "member", by="secretary", channel=Channel.DOOR)
    assert missing_receipts(notice) == []


def test_a_gate_counts_people_whom_the_reader_cannot_see(town: str) -> None:
    notice = sent("neighbour")
    set_reach([XINTIAN], person_id=person("secretary").pk)
    assert arrived(notice).waiting == 1
    assert missing_receipts(notice) == ["“第一经济社成员大会”还差1份回执：舟＊远"]


@pytest.mark.parametrize("channel", BROADCAST)
def test_a_broadcast_is_logged_and_confirms_nobody(town: str, channel: Channel) -> None:
    notice, grid = sent(), person("grid")
    row = actions.record_broadcast(notice=notice, channel=channel, note="18:30，祠堂前，两遍", by=grid, on=TODAY)
    assert list(Announcement.objects.all()) == [row]
    assert facts("notice_announced") == [(grid.pk, grid.pk, notice.pk, 1, str(channel))]
    assert receipts(notice).confirmed == []


@pytest.mark.parametrize(
    ("changes", "says"), [({"channel": Channel.SMS}, "只有广播、公示栏、上门"), ({"note": ""}, "不能为空")]
)
def test_a_broadcast_that_says_nothing_is_refused(town: str, changes: dict[str, object], says: str) -> None:
    fields = {"notice": sent(), "channel": Channel.BOARD, "note": "村口", "by": person("secretary"), "on": TODAY}
    with pytest.raises(ValidationError, match=says):
        actions.record_broadcast(**fields | changes)  # type: ignore[arg-type]


def test_opening_is_counted_and_confirms_nothing(town: str) -> None:
    first, member = sent("member"), person("member")
    sent("member")
    assert unread_count(member) == 2
    actions.mark_read(receipt=first.receipts.get(), by=member)
    actions.mark_read(receipt=first.receipts.get(), by=member)
    assert unread_count(member) == 1
    assert [receipt.notice == first for receipt in inbox_for(member, TODAY)] == [False, True]
    assert actions.mark_all_read(by=member) == 1
    assert (unread_count(member), missing_receipts(first) != []) == (0, True)


def test_nobody_opens_the_message_of_another(town: str) -> None:
    receipt = sent("member").receipts.get()
    actions.mark_read(receipt=receipt, by=person("secretary"))
    assert unread_count(person("member")) == 1


def test_a_kind_that_is_switched_off_leaves_the_inbox_and_comes_back(town: str) -> None:
    member = person("member")
    sent("member", kind=NoticeKind.REMINDER)
    actions.choose_channel(kind=NoticeKind.REMINDER, channel=Channel.IN_APP, is_on=False, by=member)
    assert (unread_count(member), list(inbox_for(member, TODAY)), actions.mark_all_read(by=member)) == (0, [], 0)
    actions.choose_channel(kind=NoticeKind.REMINDER, channel=Channel.IN_APP, is_on=True, by=member)
    assert unread_count(member) == 1


@pytest.mark.parametrize("kind", ["meeting_notice", "party_inform", "publicity", "decision"])
def test_what_the_law_wants_told_stays_on_in_the_house(town: str, kind: str) -> None:
    with pytest.raises(ValidationError, match="法定通知"):
        actions.choose_channel(kind=NoticeKind(kind), channel=Channel.IN_APP, is_on=False, by=person("member"))
    actions.choose_channel(kind=NoticeKind(kind), channel=Channel.SMS, is_on=False, by=person("member"))


def together(*works: Callable[[], object]) -> list[object]:
    """Run at one instant, each on a connection of its own; what each gave or raised."""
    start, given = threading.Barrier(len(works), timeout=60), [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            set_reach("*")
            start.wait()
            given[place] = work()  # type: ignore[call-overload]
        except Exception as error:
            given[place] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(given)


def test_two_who_confirm_at_one_instant_make_one_receipt(town: str) -> None:
    notice = sent()
    given = together(
        *[lambda: confirm(notice, "member")] * 3,
        *[lambda: confirm(notice, "member", by="grid", channel=Channel.PAPER)] * 3,
    )
    assert {type(one) for one in given} == {Receipt}
    assert len({(one.channel, one.confirmed_at) for one in given}) == 1  # type: ignore[union-attr, attr-defined]
    assert len(facts("receipt_confirmed")) == 1


def test_two_who_send_one_occasion_at_one_instant_send_it_once(town: str) -> None:
    given = together(*[lambda: sent("member", dedup="meeting.9")] * 6)
    assert {type(one) for one in given} == {Notice}
    assert (Notice.objects.count(), Receipt.objects.count(), len(facts("notice_issued"))) == (1, 1, 1)


def test_a_neighbouring_place_is_served_by_its_own(town: str) -> None:
    notice = sent("outsider", division_code=HAIZHOU, by=None)
    assert confirm(notice, "outsider", by="neighbour", channel=Channel.PAPER).is_assisted
    with pytest.raises(PermissionDenied):
        confirm(sent("outsider", division_code=HAIZHOU, by=None), "outsider", by="secretary", channel=Channel.PAPER)
