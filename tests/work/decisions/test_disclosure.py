"""Sheets on the board: printed, hung with evidence, amended in sight, taken down with evidence."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pypdf import PdfReader

from redhouse.ground.ledger.actions import record_many
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.official.layout import Paragraph, Table
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.actions import close_step
from redhouse.ground.process.queries import open_step
from redhouse.ground.process.rules import missing_before_closing
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.queries.disclosure import clock_of, current_sheet, disclosure_due, sheets_of
from redhouse.work.decisions.queries.posters import blocks_of, code_of
from redhouse.work.decisions.todo import boards
from tests.cast import TOWN, XINTIAN, person
from tests.ground.ledger.factories import visit_rows
from tests.ground.process.factories import D1
from tests.work.decisions.boards import DAY, PHOTO, SITE, began, ended, matter_at, posted, prepared


def text_of(row) -> str:
    version = latest_version(row.paper)
    with storage.open_file(version.sha256) as file:
        return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(file.read())).pages).split())


def sentences(matter, outcome: str, on: date) -> list[str]:
    return [str(one) for one in missing_before_closing(open_step(matter.run), outcome, on)]


def test_a_sheet_says_number_period_clause_and_code(town):
    record_many(visit_rows(3))
    sequence_all()
    row = prepared(matter_at("publicity"))
    text = text_of(row)
    for part in (
        "新田第一经济社公〔2018〕1号", "2018年度股份分红公示", "可分配收益3,120,000.00元", "2018年12月3日张贴",
        "至2018年12月10日止", "不少于7日", "法律没有规定天数", "10日内答复", row.code, "日志第3条", row.head_root[:4],
        "张贴：村公开栏",
    ):  # fmt: skip
        assert part in text, part


def test_without_a_signed_head_the_sheet_says_so(town):
    assert "公开日志尚无签名的日志头" in text_of(prepared(matter_at("publicity")))


def test_the_step_closes_only_with_a_photograph_of_the_board(town):
    matter = matter_at("publicity")
    assert any("还没有公示稿" in one for one in sentences(matter, "posted", D1))
    row = prepared(matter)
    assert "公示稿还没有张贴照片" in sentences(matter, "posted", D1)
    with pytest.raises(NotYet, match="还没有张贴照片"):
        close_step(step=open_step(matter.run), outcome="posted", by=person("director"), on=D1)
    actions.post_publicity(publicity=row, photo=PHOTO, seen_on=D1, by=person("director"), on=D1)
    assert open_step(matter.run).key == "notice"
    fact = Fact.objects.get(kind="publicity_posted")
    assert (fact.subject_id, fact.object_id, fact.label) == (matter.run_id, row.pk, "pre_vote")


def test_photographs_are_pictures_and_not_of_tomorrow(town):
    row = prepared(matter_at("publicity"))
    given = {"publicity": row, "by": person("director"), "on": D1}
    with pytest.raises(ValidationError, match="JPEG、PNG 或 WebP"):
        actions.post_publicity(photo=Upload(b"%PDF", MediaType.PDF, "a.pdf"), seen_on=D1, **given)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        actions.post_publicity(photo=PHOTO, seen_on=D1 + DAY, **given)


def test_nobody_else_posts(town):
    matter = matter_at("publicity")
    with pytest.raises(PermissionDenied):
        prepared(matter, by=person("outsider"))
    with pytest.raises(PermissionDenied):
        prepared(matter, by=person("neighbour"))


def test_the_period_ends_with_evidence_and_not_before(town):
    matter = matter_at("publicity")
    row = posted(matter)
    with pytest.raises(NotYet, match="公示期到2018-12-10止"):
        ended(row, D1 + 7 * DAY)
    ended(row, D1 + 8 * DAY)
    assert sheets_of(matter)[0].state == "over"
    with pytest.raises(ValidationError, match="已经存过"):
        ended(row, D1 + 9 * DAY)


def test_an_editorial_amendment_leaves_the_clock_and_both_sheets_in_sight(town):
    matter = matter_at("publicity")
    first = posted(matter)
    row = actions.amend_publicity(
        publicity=first, text="可分配收益3,120,000.00元（含税）。", reason="补写含税。", is_material=False, site=SITE,
        by=person("director"), on=D1 + 2 * DAY,
    )  # fmt: skip
    assert row.last_on == D1 + 7 * DAY
    text = text_of(row)
    assert "更正如下：补写含税。公示期不变。" in text
    actions.post_publicity(publicity=row, photo=PHOTO, seen_on=D1 + 2 * DAY, by=person("director"), on=D1 + 2 * DAY)
    old, new = sheets_of(matter)
    assert (old.state, new.state, new.since, new.last_on) == ("amended", "hanging", D1, D1 + 7 * DAY)
    with pytest.raises(NotYet, match="已经更正过"):
        actions.amend_publicity(
            publicity=first, text="x", reason="y", is_material=False, site=SITE, by=person("director"), on=D1 + 2 * DAY
        )


def test_a_material_amendment_starts_the_clock_anew(town):
    matter = matter_at("decision")
    begin = began(matter)
    row = posted(matter, begin)
    assert open_step(matter.run).key == "objection"
    later = begin + 10 * DAY
    new = actions.amend_publicity(
        publicity=row, text="每股2,000.00元。", reason="每股金额更正。", is_material=True, site=SITE,
        by=person("director"), on=later,
    )  # fmt: skip
    assert "公示期重新计算" in text_of(new)
    over = begin + 16 * DAY
    assert "“决议公示”的更正稿还没有张贴" in sentences(matter, "settled", over)
    actions.post_publicity(publicity=new, photo=PHOTO, seen_on=later, by=person("director"), on=later)
    told = f"公示期从{later}重新计算，至{later + 15 * DAY}止"
    assert any(told in one for one in sentences(matter, "settled", over))
    ended(new, later + 16 * DAY)
    assert sentences(matter, "settled", later + 16 * DAY) == []


def test_an_amendment_says_why(town):
    row = posted(matter_at("publicity"))
    with pytest.raises(ValidationError, match="写明"):
        actions.amend_publicity(
            publicity=row, text="x", reason=" ", is_material=True, site=SITE, by=person("director"), on=D1
        )


def test_affairs_clocks_follow_the_law_of_the_day_and_say_when_there_is_none(town):
    step = open_step(matter_at("execute").run)
    before, after = clock_of(step, date(2025, 12, 31)), clock_of(step, date(2026, 1, 1))
    assert (before.count, before.clause.mark, after.count, after.clause.mark) == (15, "I", 15, "S")
    assert "没有规定" in before.clause.text


def test_any_step_may_be_put_up_as_affairs(town):
    matter = matter_at("execute")
    begin = began(matter)
    row = posted(matter, begin)
    assert (row.kind, row.last_on, open_step(matter.run).key) == ("affairs", begin + 15 * DAY, "execute")


def test_what_is_due_is_known_by_village_and_day(town):
    matter = matter_at("publicity")
    (due,) = disclosure_due([TOWN[:9]], D1)
    assert (due.matter, due.what, due.due_on) == (matter, "post", D1)
    assert (due.is_late(D1), due.is_late(D1 + DAY)) == (False, True)
    row = posted(matter)
    assert disclosure_due([TOWN[:9]], D1 + 7 * DAY) == []
    (due,) = disclosure_due([XINTIAN], D1 + 8 * DAY)
    assert (due.what, due.due_on) == ("end", D1 + 8 * DAY)
    assert disclosure_due(["440605123"], D1 + 8 * DAY) == []
    assert list(boards(person("director"), D1 + 7 * DAY)) == []
    (owed,) = boards(person("director"), D1 + 8 * DAY)
    assert (owed.title, owed.due_on, owed.from_on) == (matter.title, D1 + 8 * DAY, D1)
    assert list(boards(person("branch"), D1 + 8 * DAY)) == list(boards(person("member"), D1 + 8 * DAY)) == []
    ended(row, D1 + 8 * DAY)
    assert disclosure_due([XINTIAN], D1 + 9 * DAY) == []
    assert list(boards(person("director"), D1 + 9 * DAY)) == []


def test_due_costs_the_same_for_one_and_for_three(town, django_assert_max_num_queries):
    matter_at("publicity")
    posted(matter_at("publicity"))
    with django_assert_max_num_queries(6):
        assert len(disclosure_due([TOWN[:9]], D1 + 8 * DAY)) == 2
    matter_at("publicity")
    posted(matter_at("publicity"))
    with django_assert_max_num_queries(6):
        assert len(disclosure_due([TOWN[:9]], D1 + 8 * DAY)) == 4


def test_a_code_changes_with_every_word():
    given = {"title": "甲", "text": "乙", "number": "丙", "places": "丁", "days": ["2018-12-03"], "head": "1:2:ab"}
    names = ("title", "text", "number", "places", "head")
    codes = {code_of(**given), *(code_of(**given | {name: "戊"}) for name in names)}
    assert len(codes) == 6
    assert all(len(code) == 14 for code in codes)


def test_lines_from_excel_become_a_table():
    first, table, last = blocks_of("方案如下。\n项目\t数额\n本年收益\t4,160,000.00\n公积\t1,040,000.00\n完。")
    assert (first, last) == (Paragraph("方案如下。"), Paragraph("完。"))
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["left", "right"]
    assert table.rows == (("本年收益", "4,160,000.00"), ("公积", "1,040,000.00"))


def test_one_step_has_one_sheet_and_numbers_go_on(town):
    matter = matter_at("publicity")
    prepared(matter)
    with pytest.raises(NotYet, match="有错请更正"):
        prepared(matter)
    other = prepared(matter_at("publicity"))
    assert other.paper.number == "新田第一经济社公〔2018〕2号"
    assert current_sheet(other.run_step).publicity == other
