"""The pages of money: from the members in the register to each holder's own line, and what a workbook gets back."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import load_workbook

from redhouse.ground.access.models import Account
from redhouse.ground.ledger.models import Fact
from redhouse.kit.today import today
from redhouse.kit.workbook import WorkbookError
from redhouse.work.decisions import actions
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.models import Distribution, Matter, ShareRegister
from redhouse.work.decisions.queries.money import register_of
from redhouse.work.decisions.rules.share_book import Book, read_book
from tests.cast import person
from tests.desk.pages import clean
from tests.work.decisions.factories import ON, dividend
from tests.work.decisions.money import holders, with_members

pytestmark = pytest.mark.usefixtures("town")
IDS = {"member": "99999919800101001X", "head1": "999999198001010020", "head2": "999999198001010039"}


def as_(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def xlsx(rows: list[tuple[object, ...]], heading: str = "股数", **formulas: str) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("份额")
        sheet.write_row(0, 0, ("公民身份号码", "姓名", heading))
        for line, row in enumerate(rows, start=1):
            sheet.write_row(line, 0, row)
        for cell, formula in formulas.items():
            sheet.write_formula(cell, formula, value="")
    return file.getvalue()


def with_ids() -> dict[str, str]:
    """Names by account, and everybody with a number of an invented person."""
    from redhouse.kit.ids import make_demo_citizen_id

    names = {}
    with_members()
    for number, (who, someone) in enumerate(holders().items()):
        someone.citizen_id = IDS[who] = make_demo_citizen_id(number, ON.replace(year=1980), 1)
        someone.save()
        names[who] = someone.name
    return names


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return clean(answer)


def test_from_the_members_to_each_ones_own_line() -> None:
    matter, road = dividend(on=today()), other()
    with_members()
    at, director = f"/decisions/{matter.pk}/money/", as_("director")
    page = body(director, at)
    assert "在册成员3人，共7股" in page
    assert "还没有冻结份额登记册" in page
    asked = as_("member").post(f"{at}question/", {"text": "少算一股"}, follow=True)
    assert "已提交" in asked.content.decode()
    refused = director.post(f"{at}freeze/", {"as_of": today()}, follow=True).content.decode()
    assert "还有1条份额异议没有答复" in refused
    row = matter.share_questions.get()
    director.post(f"{at}questions/{row.pk}/answer/", {"answer": "已核对，是3股", "is_upheld": "no"})
    assert "已冻结：3人" in director.post(f"{at}freeze/", {"as_of": today()}, follow=True).content.decode()
    done = director.post(f"{at}propose/", {"total": "100000.01"}, follow=True).content.decode()
    assert "合计与总额相符" in done
    assert "14,285.7157…" in done, "per share, cut off and never rounded"
    mine = body(as_("member"), at)
    assert "42,857.15" in mine
    assert "先舍到分，得42,857.14元" in mine
    assert "舍去的零头是0.7142…分，排在前面，补到一分" in mine
    assert "42,857.15" in body(as_("member"), "/decisions/mine/shares/")
    assert "28,571.43" not in mine, "nobody's line but one's own"
    public = Client().get(f"/open/matters/{matter.pk}/").content.decode()
    assert "100,000.01" in public
    assert "42,857.15" not in public
    assert f"/decisions/{matter.pk}/money/" not in body(director, f"/decisions/{road.pk}/")


def other() -> Matter:
    typed = {
        "collective_assets": "yes", "delegated_by_charter": "no", "delegated_by_assembly": "no", "community": "no",
    }  # fmt: skip
    return dividend(on=today(), code="P03", facts_of=typed, title="修路")


def test_lines_are_for_officers_masked_and_names_are_taken_for_a_reason() -> None:
    matter = dividend(on=today())
    with_members()
    actions.freeze_register(matter=matter, as_of=today(), by=person("director"), on=today())
    at = f"/decisions/{matter.pk}/money/"
    assert as_("director").get(f"{at}lines/").status_code == 404, "no table yet"
    actions.propose_distribution(matter=matter, total_fen=700, by=person("director"), on=today())
    page = body(as_("supervisor"), f"{at}lines/")
    assert "户＊访" in page
    assert "户常访" not in page
    assert as_("member").get(f"{at}lines/").status_code == 403
    assert as_("member").get(f"{at}lines.xlsx").status_code == 403
    for stranger in ("neighbour", "outsider", "admin"):
        for path in ("", "lines/", "lines.xlsx"):
            assert as_(stranger).get(at + path).status_code == 404
    book = b"".join(as_("supervisor").get(f"{at}lines.xlsx").streaming_content)  # type: ignore[attr-defined]
    grid = load_workbook(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert grid[0][0] == "2026年度分红分配表"
    assert [row[4] for row in grid if row[0] in (1, 2, 3)] == [3, 2, 2]
    assert any("人民币（大写）柒元整" in str(row[0]) for row in grid)
    assert not any("户常访" in str(cell) for row in grid for cell in row)
    refused = as_("supervisor").post(f"{at}names/", {"reason": "law"}, follow=True).content.decode()
    assert "说明事由后取" in refused
    assert "请选择事由" in as_("secretary").post(f"{at}names/", {"reason": "x"}, follow=True).content.decode()
    full = b"".join(as_("secretary").post(f"{at}names/", {"reason": "law"}).streaming_content)  # type: ignore[attr-defined]
    assert "户常访" in str(load_workbook(BytesIO(full)).get_sheet_by_index(0).to_python())
    looks = Fact.objects.filter(kind="personal_field_looked_at", actor_id=person("secretary").pk)
    assert set(looks.values_list("subject_id", "label")) == {(someone.pk, "name.law") for someone in holders().values()}


def test_a_workbook_is_tried_told_row_by_row_and_then_frozen() -> None:
    names = with_ids()
    matter = dividend(on=today(), code="P08", facts_of={})
    at, director = f"/decisions/{matter.pk}/money/", as_("director")
    empty = b"".join(director.get(f"{at}template/area.xlsx").streaming_content)  # type: ignore[attr-defined]
    assert "面积（平方米）" in load_workbook(BytesIO(empty)).get_sheet_by_index(0).to_python()[0]
    assert director.get(f"{at}template/hens.xlsx").status_code == 404
    assert as_("supervisor").get(f"{at}template/area.xlsx").status_code == 403
    good = [(IDS["member"], names["member"], "86.50"), (IDS["head1"], names["head1"], 13.5), ("合计", "", 100)]

    def send(content: bytes, basis: str = "area") -> str:
        file = SimpleUploadedFile("面积.xlsx", content)
        answer = director.post(f"{at}workbook/", {"basis": basis, "as_of": today(), "file": file})
        return str(answer["Location"])

    run = send(xlsx([*good[:2], ("合计", "", 99)], "面积（平方米）"))
    page = body(director, run)
    assert "各行相加为100，合计写的是99" in page
    assert "还不能冻结" in page
    back = load_workbook(BytesIO(b"".join(director.get(f"{run}result.xlsx").streaming_content)))  # type: ignore[attr-defined]
    assert "拒绝" in str(back.get_sheet_by_index(0).to_python()[3])
    director.post(f"{run}freeze/")
    assert not ShareRegister.objects.exists()
    assert as_("secretary").get(run).status_code == 404, "nobody else's upload"
    for rows, trial, status, said in (
        ([*good[:2], ("合计", "", 99)], "yes", 409, "第4行，面积（平方米）"),
        (good, "yes", 200, "2行都对得上，合计100"),
    ):
        sent = {"basis": "area", "as_of": today(), "trial": trial}
        file = SimpleUploadedFile("面积.xlsx", xlsx(rows, "面积（平方米）"))
        answer = director.post(f"/api/v1/matters/{matter.pk}/money/workbook", sent | {"file": file})
        assert (answer.status_code, said in str(answer.json())) == (status, True), answer.json()
    assert not ShareRegister.objects.exists(), "a trial writes nothing"
    run = send(xlsx(good, "面积（平方米）"))
    assert "可以冻结" in body(director, run)
    director.post(f"{run}freeze/")
    register = register_of(matter)
    assert register is not None
    assert (register.basis, register.scale, register.units, register.holders) == ("area", 100, 100_00, 2)
    director.post(f"{at}propose/", {"total": "2000"})
    assert sorted(Distribution.objects.get().lines.values_list("amount_fen", flat=True)) == [270_00, 1730_00]
    assert "表头缺少：面积（平方米）" in director.get(send(xlsx(good)), follow=True).content.decode()


def said(book: Book) -> dict[int, list[str]]:
    return {book.line(row): [sentence % values for _h, sentence, values in slips] for row, slips in book.slips.items()}


def test_bad_rows_are_named_with_their_mend() -> None:
    names = with_ids()
    matter = dividend(on=today())
    last = "0" if IDS["head1"][-1] != "0" else "1"
    rows: list[tuple[object, ...]] = [
        (IDS["member"], names["member"], 3),  # 2: twice
        (IDS["member"], names["member"], 3),  # 3
        (IDS["head1"][:-1] + last, names["head1"], 2),  # 4: a wrong check digit
        (IDS["head1"], "别人", 2),  # 5
        (IDS["head2"], names["head2"], -2),  # 6
        (999999198001010000, "数字", 1),  # 7: a number, digits lost
        ("9999**********0010", "遮住", 1),  # 8
        ("", "没号码", 1),  # 9
        ("440605199001011234", "没登记", "两股"),  # 10
        (IDS["head2"], names["head2"], 1.234),  # 11
        ("示例（请删除本行）：440605199001011234", "张三", "3"),  # 12: skipped
        ("合计", "", 7),  # 13
    ]  # fmt: skip
    book = read_book(xlsx(rows), matter=matter, basis=Basis.SHARES, as_of=today())
    told = said(book)
    assert told[2] == ["与第3行是同一个人；请合并成一行"]
    assert told[3] == ["与第2行是同一个人；请合并成一行"]
    assert "校验位不对" in told[4][0]
    assert told[5] == ["与登记的姓名不一致；请核对是不是这个人"]
    assert "是负数" in told[6][0]
    assert "存成了数字" in told[7][0]
    assert "遮住的" in told[8][0]
    assert told[9] == ["为空；请填写"]
    assert "不是数" in told[10][0]
    assert "超过两位小数" in told[11][0]
    assert 12 not in told
    assert "各行相加为" in told[13][0]
    assert not book.is_sound
    formula = read_book(xlsx([(IDS["member"], names["member"], 0)], C2="=1+2"), matter=matter, basis=Basis.SHARES,
                        as_of=today())  # fmt: skip
    assert "公式没有存下" in said(formula)[2][0]
    assert len(formula.absent) == 2
    whole = [(IDS[who], names[who], units) for who, units in (("member", "3"), ("head1", 2), ("head2", 2.5))]
    sound = read_book(xlsx(whole), matter=matter, basis=Basis.SHARES, as_of=today())
    assert (sound.is_sound, sound.scale, sound.units) == (True, 100, 750)
    assert list(sound.changed.values()) == [2], "text and numbers alike; what differs from the register is said"
    for wrong in (b"", b"hello", xlsx(whole, "面积")):
        with pytest.raises(WorkbookError):
            read_book(wrong, matter=matter, basis=Basis.SHARES, as_of=today())
    actions.freeze_register(
        matter=matter, as_of=today(), shares=sound.shares, scale=sound.scale, by=person("director"), on=today()
    )
