"""Who is told what of a case: the resident the code, whoever handles it that time runs out."""

from datetime import timedelta

from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.commands._queue import OUTSIDE, work_off_jobs
from redhouse.ground.access.reach import set_reach
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.messages.jobs import remind_once
from redhouse.ground.messages.models import Notice
from redhouse.kit.today import stand_at
from redhouse.work.gridwork import due
from redhouse.work.gridwork.actions import assign, report_event
from tests.cast import XINTIAN, person
from tests.ground.messages.gateway import gateway
from tests.ground.process.cases import act, ready, step_of
from tests.ground.process.factories import D1

DAY = timedelta(days=1)


def test_a_resident_is_sent_the_code_and_the_handler_is_reminded(town: str, settings: LazySettings) -> None:
    ready()
    stand_at(D1)  # hours count from now, whatever the hour of the test
    settings.REDHOUSE_DEMO, settings.REDHOUSE_ADDRESS = False, "https://rh.example.cn"
    with gateway() as outside:
        settings.REDHOUSE_SMS_URL, settings.REDHOUSE_SMS_KEY = outside.url, "k" * 40
        report = report_event(
            type_code="0101",
            words="路边堆了垃圾",
            spot="后巷",
            division_code=XINTIAN,
            phone="13900139000",
            by=None,
            on=D1,
        )
        outside.answers = [503]
        assert work_off_jobs(OUTSIDE)  # not taken, so it is tried again
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
        assert work_off_jobs(OUTSIDE)
        assert outside.bodies == [outside.bodies[0]] * 2
        assert outside.bodies[0] == {
            "to": "13900139000",
            "text": f"您上报的事收到了，查询码{report.status_code} https://rh.example.cn/open/report/{report.status_code}/",
        }
        assert outside.came[0][0]["idempotency-key"] == outside.came[1][0]["idempotency-key"]
    settings.REDHOUSE_SMS_URL = settings.REDHOUSE_SMS_KEY = ""
    set_reach("*")
    assert list(due.cases(D1)) == [], "what was opened today presses nobody"
    act(report.run, "accepted", "dispatcher")
    act(report.run, "filed", "dispatcher")
    assign(step=step_of(report.run), handler=person("grid"), by=person("dispatcher"), on=D1)
    step = step_of(report.run)
    assert step.due_on == D1 + 3 * DAY
    for day, told, kind in (
        (D1 + DAY, 0, None),
        (D1 + 2 * DAY, 1, NoticeKind.REMINDER),
        (D1 + 3 * DAY, 0, None),
        (D1 + 4 * DAY, 1, NoticeKind.OVERDUE),
        (D1 + 9 * DAY, 0, None),
    ):
        stand_at(day)
        assert remind_once(day) == told, day
        if kind is not None:
            notice = Notice.objects.latest("pk")
            assert (notice.kind, [row.person for row in notice.receipts.all()]) == (kind, [person("grid")])
            assert notice.title.endswith("新田，乱堆垃圾，处置")
    with CaptureQueriesContext(connection) as asked:
        list(due.cases(day))
    assert len(asked) <= 9
    assert step_of(report.run).pk == step.pk, "a reminder closes nothing"
