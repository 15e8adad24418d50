"""The five workbooks, from the file to the rows: new, changed, unchanged, refused, and safe to repeat."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.models import Division, Dwelling
from redhouse.kit.ids import make_demo_citizen_id
from redhouse.work.registry import actions
from redhouse.work.registry.enums import ImportKind, ImportState, Mark
from redhouse.work.registry.models import Import
from tests.cast import GRID, HAIZHOU, SOCIETY, TODAY, TOWN, XINTIAN, person
from tests.work.registry.books import book

DAY, LATER = date(2018, 3, 1), date(2018, 9, 1)
ZHANG = make_demo_citizen_id(1, date(1980, 5, 1), 1)
LI = make_demo_citizen_id(2, date(1990, 6, 2), 2)


def checked(kind: ImportKind, *rows: Any, by: str = "secretary", content: bytes | None = None) -> Import:
    row = actions.upload_workbook(
        kind=kind, content=content or book(kind, *rows), file_name="表.xlsx", by=person(by), on=TODAY
    )
    actions.check_import(row.pk)
    row.refresh_from_db()
    return row


def imported(kind: ImportKind, *rows: Any, by: str = "secretary") -> Import:
    row = checked(kind, *rows, by=by)
    actions.confirm_import(row=row, by=person(by), on=TODAY)
    actions.apply_import(row.pk)
    row.refresh_from_db()
    return row


def marks(row: Import) -> str:
    return str(row.outcome["marks"])


def said(row: Import) -> list[str]:
    return [
        f"{int(index) + row.outcome['first_line']} {heading} {sentence % values}"
        for index, slips in row.outcome["slips"].items()
        for heading, sentence, values in slips
    ]


def everything() -> list[Any]:
    models = (Division, Dwelling, Body, Person, Household, Membership, Post, Fact)
    return [sorted(model.objects.values_list(), key=str) for model in models]


@pytest.fixture
def branch(town: str) -> str:
    return "新田第一党支部"


HOUSEHOLDS = [
    (SOCIETY, "1号", GRID, "3", None, None, DAY, None),  # as registered, and its grid
    (SOCIETY, "2号", None, "5", "新户主", None, DAY, None),  # five now, and another head
    (SOCIETY, "九号之二", GRID, "4", "张三", "13800138001", DAY, None),
    (SOCIETY, "十号", None, "1", None, None, DAY, None),
]


def test_dry_run_writes_nothing_and_marks_every_row(town: str) -> None:
    before = everything()
    row = checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    assert (row.state, marks(row), said(row)) == (ImportState.READY, "ucnn", [])
    assert everything() == before
    assert row.outcome["first"]["n"][0] == [
        4,
        [SOCIETY, "九号之二", GRID, "4", "张＊", "138****8001", "2018-03-01", ""],
    ]


def test_households_go_in_with_their_facts_and_only_once(town: str) -> None:
    facts = Fact.objects.count()
    row = imported(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    assert (row.state, marks(row)) == (ImportState.DONE, "ucnn")
    changed = Household.objects.get(dwelling__door="2号")
    assert changed.head is not None
    assert (changed.residents, changed.head.name) == (5, "新户主")
    new = Household.objects.select_related("head").get(dwelling__door="九号之二")
    assert new.head is not None
    assert (new.residents, new.head.name, new.head.phone) == (4, "张三", "13800138001")
    assert (new.from_on, new.dwelling.grid_code) == (DAY, GRID)
    kinds = Fact.objects.order_by("fact_id").values_list("kind", "quantity")[facts:]
    assert list(kinds) == [("household_revised", 5), ("household_registered", 4), ("household_registered", 1)]
    after = everything()
    again = checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    assert marks(again) == "uuuu"
    with pytest.raises(NotYet, match="没有要新增或变更的行"):
        actions.confirm_import(row=again, by=person("secretary"), on=TODAY)
    assert everything() == after


def test_a_household_ends_and_another_moves_in(town: str) -> None:
    gone = (SOCIETY, "1号", None, "3", None, None, DAY, LATER)
    assert marks(imported(ImportKind.HOUSEHOLDS, gone)) == "c"
    assert Household.objects.get(dwelling__door="1号").until_on == LATER
    assert marks(checked(ImportKind.HOUSEHOLDS, gone)) == "u"
    assert marks(imported(ImportKind.HOUSEHOLDS, (SOCIETY, "1号", None, "2", None, None, LATER, None))) == "n"
    assert Household.objects.filter(dwelling__door="1号").count() == 2


def test_divisions_are_registered_renamed_and_refused(town: str) -> None:
    rows = [
        (SOCIETY, "经济社", "第一经济社", None, DAY),
        (f"{XINTIAN}002", "经济社", "第二经济社", "镇发〔2018〕1号", DAY),
        (f"{XINTIAN}301", "住宅小区", "田园新居", None, LATER),
        (f"{XINTIAN}302", "经济社", "错的", None, DAY),
        (f"{HAIZHOU}001", "经济社", "邻村的", None, DAY),
    ]
    row = imported(ImportKind.DIVISIONS, *rows)
    assert marks(row) == "uncrr"
    assert said(row) == [
        f"5 区划代码 “经济社”代码的第13位应为0，“{XINTIAN}302”不是，请核对",
        f"6 区划代码 “{HAIZHOU}001”不在您的管理范围；请由当地或镇的书记、组织干部导入",
    ]
    assert list(Division.objects.filter(code=f"{XINTIAN}301").order_by("from_on").values_list("name", "until_on")) == [
        ("田园居", LATER),
        ("田园新居", None),
    ]
    assert marks(checked(ImportKind.DIVISIONS, *rows)) == "uuurr"


def test_organisations_are_founded_from_the_top_down_and_dissolved(town: str) -> None:
    rows = [
        (XINTIAN, "新田第二支部第一小组", "党小组", "新田第二支部", None, None, DAY, None),
        (XINTIAN, "新田第二支部", "党支部", "新田村党委", "是", None, DAY, None),
        (SOCIETY, "新田第一党支部", "党支部", None, None, None, DAY, LATER),
        (XINTIAN, "无根支部", "党支部", "没有的党委", None, None, DAY, None),
        (XINTIAN, "甲", "党小组", "乙", None, None, DAY, None),
        (XINTIAN, "乙", "党小组", "甲", None, None, DAY, None),
    ]
    row = imported(ImportKind.BODIES, *rows)
    assert marks(row) == "nncrrr"
    group = Body.objects.get(name="新田第二支部第一小组")
    assert group.parent is not None
    assert (group.parent.name, group.parent.is_joint) == ("新田第二支部", True)
    assert Body.objects.get(name="新田第一党支部").until_on == LATER
    assert marks(checked(ImportKind.BODIES, *rows)) == "uuurrr"


def member(
    number: str, name: str, status: str = "正式党员", body: str = "新田第一党支部", **more: Any
) -> tuple[Any, ...]:
    return (
        number, name, more.get("phone"), more.get("code", SOCIETY), body, more.get("tie", "在册"), status,
        more.get("on", DAY), more.get("until"),
    )  # fmt: skip


def test_members_are_registered_promoted_moved_and_ended(branch: str) -> None:
    row = imported(
        ImportKind.MEMBERS, member(ZHANG, "张三", "预备党员", phone="13800138001"), member(LI, "李四"),
        member(make_demo_citizen_id(3, date(1970, 1, 1), 1), "王五", body="新田村务监督委员会", code=XINTIAN),
    )  # fmt: skip
    assert marks(row) == "nnr"
    zhang = Person.objects.get(name="张三")
    assert (zhang.citizen_id, zhang.sex, zhang.phone, zhang.division_code) == (ZHANG, "1", "13800138001", SOCIETY)
    assert not Person.objects.filter(name="王五").exists(), "nobody is registered by a row that was refused"
    again = member(ZHANG, "张三", "正式党员", phone="13800138002", on=LATER)
    assert marks(imported(ImportKind.MEMBERS, again)) == "c"
    assert list(zhang.memberships.order_by("from_on").values_list("status", "until_on")) == [
        ("probationary", LATER),
        ("full", None),
    ]
    assert Person.objects.get(pk=zhang.pk).phone == "13800138002"
    assert marks(checked(ImportKind.MEMBERS, again)) == "u"
    moved = member(ZHANG, "张三", body="新田村党委", code=XINTIAN, on=TODAY)
    assert marks(imported(ImportKind.MEMBERS, moved)) == "c"
    assert zhang.memberships.get(until_on=None).body.name == "新田村党委"
    ended = member(LI, "李四", until=LATER)
    assert marks(imported(ImportKind.MEMBERS, ended)) == "c"
    assert marks(checked(ImportKind.MEMBERS, ended, moved)) == "uu"


def test_a_number_belongs_to_one_name_and_one_place(branch: str) -> None:
    imported(ImportKind.MEMBERS, member(ZHANG, "张三"))
    row = checked(
        ImportKind.MEMBERS, member(ZHANG, "张山"), member(LI, "李四"),
        member(LI, "李四", body="新田村党委", code=XINTIAN),
    )  # fmt: skip
    assert marks(row) == "rrr"
    assert any("登记的姓名是“张＊”" in sentence for sentence in said(row))
    other = checked(
        ImportKind.MEMBERS, member(ZHANG, "张三", body="海舟村党委", code=HAIZHOU, on=LATER), by="neighbour"
    )
    assert said(other)[0].endswith("此人在册于您管理范围之外的党组织；转入请由镇组织办办理，或先由转出地终止")
    stranger = checked(ImportKind.MEMBERS, member(ZHANG, "谁", body="海舟村党委", code=HAIZHOU), by="neighbour")
    assert "张" not in "".join(said(stranger)), "what stands outside one's reach is not told"


def post(number: str, name: str, kind: str, **more: Any) -> tuple[Any, ...]:
    return (
        number, name, None, more.get("code", XINTIAN), more.get("body", "新田村党委"), kind, DAY, more.get("term"),
        more.get("until"),
    )  # fmt: skip


def test_posts_are_taken_prolonged_and_left(town: str) -> None:
    assert marks(imported(ImportKind.POSTS, post(ZHANG, "张三", "委员"), post(LI, "李四", "网格员"))) == "nn"
    longer = post(ZHANG, "张三", "委员", term=date(2021, 3, 1))
    assert marks(imported(ImportKind.POSTS, longer, post(LI, "李四", "网格员", until=LATER))) == "cc"
    held = Post.objects.get(person__name="张三")
    assert (held.term_ends_on, held.until_on) == (date(2021, 3, 1), None)
    assert Post.objects.get(person__name="李四").until_on == LATER
    assert marks(checked(ImportKind.POSTS, longer, post(LI, "李四", "网格员", until=LATER))) == "uu"


def test_administrators_are_not_appointed_by_a_workbook(town: str) -> None:
    row = checked(ImportKind.POSTS, post(ZHANG, "张三", "系统管理员", code=TOWN, body="西樵镇党委"), by="org")
    assert marks(row) == "r"
    assert "不在可选之列" in said(row)[0]


@pytest.mark.parametrize("username", ["supervisor", "grid", "admin", "auditor", "member", "outsider"])
def test_who_keeps_no_registry_uploads_nothing(town: str, username: str) -> None:
    with pytest.raises(PermissionDenied):
        checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS, by=username)


def test_an_empty_and_a_huge_file_are_not_kept(town: str) -> None:
    for content, words in ((b"", "文件是空的"), (b"x" * (20 * 1024 * 1024 + 1), "超过20 MB")):
        with pytest.raises(ValidationError, match=words):
            actions.upload_workbook(
                kind=ImportKind.POSTS, content=content, file_name="表.xlsx", by=person("org"), on=TODAY
            )
    assert Import.objects.count() == 0


def test_a_right_that_ended_before_the_import_writes_nothing(town: str) -> None:
    row = checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    actions.confirm_import(row=row, by=person("secretary"), on=TODAY)
    Post.objects.filter(person=person("secretary")).update(until_on=date(2018, 1, 2))
    before = everything()
    actions.apply_import(row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    assert "没有写入任何内容" in row.outcome["failure"][0]
    assert everything() == before


def test_what_changed_after_the_dry_run_is_seen_at_the_import(town: str) -> None:
    row = checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    imported(ImportKind.HOUSEHOLDS, *HOUSEHOLDS[2:])
    actions.confirm_import(row=row, by=person("secretary"), on=TODAY)
    actions.apply_import(row.pk)
    row.refresh_from_db()
    assert marks(row) == "ucuu"
    assert Household.objects.filter(dwelling__door="十号").count() == 1


def test_withdrawn_is_withdrawn(town: str) -> None:
    row = checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    actions.withdraw_import(row=row, by=person("secretary"), on=TODAY)
    with pytest.raises(NotYet, match="已撤回"):
        actions.confirm_import(row=row, by=person("secretary"), on=TODAY)
    actions.apply_import(row.pk)
    assert not Dwelling.objects.filter(door="十号").exists()


def test_the_file_rests_sealed_and_the_outcome_masked(town: str, settings: Any) -> None:
    row = checked(ImportKind.HOUSEHOLDS, *HOUSEHOLDS)
    [stored] = [path for path in settings.REDHOUSE_PAPERS.rglob(row.sealed_sha256[2:]) if path.is_file()]
    assert not stored.read_bytes().startswith(b"PK")
    assert "张三" not in str(row.outcome)


def test_upload_and_its_job_are_one_transaction(town: str) -> None:
    row = actions.upload_workbook(
        kind=ImportKind.HOUSEHOLDS, content=b"x", file_name="a\\b/c.xlsx", by=person("org"), on=TODAY
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        assert cursor.fetchall() == [("registry.check_import", f'{{"import_id": {row.pk}}}')]
    assert row.file_name == "c.xlsx"
    assert Mark.NEW not in row.outcome
