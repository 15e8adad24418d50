"""Out of the house: signed, masked in the log, queued with the notice, sent once, tried again, and said where not."""

import hashlib
import hmac
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from redhouse.commands._queue import OUTSIDE, work_off_jobs
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.messages.actions import TryAgain, choose_channel, deliver
from redhouse.ground.messages.actions.deliveries import MAX_ATTEMPTS
from redhouse.ground.messages.enums import Channel, Failure, NoticeKind
from redhouse.ground.messages.models import Delivery
from redhouse.ground.messages.queries import Arrived, arrived, receipts
from redhouse.ground.people.models import Person
from tests.cast import HAIZHOU, person
from tests.ground.messages.factories import sent
from tests.ground.messages.gateway import Gateway, gateway, mail_server
from tests.ground.messages.test_actions import together

KEY = "k" * 40
PHONE = "13800138000"
ADDRESS = "https://rh.example.cn"


@pytest.fixture
def outside(settings: LazySettings) -> Iterator[Gateway]:
    """A house that is no demo, with a gateway for text messages."""
    with gateway() as here:
        settings.REDHOUSE_DEMO = False
        settings.REDHOUSE_ADDRESS = ADDRESS
        settings.REDHOUSE_SMS_URL, settings.REDHOUSE_SMS_KEY = here.url, KEY
        yield here


def states() -> list[tuple[str, str, str, int | None, int]]:
    set_reach("*")
    return list(Delivery.objects.order_by("pk").values_list("channel", "state", "reason", "answer", "attempts"))


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [status for (status,) in cursor.fetchall()]


def hurry() -> None:
    """Every wait of the queue is over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def run() -> bool:
    """Whether the worker found something to do."""
    hurry()
    found = work_off_jobs(OUTSIDE)
    set_reach("*")
    return found


def test_nothing_leaves_a_house_where_nothing_is_set_up(town: str, settings: LazySettings) -> None:
    settings.REDHOUSE_DEMO = False
    sent()
    assert (states(), jobs()) == ([], [])


def test_nothing_leaves_a_demo_house(town: str, outside: Gateway, settings: LazySettings) -> None:
    settings.REDHOUSE_DEMO = True
    sent()
    assert (states(), jobs()) == ([], [])


def test_a_text_message_is_signed_and_holds_title_and_link_and_no_name(town: str, outside: Gateway) -> None:
    sent("member")
    assert states() == [("sms", "queued", "", None, 0)]
    assert run()
    assert states() == [("sms", "sent", "", None, 1)]
    ((headers, body),) = outside.came
    assert outside.bodies == [{"to": PHONE, "text": f"第一经济社成员大会 {ADDRESS}/villages/440605122220/"}]
    signed = headers["x-redhouse-timestamp"].encode() + b"." + body
    assert headers["x-redhouse-signature"] == hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()
    assert abs(int(headers["x-redhouse-timestamp"]) - time.time()) < 60
    assert "户常访" not in body.decode()
    assert jobs() == []
    assert not run()


def test_one_message_a_person_and_the_arrival_is_no_receipt(town: str, outside: Gateway) -> None:
    notice = sent()
    run()
    assert len(outside.came) == 3
    found = receipts(notice)
    assert (len(found.confirmed), len(found.delivered), len(found.missing)) == (0, 3, 0)
    assert arrived(notice) == Arrived(confirmed=0, delivered=3, missing=0)


def test_notice_and_delivery_are_one_transaction(town: str, outside: Gateway) -> None:
    with transaction.atomic():
        sent("member")
        transaction.set_rollback(True)
    assert (states(), jobs()) == ([], [])
    assert not run()
    assert outside.came == []


@pytest.mark.drill
def test_a_job_that_runs_twice_sends_once(town: str, outside: Gateway) -> None:
    sent("member")
    number = Delivery.objects.get().pk
    deliver(number)
    deliver(number)
    assert run()
    assert len(outside.came) == 1


@pytest.mark.drill
def test_six_workers_at_one_instant_send_once(town: str, outside: Gateway) -> None:
    sent("member")
    number = Delivery.objects.get().pk
    assert together(*[lambda: deliver(number)] * 6) == [None] * 6
    assert len(outside.came) == 1
    assert states() == [("sms", "sent", "", None, 1)]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_gateway_that_is_busy_is_asked_again_under_the_same_key(town: str, outside: Gateway, status: int) -> None:
    outside.answers = [status, status]
    sent("member")
    assert run()
    assert states() == [("sms", "queued", "not_taken", status, 1)]
    assert jobs() == ["todo"]
    run()
    run()
    assert states() == [("sms", "sent", "", None, 3)]
    assert len({headers["idempotency-key"] for headers, _ in outside.came}) == 1


def test_the_waits_grow(town: str, outside: Gateway) -> None:
    outside.answers = [500] * 3
    sent("member")
    waits = []
    for _ in range(3):
        run()
        with connection.cursor() as cursor:  # from the moment that the queue put it off, not from this one
            cursor.execute(
                "SELECT extract(epoch FROM j.scheduled_at - max(e.at)) FROM procrastinate_jobs j"
                " JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred_for_retry' GROUP BY j.id"
            )
            waits.append(float(cursor.fetchone()[0]))
    assert waits[0] * 2 < waits[1] < waits[2] / 2


def test_it_gives_up_and_says_so(town: str, outside: Gateway) -> None:
    outside.answers = [500] * 20
    sent("member")
    while run():
        pass
    assert states() == [("sms", "failed", "not_taken", 500, MAX_ATTEMPTS)]
    assert len(outside.came) == MAX_ATTEMPTS
    assert jobs() == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 302, 307])
def test_a_refusal_is_final_and_no_other_address_is_asked(town: str, outside: Gateway, status: int) -> None:
    outside.answers = [status]
    sent("member")
    run()
    assert states() == [("sms", "failed", "refused", status, 1)]
    assert len(outside.came) == 1


def test_a_gateway_that_is_away_is_tried_later(town: str, settings: LazySettings, outside: Gateway) -> None:
    settings.REDHOUSE_SMS_URL = "http://127.0.0.1:9/send"
    sent("member")
    run()
    assert states() == [("sms", "queued", "unreachable", None, 1)]
    settings.REDHOUSE_SMS_URL = outside.url
    run()
    assert states() == [("sms", "sent", "", None, 2)]


def test_no_log_line_holds_a_number_an_address_or_a_key(
    town: str, settings: LazySettings, outside: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    Account.objects.filter(username="member").update(email="member@example.cn")
    settings.REDHOUSE_MAIL = "mailto://127.0.0.1:9/?from=house@example.cn"
    caplog.set_level("INFO")
    outside.answers = [500, 400]
    sent("member")
    run()
    run()
    assert "138****8000" in caplog.text
    assert all(word not in caplog.text for word in (PHONE, "member@example.cn", KEY, "户常访"))


def test_who_has_no_number_gets_no_message(town: str, outside: Gateway) -> None:
    Person.objects.filter(pk=person("member").pk).update(phone="", phone_index=b"", phone_tail=b"")
    sent("member")
    assert states() == []


def test_a_number_that_was_taken_away_meanwhile_is_said(town: str, outside: Gateway) -> None:
    sent("member")
    Person.objects.filter(pk=person("member").pk).update(phone="", phone_index=b"", phone_tail=b"")
    run()
    assert states() == [("sms", "failed", Failure.NO_ADDRESS, None, 1)]


def test_a_person_who_was_forgotten_meanwhile_is_let_be(town: str, outside: Gateway) -> None:
    sent("outsider", division_code=HAIZHOU)
    Delivery.objects.all().delete()
    assert run()
    assert (outside.came, jobs()) == ([], [])


def test_a_kind_that_one_does_not_want_by_text_message_is_not_sent(town: str, outside: Gateway) -> None:
    choose_channel(kind=NoticeKind.MEETING_NOTICE, channel=Channel.SMS, is_on=False, by=person("member"))
    choose_channel(kind=NoticeKind.REPLY, channel=Channel.SMS, is_on=True, by=person("member"))
    sent("member")
    sent("member", kind=NoticeKind.REMINDER)
    assert states() == []
    sent("member", kind=NoticeKind.REPLY)
    assert [row[0] for row in states()] == ["sms"]


def test_mail_goes_to_the_address_of_the_account(town: str, settings: LazySettings) -> None:
    Account.objects.filter(username="member").update(email="member@example.cn")
    with mail_server() as (port, came):
        settings.REDHOUSE_DEMO, settings.REDHOUSE_ADDRESS = False, ADDRESS
        settings.REDHOUSE_MAIL = f"mailto://127.0.0.1:{port}/?from=house@example.cn"
        sent("member", "secretary", kind=NoticeKind.REPLY, title="Lamp mended")
        run()
    assert states() == [("email", "sent", "", None, 1)]
    (text,) = came
    assert "<member@example.cn>" in text.splitlines()[1]
    assert "Lamp mended" in text
    assert "户常访" not in text


def test_a_robot_tells_its_group_once_and_only_what_concerns_all(town: str, settings: LazySettings) -> None:
    with gateway() as town_robot, gateway() as other:
        settings.REDHOUSE_DEMO, settings.REDHOUSE_ADDRESS = False, ADDRESS
        settings.REDHOUSE_ROBOTS = {
            "wecom": {"440605122": _json(town_robot), "440605123": _json(other)},
            "dingtalk": {"": _json(town_robot)},
            "feishu": {},
        }
        sent()
        sent(kind=NoticeKind.STEP_OWED, title="轮到您")
        sent(kind=NoticeKind.PARTY_INFORM, title="先知")
        run()
        assert [(row[0], row[1]) for row in states()] == [("wecom", "sent"), ("dingtalk", "sent")]
        assert [body["title"] for body in town_robot.bodies] == ["第一经济社成员大会"] * 2
        assert town_robot.bodies[0]["message"] == f"{ADDRESS}/villages/440605122220/"
        assert other.came == []


def test_a_robot_that_does_not_take_it_is_asked_again(town: str, settings: LazySettings) -> None:
    with gateway() as robot:
        robot.answers = [500]
        settings.REDHOUSE_DEMO, settings.REDHOUSE_ADDRESS = False, ADDRESS
        settings.REDHOUSE_ROBOTS = {"wecom": {"": _json(robot)}, "dingtalk": {}, "feishu": {}}
        sent()
        run()
        assert states() == [("wecom", "queued", "not_taken", None, 1)]
        run()
        assert states() == [("wecom", "sent", "", None, 2)]


def _json(robot: Gateway) -> str:
    return robot.url.replace("http://", "json://")


def test_a_way_that_was_closed_meanwhile_is_said(town: str, settings: LazySettings, outside: Gateway) -> None:
    sent("member")
    settings.REDHOUSE_SMS_URL = ""
    run()
    assert states() == [("sms", "failed", Failure.NOT_SET_UP, None, 1)]


@pytest.mark.drill
@pytest.mark.parametrize(("channel", "end"), [("sms", ("sent", "", 2)), ("wecom", ("failed", "interrupted", 1))])
def test_a_worker_killed_while_it_sends(
    town: str, settings: LazySettings, outside: Gateway, channel: str, end: tuple[str, str, int]
) -> None:
    """A text message is sent again under its key; where nobody could tell, it is not, and the row says so."""
    if channel == "wecom":
        settings.REDHOUSE_SMS_URL = ""
        settings.REDHOUSE_ROBOTS = {"wecom": {"": _json(outside)}, "dingtalk": {}, "feishu": {}}
    import threading

    outside.hold = threading.Event()
    sent("member")
    ways = {
        "REDHOUSE_DEMO": "0",
        "REDHOUSE_ADDRESS": ADDRESS,
        "REDHOUSE_SMS_URL": settings.REDHOUSE_SMS_URL,
        "REDHOUSE_SMS_KEY": KEY if settings.REDHOUSE_SMS_URL else "",
        "REDHOUSE_WECOM": _json(outside) if channel == "wecom" else "",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED, connection.settings_dict["NAME"]], env=dict(os.environ) | ways
    )
    try:
        assert outside.arrived.wait(60)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        outside.hold.set()
    assert states()[0][1] == "sending"
    assert not work_off_jobs(OUTSIDE), "its worker may still be alive"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert run()
    ((_, state, reason, _, attempts),) = states()
    assert (state, reason, attempts) == end
    keys = [headers.get("idempotency-key") for headers, _ in outside.came]
    assert len(set(keys)) == 1
    assert len(keys) == (2 if channel == "sms" else 1)


KILLED = """
import sys, django
django.setup()
from django.db import connections
for alias in ("default", "owner", "figures"):
    connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = sys.argv[1]
from redhouse.commands._queue import OUTSIDE, work_off_jobs
work_off_jobs(OUTSIDE)
"""


def test_a_delivery_that_fails_once_says_try_again_to_the_queue(town: str, outside: Gateway) -> None:
    outside.answers = [500]
    sent("member")
    with pytest.raises(TryAgain):
        deliver(Delivery.objects.get().pk)
