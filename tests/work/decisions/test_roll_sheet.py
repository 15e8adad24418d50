"""The roll from Excel: what is wrong with a line is said beside it, the good ones come on; single lines by hand."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions.rolls import close_roll
from redhouse.ground.process.models import Recusal, Roll
from redhouse.kit.ids import make_demo_citizen_id
from redhouse.kit.today import stand_at
from redhouse.kit.workbook import read_sheet, write_table
from tests.cast import person
from tests.ground.process.votes import SENT, drawn
from tests.work.decisions.test_meeting_pages import _the_engine_by_itself  # noqa: F401

HEADINGS = ("姓名", "公民身份号码", "门牌", "候选人", "回避", "备注")


@pytest.fixture
def roll(town: str) -> Roll:
    """A roll with two of six members on it; all six have numbers."""
    roll = drawn(6)
    for n in range(1, 7):
        member = person(f"e{n}")
        member.citizen_id = make_demo_citizen_id(n, date(1970, 1, n), 1)
        member.save()
    roll.electors.filter(number__gt=2).delete()
    stand_at(SENT)
    return roll


def book(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    file = BytesIO()
    write_table(file, name="名册", headings=HEADINGS, widths=(12,) * 6, rows=rows)
    return SimpleUploadedFile("roll.xlsx", file.getvalue())


def number(n: int) -> str:
    return person(f"e{n}").citizen_id


def test_each_line_is_tried_before_anything_is_written(roll: Roll) -> None:
    at, client = f"/decisions/rolls/{roll.pk}/sheet/", Client()
    client.force_login(Account.objects.get(username="director"))
    assert client.get(f"{at}template/").content.startswith(b"PK")
    lines = [
        ("成员1", number(1), "", "", "", ""),  # there already
        ("成员3", number(3), "7巷3号", "", "", "老人"),
        ("成员4", number(4), "", "是", "", ""),
        ("成员5", number(5), "", "", "近亲属", ""),
        ("成员3", number(3), "", "", "", ""),  # twice
        ("成员6", make_demo_citizen_id(77, date(1970, 1, 1), 1), "", "", "", ""),  # nobody
        ("成员9", number(6), "", "", "", ""),  # another name
        ("成员6", number(6)[:-1] + "0" if number(6)[-1] != "0" else number(6)[:-1] + "1", "", "", "", ""),
        ("成员6", number(6), "9巷9号", "", "", ""),  # another door
    ]
    tried = client.post(at, {"file": book(*lines)}, follow=True)
    page = tried.content.decode()
    for said in (
        "3行可以列入",
        "与第3行是同一人",
        "查无此人",
        "登记的姓名与本行不同",
        "不在“9巷9号”这一户",
        "不认识的列",
    ):
        assert said in page, said
    assert page.count('<td class="r">') == 5
    assert roll.electors.count() == 2, "a dry run writes nothing"
    token = tried.context["token"]
    back = client.get(f"{at}back/?sheet={token}").content
    sheet = read_sheet(back, name="名册", required=["结果"], known=[*HEADINGS, "结果", "说明"])
    results = [row[sheet.headings.index("结果")] for row in sheet.rows]
    assert results == ["已在名册", "可收入", "可收入", "可收入", *["有错"] * 5]
    done = client.post(f"{at}accept/", {"sheet": token}, follow=True).content.decode()
    assert "名册上新增3人，去掉0人，回避1人" in done
    with everything():
        assert set(roll.electors.values_list("person__name", flat=True)) == {f"成员{n}" for n in range(1, 6)}
        assert roll.electors.get(is_candidate=True).person.name == "成员4"
        assert Recusal.objects.get().kind == "kin"
    again = client.post(f"{at}accept/", {"sheet": token, "whole": "yes"}, follow=True).content.decode()
    assert "表里还有5行有错" in again, "a slip takes nobody off"
    with everything():
        assert roll.electors.filter(person__name="成员2").exists(), "who is not in the workbook either"


def test_the_same_by_the_api_first_as_a_trial(roll: Roll) -> None:
    at, client = f"/api/v1/rolls/{roll.pk}", Client()

    def post(verb: str, **fields: object) -> tuple[int, str]:
        answer = client.post(f"{at}/{verb}", fields)
        return answer.status_code, str(answer.json())

    def lines() -> tuple[SimpleUploadedFile, str]:
        return book(("成员3", number(3), "", "", "", ""), ("成员9", number(6), "", "", "", "")), "登记的姓名与本行不同"

    client.force_login(Account.objects.get(username="e1"))
    file, slip = lines()
    assert post("sheet", file=file)[0] == post("amend", remove="1")[0] == 403
    assert post("object", text="漏了成员5")[0] == 200
    client.force_login(Account.objects.get(username="director"))
    assert post("sheet", trial="yes")[0] == 422
    assert post("sheet", file=SimpleUploadedFile("roll.xlsx", b"no workbook"))[0] == 409
    status, tried = post("sheet", file=lines()[0], trial="yes")
    assert status == 200, tried
    assert "1行可以列入，0行已在名册，1行有错" in tried
    assert slip in tried
    assert client.get(at).json()["electors"] == 2, "a trial writes nothing"
    status, said = post("sheet", file=lines()[0], whole="yes")
    assert (status, "表里还有1行有错" in said, slip in said) == (409, True, True)
    assert client.get(at).json()["electors"] == 2, "a slip takes nobody off"
    only = book(("成员3", number(3), "", "", "", ""))
    assert "名册上新增1人，去掉2人" in post("sheet", file=only, whole="yes")[1]
    seen = client.get(at).json()
    assert [line["name"] for line in seen["lines"]] == ["成＊3"]
    [objection] = seen["objections"]
    assert "已列入名册" in post("amend", name="成员5", door="7巷5号")[1]
    assert post("amend", name="成员5", door="1号")[0] == 409
    assert post("answer", objection=objection["objection"], answer="已补列", upheld="yes")[0] == 200
    assert "已从名册去掉1人" in post("amend", remove=str(seen["lines"][0]["number"]))[1]
    with everything():
        assert [row.person.name for row in roll.electors.select_related("person")] == ["成员5"]


def test_what_is_no_workbook_is_said_and_strangers_stay_out(roll: Roll) -> None:
    at, client = f"/decisions/rolls/{roll.pk}/sheet/", Client()
    client.force_login(Account.objects.get(username="e1"))
    assert client.get(at).status_code == 403
    client.force_login(Account.objects.get(username="neighbour"))
    assert client.get(at).status_code == 404
    client.force_login(Account.objects.get(username="director"))
    broken = client.post(at, {"file": SimpleUploadedFile("roll.xlsx", b"no workbook")}, follow=True)
    assert "这不是Excel工作簿" in broken.content.decode()
    assert "请选一个不超过" in client.post(at, {"x": 1}, follow=True).content.decode()
    assert "已过期" in client.get(f"{at}?sheet=other").content.decode()
    amend = f"/decisions/rolls/{roll.pk}/amend/"
    assert "已列入名册" in client.post(amend, {"name": "成员3", "door": "7巷3号"}, follow=True).content.decode()
    assert "有0位叫这个名字" in client.post(amend, {"name": "成员3", "door": "1号"}, follow=True).content.decode()
    assert "已从名册去掉2人" in client.post(amend, {"remove": "1、2"}, follow=True).content.decode()
    with everything():
        assert [row.person.name for row in roll.electors.select_related("person")] == ["成员3"]
        Person.objects.filter(name="成员4").update(name="成员3")
        close_roll(roll=roll, by=person("director"), on=SENT)
    assert "不能再改" in client.post(amend, {"remove": "3"}, follow=True).content.decode()
