"""My messages: what waits, what is new, to the thing itself, confirmed once, and by which way."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from redhouse.ground.messages.actions import choose_channel, confirm_receipt
from redhouse.ground.messages.enums import Channel, NoticeKind
from redhouse.ground.messages.models import Notice, Preference, Receipt
from redhouse.ground.messages.todo import owed_by
from redhouse.ground.people.models import Person
from redhouse.kit.today import stand_at
from tests.cast import HAIZHOU, TODAY, person
from tests.desk.pages import clean
from tests.ground.messages.factories import sent


def numbered(page: str) -> list[str]:
    """The small numbers beside the doors."""
    return re.findall(r'<span class="n">(\d+)</span>', page)


def sections(page: str) -> list[str]:
    return re.findall(r'<h2 class="h-sec">([^<]+)', page)


def test_an_empty_inbox_teaches(signed) -> None:
    page = clean(signed("member").get("/messages/"))
    assert "发给您的通知会出现在这里" in page
    assert numbered(page) == []


def test_what_waits_stands_first_then_what_is_new_then_the_rest(signed) -> None:
    stand_at(TODAY)
    client = signed("member")
    read = sent("member", kind=NoticeKind.REPLY, title="路灯已修好")
    client.get(f"/messages/{read.receipts.get().pk}/")
    sent("member", kind=NoticeKind.PUBLICITY, title="分红方案公示")
    sent("member", title="成员大会", due_on=TODAY)
    page = clean(client.get("/messages/"))
    assert sections(page) == ["等您确认收到", "没有看过", "看过"]
    assert page.index("成员大会") < page.index("分红方案公示") < page.index("路灯已修好")
    assert "1条等您确认收到" in page
    assert "请在12月14日前确认" in page
    assert "田大业" in page
    assert page.count("btn-primary") == 1
    assert numbered(page) == ["1", "2", "1", "2"]  # to do and messages, in the rail and in the bar


def test_nobody_owes_a_receipt_for_a_meeting_that_is_over(signed) -> None:
    stand_at(TODAY)
    yesterday = TODAY - timedelta(days=1)
    sent("member", title="昨天的成员大会", due_on=yesterday)
    informed = sent("member", kind=NoticeKind.PARTY_INFORM, title="分红方案先知", due_on=yesterday)
    client = signed("member")
    page = clean(client.get("/messages/"))
    assert sections(page) == ["等您确认收到", "没有看过"]
    assert page.index("分红方案先知") < page.index("昨天的成员大会")
    assert [row["title"] for row in client.get("/api/v1/receipts").json()] == ["分红方案先知"]
    assert [owed.title for owed in owed_by(person("member"), TODAY)] == ["分红方案先知"]
    confirm_receipt(notice=informed, person=person("member"), by=person("member"), on=TODAY, channel=Channel.IN_APP)
    assert owed_by(person("member"), TODAY) == []


def test_the_title_leads_to_the_thing_and_opening_it_is_noted(signed) -> None:
    receipt = sent("member", kind=NoticeKind.REPLY, link="/villages/440605122220/?as_of=2018-12-14").receipts.get()
    client: Client = signed("member")
    client.head(f"/messages/{receipt.pk}/")
    receipt.refresh_from_db()
    assert receipt.read_at is None
    answer = client.get(f"/messages/{receipt.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/villages/440605122220/?as_of=2018-12-14")
    receipt.refresh_from_db()
    assert receipt.read_at is not None


def test_confirming_takes_one_tap_and_says_so(signed) -> None:
    receipt = sent("member").receipts.get()
    client: Client = signed("member")
    page = clean(client.post(f"/messages/{receipt.pk}/confirm/", follow=True))
    assert "已确认收到“第一经济社成员大会”" in page
    assert "已确认" in page
    client.post(f"/messages/{receipt.pk}/confirm/")
    receipt.refresh_from_db()
    assert (receipt.channel, receipt.confirmed_by) == (Channel.IN_APP, person("member"))


@pytest.mark.parametrize("verb", ["get", "post"])
def test_the_message_of_another_does_not_exist(signed, verb: str) -> None:
    receipt = sent("member").receipts.get()
    client = signed("secretary")
    assert client.get(f"/messages/{receipt.pk}/").status_code == 404
    assert client.post(f"/messages/{receipt.pk}/confirm/").status_code == 404
    receipt.refresh_from_db()
    assert (receipt.read_at, receipt.confirmed_at) == (None, None)


def test_a_receipt_that_somebody_recorded_is_shown_to_the_person(signed) -> None:
    notice = sent("member")
    confirm_receipt(notice=notice, person=person("member"), by=person("grid"), on=TODAY, channel=Channel.DOOR)
    page = clean(signed("member").get("/messages/"))
    assert "12月14日由人代记（上门）" in page


def test_a_message_from_beyond_ones_reach_names_its_sender(signed) -> None:
    sent("member", by=person("neighbour"), division_code=HAIZHOU)
    assert "舟行远" in clean(signed("member").get("/messages/"))


def test_all_are_marked_as_read_but_what_waits_still_waits(signed) -> None:
    sent("member")
    for _ in range(3):
        sent("member", kind=NoticeKind.REMINDER)
    client = signed("member")
    page = clean(client.post("/messages/read/", follow=True))
    assert "4条标为看过" in page
    assert sections(page) == ["等您确认收到", "看过"]


def test_what_is_written_in_a_notice_is_no_markup(signed) -> None:
    sent("member", title="<script>alert(1)</script>", text="<b>粗</b>")
    assert "&lt;script&gt;" in clean(signed("member").get("/messages/"))


def test_an_account_without_a_person_has_no_post_box(signed) -> None:
    client = signed("nobody")
    assert client.get("/messages/").status_code == 403
    assert numbered(clean(client.get("/"))) == []


def test_a_full_inbox_is_turned_page_by_page_at_constant_cost(signed, django_assert_num_queries) -> None:
    client = signed("member")
    sent("member", kind=NoticeKind.REMINDER)
    client.get("/messages/")
    with django_assert_num_queries(COST):
        client.get("/messages/")
    for _ in range(64):
        sent("member", kind=NoticeKind.REMINDER)
    client.get("/messages/")  # counts what is owed, once for all pages until more is recorded
    with django_assert_num_queries(COST):
        page = clean(client.get("/messages/"))
    assert page.count('<li id="m') == 30
    last = clean(client.get("/messages/page/3/"))
    assert last.count('<li id="m') == 5
    assert 'rel="next"' not in last
    assert client.get("/messages/page/4/").status_code == 404
    assert client.get("/messages/page/0/").status_code == 404


COST = 11  # seven of every page, less the posts of the head; the wall opened and shut again, and the messages


def test_preferences_are_kept_by_kind_and_channel(signed) -> None:
    client = signed("member")
    page = clean(client.get("/messages/preferences/"))
    assert page.count("必收") == 4
    boxes = re.findall(r'name="([a-z_]+-[a-z_]+)"[^>]*?( checked)', page)
    ticked = {name for name, _ in boxes} - {"reminder-in_app", "overdue-sms"} | {"reply-sms"}
    page = clean(client.post("/messages/preferences/", dict.fromkeys(ticked, "on"), follow=True))
    assert "接收方式已保存" in page
    chosen = set(Preference.objects.values_list("kind", "channel", "is_on"))
    assert chosen == {("reminder", "in_app", False), ("overdue", "sms", False), ("reply", "sms", True)}
    assert Preference.objects.first().person == person("member")


def test_what_the_law_wants_told_cannot_be_switched_off_by_a_crafted_form(signed) -> None:
    client = signed("member")
    client.post("/messages/preferences/", {})
    assert not Preference.objects.filter(kind="meeting_notice", channel="in_app").exists()
    assert Preference.objects.filter(kind="reminder", channel="in_app", is_on=False).exists()
    sent("member")
    assert "第一经济社成员大会" in clean(client.get("/messages/"))


def test_a_kind_switched_off_is_not_counted(signed) -> None:
    choose_channel(kind=NoticeKind.REMINDER, channel=Channel.IN_APP, is_on=False, by=person("member"))
    sent("member", kind=NoticeKind.REMINDER)
    assert numbered(clean(signed("member").get("/messages/"))) == []


# ── what was sent, and how it arrived ─────────────────────────────────────────────────────────────────────────────


def test_who_serves_the_place_sees_what_was_sent_and_how_much_came_back(signed) -> None:
    notice = sent()
    sent("outsider", title="海舟的会", by=person("neighbour"), division_code=HAIZHOU)
    confirm_receipt(notice=notice, person=person("member"), by=person("grid"), on=TODAY, channel=Channel.PAPER)
    for who in ("secretary", "grid"):
        page = clean(signed(who).get("/messages/sent/"))
        assert "1／3" in page
        assert "海舟的会" not in page
    assert "海舟的会" in clean(signed("org").get("/messages/sent/"))
    assert "会列在这里" in clean(signed("member").get("/messages/sent/"))


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "member", "outsider", "admin"])
def test_how_a_notice_arrived_is_not_everybodys_business(signed, who: str) -> None:
    notice, member = sent(), person("member")
    client = signed(who)
    assert client.get(f"/messages/sent/{notice.pk}/").status_code == 404
    assert client.post(f"/messages/sent/{notice.pk}/receipts/", {"people": [member.pk]}).status_code == 404
    assert client.post(f"/messages/sent/{notice.pk}/announce/", {}).status_code == 404


def test_receipts_are_recorded_for_people_who_were_reached(signed) -> None:
    notice = sent()
    client = signed("grid")
    page = clean(client.get(f"/messages/sent/{notice.pk}/"))
    assert "还没有回执<small>3人" in page
    assert "户＊访" in page
    assert "户常访" not in page
    page = clean(
        client.post(
            f"/messages/sent/{notice.pk}/receipts/",
            {"channel": "door", "people": [person("member").pk, person("supervisor").pk]},
            follow=True,
        )
    )
    assert "代记了2份回执" in page
    assert "上门，格致知代记" in page
    assert "还没有回执<small>1人" in page
    assert Receipt.objects.filter(confirmed_by=person("grid"), channel=Channel.DOOR).count() == 2


@pytest.mark.parametrize(
    ("to", "channel", "says"),
    [([], "paper", "请先勾选"), (["999999"], "paper", "名单刚有变化"), (["member"], "sms", "sms")],
)
def test_a_form_that_cannot_be_recorded_says_why(signed, to: list[str], channel: str, says: str) -> None:
    notice = sent("member")
    chosen = [person("member").pk if one == "member" else one for one in to]
    answer = signed("secretary").post(f"/messages/sent/{notice.pk}/receipts/", {"channel": channel, "people": chosen})
    assert answer.status_code == 422
    assert says in clean(answer)
    assert Receipt.objects.get().confirmed_at is None


def test_an_announcement_is_logged_with_its_photograph(signed, tmp_path) -> None:
    notice = sent()
    photo = tmp_path / "board.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\nboard")
    with photo.open("rb") as file:
        page = clean(
            signed("secretary").post(
                f"/messages/sent/{notice.pk}/announce/",
                {"channel": "board", "announced_on": "2018-12-14", "note": "村口公示栏", "photo": file},
                follow=True,
            )
        )
    assert "已登记公开告知" in page
    assert "村口公示栏" in page
    assert "有照片" in page
    row = notice.announcements.get()
    assert row.paper.division_code == notice.division_code
    assert row.paper.versions.get().media_type == "image/png"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"note": ""}, "这个字段是必填项"),
        ({"announced_on": "2999-01-01"}, "还没到这一天"),
        ({"channel": "sms"}, "sms"),
    ],
)
def test_an_announcement_that_says_too_little_is_refused(signed, changes: dict[str, str], says: str) -> None:
    notice = sent()
    fields = {"channel": "loudspeaker", "announced_on": "2018-12-14", "note": "18:30，两遍"}
    answer = signed("secretary").post(f"/messages/sent/{notice.pk}/announce/", fields | changes)
    assert answer.status_code == 422
    assert says in clean(answer)
    assert not notice.announcements.exists()


def test_a_notice_to_many_costs_no_more_than_one_to_few(signed, django_assert_max_num_queries) -> None:
    many = [Person(name=f"社员{n}", division_code="440605122220001", is_demo=True) for n in range(250)]
    Person.objects.bulk_create(many)
    notice: Notice = sent(people=Person.objects.filter(name__startswith="社员"))
    client = signed("secretary")
    client.get("/")
    with django_assert_max_num_queries(30):
        page = clean(client.get(f"/messages/sent/{notice.pk}/"))
    assert page.count('name="people"') == 200
    assert "先列200人" in page
