"""Lists from Excel: a dry run writes nothing, good rows go in, the same file again changes nothing."""

from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from redhouse.commands._queue import work_off_jobs
from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.kit.today import today
from redhouse.kit.workbook import read_sheet
from redhouse.work.visits.actions import books, upload_long_book
from redhouse.work.visits.models import Checklist, HouseholdContact, LongBook, Visit
from redhouse.work.visits.queries import standing_visits
from tests.cast import ESTATE, HAIZHOU, SOCIETY, person
from tests.work.visits.factories import contact
from tests.work.visits.test_pages import signed_in


def book(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(line, column, cell)
    return SimpleUploadedFile("表.xlsx", file.getvalue())


CONTACTS = [
    ("区划代码", "门牌", "联系党员", "身份号码后四位"),
    ("示例（请删除本行）：440605122220003", "1号", "张三", ""),
    (SOCIETY, "1号", "户常访", ""),
    (SOCIETY, "2号", "查无此人", ""),
    (SOCIETY, "99号", "户常访", ""),
    (ESTATE, "3号", "户常访", ""),
    (f"{HAIZHOU}501", "1号", "户常访", ""),
    ("4406", "1号", "户常访", ""),
]


def test_a_list_is_tried_written_and_tried_again(town: str) -> None:
    client = signed_in("secretary")
    page = client.post("/visits/books/", {"kind": "contacts", "file": book(*CONTACTS)})
    text = page.content.decode()
    assert "2行可以写入" in text
    for why in ("没有叫“查无此人”的党员", "“99号”没有登记住户", "不在您的管理范围", "应为12位数字"):
        assert why in text
    assert (HouseholdContact.objects.count(), Fact.objects.count()) == (0, 0)
    token = page.context["token"]
    back = client.post("/visits/books/write/", {"token": token, "back": "1"})
    sheet = read_sheet(b"".join(back.streaming_content), name="x", required=["结果", "说明"], known=[])
    assert [row[-2] for row in sheet.rows[:3]] == ["空行或示例", "新增", "拒绝"]
    assert signed_in("org").post("/visits/books/write/", {"token": token}).status_code == 404
    assert "已写入2行" in client.post("/visits/books/write/", {"token": token}).content.decode()
    assert HouseholdContact.objects.count() == 2
    assert (
        "没有要写入的行"
        in client.post("/visits/books/", {"kind": "contacts", "file": book(*CONTACTS)}).content.decode()
    )
    day = today().isoformat()
    visits = [
        ("区划代码", "门牌", "联系党员", "走访日期", "方式", "诉求"),
        (SOCIETY, "１号", "户常访", day.replace("-", ""), "", "𠮷龑"),  # read as the registry reads it
        (SOCIETY, "1号", "户常访", day, "", ""),
        (SOCIETY, "1号", "户常访", (today() + timedelta(days=1)).isoformat(), "", ""),
        (SOCIETY, "1号", "户常访", "昨天", "", ""),
        (ESTATE, "3号", "户常访", day, "主题式直联", ""),
        (ESTATE, "3号", "户常访", day, "路过", ""),
    ]
    page = client.post("/visits/books/", {"kind": "visits", "file": book(*visits)})
    client.post("/visits/books/write/", {"token": page.context["token"]})
    assert sorted(standing_visits().values_list("label", flat=True)) == ["household", "themed"]


def test_a_long_list_is_tried_and_written_in_the_background(town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "BOOK_ROWS_AT_MOST", 3)
    contact()
    client, day = signed_in("secretary"), today()
    rows = [
        ("区划代码", "门牌", "联系党员", "走访日期", "方式", "诉求"),
        (SOCIETY, "1号", "户常访", day.isoformat(), "", "灯不亮 𠮷龑"),
        (SOCIETY, "1号", "户常访", (day - timedelta(days=1)).isoformat(), "清单式直联", ""),
        (SOCIETY, "1号", "户常访", day.isoformat(), "", "再写一遍"),
        (SOCIETY, "2号", "户常访", day.isoformat(), "", ""),
        (SOCIETY, "9号", "户常访", day.isoformat(), "", ""),
        (f"{HAIZHOU}501", "1号", "户常访", day.isoformat(), "", ""),
        (SOCIETY, "1号", "户常访", (day + timedelta(days=1)).isoformat(), "", ""),
    ]
    too_long = client.post("/visits/books/", {"kind": "contacts", "file": book(*CONTACTS)})
    assert "请拆成几个文件" in too_long.content.decode()
    for new, marks in ((2, "nnkrrrr"), (0, "kkkrrrr")):  # the same list again changes nothing
        sent = client.post("/visits/books/", {"kind": "visits", "file": book(*rows)})
        assert "正在试算" in client.get(sent["Location"]).content.decode()
        assert work_off_jobs()
        page = client.get(sent["Location"], headers={"HX-Request": "true"}).content.decode()
        for why in ("不联系这一户", "“9号”没有登记住户", "不在您的管理范围", "晚于今天"):
            assert why in page
        set_reach("*")
        assert LongBook.objects.latest("pk").outcome["marks"] == marks
        assert signed_in("org").get(sent["Location"]).status_code == 404
        answer = client.post(sent["Location"] + "confirm/", follow=True)
        assert ("没有要写入的行" in answer.content.decode()) == (new == 0)
        assert work_off_jobs() == bool(new)
        assert (f"已写入{new}行" in client.get(sent["Location"]).content.decode()) == bool(new)
        set_reach("*")
        assert sorted(standing_visits().values_list("label", flat=True)) == ["checklist", "household"]
        assert [(row.needs, row.visited_on) for row in Visit.objects.all()] == [("灯不亮 𠮷龑", day)]
    back = client.get(sent["Location"] + "workbook/")
    sheet = read_sheet(b"".join(back.streaming_content), name="x", required=["结果", "说明"], known=[])
    assert [row[-2] for row in sheet.rows[:4]] == ["已有，不变"] * 3 + ["拒绝"]
    rows[0] = ("别的", *rows[0][1:])
    made = upload_long_book(content=book(*rows).read(), by=person("secretary"), on=day)
    work_off_jobs()
    set_reach("*")
    assert LongBook.objects.get(pk=made.pk).state == "failed"


def test_checklists_come_in_as_versions(town: str) -> None:
    client = signed_in("org")
    rows = [("主题", "检查项"), ("消防", "灭火器在有效期内"), ("消防", "电线没有老化"), ("聊天", "x")]
    page = client.post("/visits/books/", {"kind": "checklists", "file": book(*rows)})
    assert "“聊天”不在可选之列" in page.content.decode()
    client.post("/visits/books/write/", {"token": page.context["token"]})
    assert Checklist.objects.get().items == ["灭火器在有效期内", "电线没有老化"]
    for kind in ("contacts", "visits", "checklists"):
        assert b"".join(client.get(f"/visits/books/{kind}/template/").streaming_content).startswith(b"PK")
    assert client.post("/visits/books/", {"kind": "visits", "file": book(*rows)}).status_code == 422
    assert client.post("/visits/books/", {"kind": "visits", "file": SimpleUploadedFile("x", b"x")}).status_code == 422
    assert signed_in("member").get("/visits/books/").status_code == 403
