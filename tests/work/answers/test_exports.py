"""The sheet taken along: the same numbers as on the page, each with its note; files that open."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from redhouse.cli import redhouse
from redhouse.ground.access.models import Account
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.papers.official.layout import Figure, Heading, Paragraph, Table
from redhouse.work.answers.queries import answer_sheet, division_at
from redhouse.work.answers.views.asking import Question
from redhouse.work.answers.views.document import CLOSE, OPEN, official
from tests.cast import TOWN, XINTIAN
from tests.work.answers.factories import AS_OF, fill_town


@pytest.fixture
def filled(town: str) -> str:
    fill_town()
    return town


def asked(code: str = TOWN) -> Question:
    return Question(division_at(code, AS_OF), AS_OF, last_fact_id())


def browser(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def figures(code: str) -> list[Figure]:
    paragraphs = [block for block in official(asked(code)).body if isinstance(block, Paragraph)]
    return [piece for block in paragraphs for piece in block.pieces if isinstance(piece, Figure)]


def test_the_document_reads_as_the_page_with_a_note_behind_each_number(filled: str) -> None:
    document = official(asked())
    headings = [block.text for block in document.body if isinstance(block, Heading)]
    assert headings == ["党建引领", "下沉权力", "创新“小个专”", "重要事权清单管理", "口径与依据"]
    whole = "".join(
        piece if isinstance(piece, str) else piece.shown
        for block in document.body
        if isinstance(block, Paragraph)
        for piece in block.pieces
    )
    assert "全镇2名在册党员本年累计联系群众4人次，入户率133%，“户联系”覆盖67%。" in whole
    assert "本年至少走到一次的住户占67%。" in whole
    assert "预定年底前启用（计划，尚未成为事实）。" in whole
    assert not {OPEN, CLOSE, "<", ">"} & set(whole)
    rate = next(one for one in figures(TOWN) if one.note.startswith("F04"))
    assert (rate.shown, rate.note.split("。")[0]) == ("133%", "F04 入户率：133.33%（4／3），明细4条")


def test_every_figure_of_the_sheet_is_explained_or_listed(filled: str) -> None:
    noted = {one.note[:3] for one in figures(TOWN)}
    assert len(noted) == 21
    table = official(asked()).body[-1]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [answer.figure.id for answer in answer_sheet(TOWN, AS_OF)]


def test_powers_and_rooms_come_along_as_tables(filled: str) -> None:
    tables = [block for block in official(asked()).body if isinstance(block, Table)]
    assert [table.caption for table in tables] == ["表一　镇级党校场室", "表二　村（社区）重要事权清单", ""]
    assert tables[1].rows[2] == ("3", "重大项目实施", "物")


@pytest.mark.parametrize("code", [TOWN, XINTIAN])
@pytest.mark.parametrize(("form", "magic"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_each_form_downloads(filled: str, code: str, form: str, magic: bytes) -> None:
    address = reverse("answers:export", kwargs={"code": code})
    answer = browser("org").get(address, {"as_of": "2018-12-14", "form": form})
    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(magic)  # type: ignore[attr-defined]


def test_strangers_and_strange_forms_find_nothing(filled: str) -> None:
    address = reverse("answers:export", kwargs={"code": TOWN})
    assert browser("secretary").get(address, {"form": "pdf"}).status_code == 404
    assert browser("org").get(address, {"form": "exe"}).status_code == 404
    assert browser("org").get(address, {"form": "pdf", "as_of": "yesterday"}).status_code == 404


def test_the_command_writes_all_three(filled: str, tmp_path: Path) -> None:
    paths = {form: tmp_path / f"sheet.{form}" for form in ("docx", "pdf", "xlsx")}
    options = [text for form, path in paths.items() for text in (f"--{form}", str(path))]
    result = CliRunner().invoke(redhouse, ["answers", "--as-of", "2018-12-14", *options], catch_exceptions=False)
    assert result.exit_code == 0
    assert "在册党员" in ZipFile(paths["docx"]).read("word/document.xml").decode()
    book = CalamineWorkbook.from_filelike(BytesIO(paths["xlsx"].read_bytes()))
    assert book.sheet_names == ["数字", "分项", "村（社区）"]
    numbers = {row[0]: (row[3], row[4]) for row in book.get_sheet_by_name("数字").to_python()[3:]}
    assert numbers["F04"] == (4, 3)
    assert numbers["F02"] == (2, "")
    assert [row[0] for row in book.get_sheet_by_name("村（社区）").to_python()[3:]] == ["海舟", "新田"]
    assert paths["pdf"].read_bytes().startswith(b"%PDF")


def test_a_folder_gives_no_files(tmp_path: Path) -> None:
    result = CliRunner().invoke(redhouse, ["answers", "--from", str(tmp_path), "--pdf", str(tmp_path / "a.pdf")])
    assert result.exit_code == 2
    assert "请在有数据库的房子里运行" in result.output
