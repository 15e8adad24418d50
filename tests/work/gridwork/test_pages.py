"""The grid through its pages: a resident reports, the town dispatches, somebody handles, somebody else verifies."""

import re
import struct
import zlib
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.ground.process.models import CaseType, Report
from redhouse.ground.process.queries import open_step
from redhouse.kit.today import today
from redhouse.work.gridwork.actions import adopt_life, report_event
from redhouse.work.gridwork.models import Assignment, Hazard, InspectionForm, Rating, Round, Site
from redhouse.work.gridwork.todo import cases
from tests.cast import HAIZHOU, XINTIAN, person
from tests.ground.process.factories import society


class Walker(Client):
    """Each request leaves its own reach behind; the test looks at everything again."""

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        set_reach("*")
        return answer


def as_(username: str) -> Client:
    client = Walker()
    client.force_login(Account.objects.get(username=username))
    return client


def picture() -> SimpleUploadedFile:
    """A whole PNG of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return SimpleUploadedFile("photo.png", content, content_type="image/png")


@pytest.fixture
def _ready(town: str) -> None:
    cache.clear()
    society()
    adopt_life(on=today())


def said(**changes: str) -> dict[str, str]:
    form = {
        "key": str(uuid4()),
        "type_code": "0101",
        "division_code": XINTIAN,
        "spot": "文化楼后巷",
        "words": "堆了垃圾",
    }
    return form | {"phone": "13800138000", "name": "热心人"} | changes


def close(client: Client, report: Report, outcome: str, **more: object) -> str:
    step = open_step(report.run)
    assert step is not None
    path = f"/gridwork/cases/{report.pk}/"
    answer = client.post(f"{path}close/", {"step": step.pk, "outcome": outcome, "reason": "", **more}, follow=True)
    return str(answer.content.decode())


@pytest.mark.usefixtures("_ready")
def test_a_resident_reports_and_follows_it_to_the_end() -> None:
    stranger = Walker()
    assert "不用登录" in stranger.get(f"/open/report/?at={XINTIAN}").content.decode()
    form = said()
    done = stranger.post("/open/report/", form | {"photos": picture()})
    report = Report.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/open/report/{report.status_code}/")
    assert stranger.post("/open/report/", form)["Location"] == done["Location"]  # tapped twice
    twice = stranger.post("/open/report/", said(words="一样的")).content.decode()
    assert "附近已经有人报过类似的" in twice
    assert "堆了垃圾" not in twice
    assert Report.objects.count() == 1
    page = stranger.get(done["Location"]).content.decode()
    assert "待受理" in page
    assert "13800138000" not in page
    assert "热心人" not in page
    assert stranger.get("/open/report/AAAA-AAAA-AAAA/").status_code == 404
    assert stranger.get("/open/report/find/", {"code": report.status_code.lower()}).status_code == 302

    dispatcher, grid = as_("dispatcher"), as_("grid")
    board = dispatcher.get("/gridwork/", {"show": "waiting"}).content.decode()
    assert "文化楼后巷" in board
    step = open_step(report.run)
    dispatcher.post("/gridwork/assign/", {"step": step.pk if step else 0})
    assert Assignment.objects.get().handler == person("grid")
    assert [owed.step for owed in cases(person("grid"), today())] == ["处置"]
    assert "还没有归入" in close(grid, report, "handled")
    assert open_step(report.run).key == "handle"  # type: ignore[union-attr]
    close(grid, report, "handled", photos=picture())
    assert open_step(report.run).key == "verify"  # type: ignore[union-attr]
    close(grid, report, "verified")
    assert open_step(report.run).key == "verify", "who handled does not verify"  # type: ignore[union-attr]
    close(as_("supervisor"), report, "verified")
    path = f"/gridwork/cases/{report.pk}/"
    assert "13800138000" not in dispatcher.get(path).content.decode()
    assert "13800138000" in dispatcher.post(f"{path}look/", {"reason": "service"}).content.decode()
    assert Fact.objects.filter(kind="contact_looked_at").count() == 1
    assert "13800138000" not in grid.post(f"{path}look/", {"reason": "service"}).content.decode()
    assert "还没有答复上报人" in close(dispatcher, report, "closed")
    stranger.post(f"/open/report/{report.status_code}/act/", {"what": "not_content"})
    assert "不认可" in close(dispatcher, report, "closed")
    dispatcher.post(f"{path}reply/", {"way": "phone", "result": "content", "words": "已清走"})
    close(dispatcher, report, "closed")
    report.run.refresh_from_db()
    assert report.run.ending == "closed"
    stranger.post(f"/open/report/{report.status_code}/act/", {"what": "rate", "stars": "4"})
    assert Rating.objects.get().stars == 4
    again = stranger.post(f"/open/report/{report.status_code}/act/", {"what": "reopen", "words": "又堆上了"})
    assert again["Location"] != done["Location"]
    final = stranger.get(done["Location"]).content.decode()
    assert "已清走" in final
    assert "已经重新上报" in final
    photos = re.findall(rf"{path}photos/\d+/", grid.get(path).content.decode())
    picture_back = grid.get(photos[0])
    assert picture_back["Content-Type"] == "image/png"
    assert b"".join(picture_back.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert as_("neighbour").get(photos[0]).status_code == 404


@pytest.mark.usefixtures("_ready")
def test_the_board_costs_the_same_for_three_cases_and_for_nine() -> None:
    dispatcher, costs = as_("dispatcher"), []
    for number in range(9):
        report_event(
            type_code="0101", words="垃圾", spot=f"{number}号", division_code=XINTIAN, by=person("grid"), on=today()
        )
        if number in (2, 8):
            dispatcher.get("/gridwork/")
            with CaptureQueriesContext(connection) as caught:
                page = dispatcher.get("/gridwork/", {"village": XINTIAN}).content.decode()
            assert page.count("号") >= number
            costs.append(len(caught))
    assert costs[0] == costs[1]
    assert as_("neighbour").get("/gridwork/").content.decode().count("/gridwork/cases/") == 0
    assert as_("outsider").get("/gridwork/").status_code == 403
    assert as_("neighbour").get(f"/gridwork/cases/{Report.objects.first().pk}/").status_code == 404  # type: ignore[union-attr]


@pytest.mark.usefixtures("_ready")
def test_strangers_are_slowed_down_and_bad_input_is_told() -> None:
    stranger = Walker()
    for wrong in (said(type_code="0304"), said(phone="12"), said(words=""), said(division_code="1"), said(lat="x")):
        cache.clear()
        assert stranger.post("/open/report/", wrong).status_code == 422
    cache.clear()
    broken = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\nbroken", content_type="image/png")
    assert "照片不完整" in stranger.post("/open/report/", said() | {"photos": broken}).content.decode()
    far = said(lat="1.00000", lon="2.00000")
    assert "经纬度不在国内" in stranger.post("/open/report/", far).content.decode()
    assert not Report.objects.exists()
    answers = [stranger.post("/open/report/", said(spot=f"{n}巷")).status_code for n in range(6)]
    assert answers[-1] == 429
    assert 302 in answers


@pytest.mark.usefixtures("_ready")
def test_the_town_keeps_its_types_and_open_cases_keep_theirs() -> None:
    report = report_event(type_code="0101", words="垃圾", spot="巷口", division_code=XINTIAN, by=None, on=today())
    kind = CaseType.objects.get(type_code="0101")
    fields = {"type_code": "0101", "group": "市容环境", "name": "乱堆垃圾", "urgency": "urgent", "limit_value": "1"}
    more = {"limit_unit": "hour", "handled_by": "grid_worker", "photos_needed": "2", "is_public": "on"}
    assert as_("grid").post(f"/gridwork/types/{kind.pk}/", fields | more).status_code == 404
    as_("dispatcher").post(f"/gridwork/types/{kind.pk}/", fields | more)
    assert CaseType.objects.get(type_code="0101", until_on=None).limit_value == 1
    report.refresh_from_db()
    assert report.type is not None
    assert report.type.limit_value == 3
    as_("dispatcher").post("/gridwork/templates/", {"title": "已清理", "text": "已清理，谢谢。"})
    assert "已清理，谢谢。" in as_("dispatcher").get("/gridwork/types/").content.decode()
    as_("dispatcher").post("/gridwork/templates/", {"title": "已清理", "text": "清走了，谢谢。"})
    assert "已清理，谢谢。" not in as_("dispatcher").get("/gridwork/types/").content.decode(), "one of a name"
    assert XINTIAN in as_("grid").get(f"/gridwork/poster/{XINTIAN}/").content.decode()
    assert as_("grid").get(f"/gridwork/poster/{HAIZHOU}/").status_code == 404


@pytest.mark.usefixtures("_ready")
def test_a_form_is_approved_by_another_and_a_round_leaves_hazards() -> None:
    dispatcher, leader, grid = as_("dispatcher"), as_("leader"), as_("grid")
    form = {"topic": "fire", "title": "消防巡查", "site_kind": "shop", "minutes": "5", "reason": "冬季多发"}
    held = form | {"text_1": "场所名称", "source_1": "site_name"}
    assert "不用新增这份表" in dispatcher.post("/gridwork/inspections/forms/new/", held).content.decode()
    items = {"text_1": "通道畅通", "source_1": "asked", "level_1": "major", "text_2": "灭火器有效", "source_2": "asked"}
    dispatcher.post("/gridwork/inspections/forms/new/", form | items)
    made = InspectionForm.objects.get()
    plan = {"form": made.pk, "division_code": XINTIAN, "due_on": "2099-01-01"}
    dispatcher.post("/gridwork/inspections/plan/", plan)
    assert not Round.objects.exists(), "not approved yet"
    assert dispatcher.post(f"/gridwork/inspections/forms/{made.pk}/approve/").status_code == 403
    assert "新的巡查表" in leader.get("/").content.decode()
    assert "新的巡查表" not in dispatcher.get("/").content.decode(), "nobody approves their own"
    assert "批准使用" in leader.get(f"/gridwork/inspections/forms/{made.pk}/").content.decode()
    leader.post(f"/gridwork/inspections/forms/{made.pk}/approve/")
    assert "新的巡查表" not in leader.get("/").content.decode()
    dispatcher.post("/gridwork/inspections/plan/", plan)
    round_ = Round.objects.get()
    path = f"/gridwork/inspections/rounds/{round_.pk}/"
    grid.post(f"{path}sites/", {"kind": "shop", "name": "便利店", "spot": "1号"})
    site = Site.objects.get()
    look = {"key": str(uuid4()), "mark_1": "bad", "words_1": "堆了货", "photo_1": picture(), "again_on": "2099-01-01"}
    assert grid.post(f"{path}sites/{site.pk}/", look).status_code == 422, "the second item was not answered"
    look |= {"mark_2": "bad", "photo_1": picture()}
    assert grid.post(f"{path}sites/{site.pk}/", look).status_code == 302
    assert grid.post(f"{path}sites/{site.pk}/", look | {"photo_1": picture()}).status_code == 302  # tapped twice
    major, ordinary = Hazard.objects.order_by("item__number")
    assert (str(major.report.run.version.code), major.report.origin) == ("G01", "inspection")  # type: ignore[union-attr]
    assert major.before is not None
    grid.post(f"/gridwork/inspections/hazards/{major.pk}/remove/", {"photo": picture()})
    grid.post(f"/gridwork/inspections/hazards/{ordinary.pk}/remove/", {"photo": picture()})
    assert Hazard.objects.get(removed_on__isnull=False).pk == ordinary.pk, "the major one ends with its case"
    assert "隐患1处" in grid.get(path).content.decode()
    register = grid.get("/gridwork/inspections/hazards/").content.decode()
    assert register.index("按事件办") < register.index("销号"), "what is open first"
    assert f"hazards/{major.pk}/remove/" not in register
    assert major.report is not None
    close(dispatcher, major.report, "rejected", reason="不属实")
    assert f"hazards/{major.pk}/remove/" in grid.get("/gridwork/inspections/hazards/").content.decode()
    grid.post(f"/gridwork/inspections/hazards/{major.pk}/remove/", {"photo": picture()})
    assert not Hazard.objects.filter(removed_on__isnull=True).exists()
    assert "1／1" in grid.get("/gridwork/inspections/").content.decode()
    assert as_("neighbour").get(f"{path}sites/{site.pk}/").status_code == 404
