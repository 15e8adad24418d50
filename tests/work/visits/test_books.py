"""Lists from Excel: a dry run writes nothing, good rows go in, the same file again changes nothing."""

from datetime import timedelta
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from redhouse.ground.ledger.models import Fact
from redhouse.kit.today import today
from redhouse.kit.workbook import read_sheet
from redhouse.work.visits.models import Checklist, HouseholdContact
from redhouse.work.visits.queries import standing_visits
from tests.cast import ESTATE, HAIZHOU, SOCIETY
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
