"""Workbooks as they really come, and as somebody with ill will would make them: clear words, nothing half stored."""

import re
import time
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

from redhouse.ground.people.models import Household
from redhouse.kit.ids import make_demo_citizen_id
from redhouse.work.registry import actions
from redhouse.work.registry.enums import ImportKind, ImportState
from redhouse.work.registry.models import Import
from redhouse.work.registry.rules.columns import TEMPLATES
from tests.cast import SOCIETY, TODAY, person
from tests.work.registry.books import book, grid
from tests.work.registry.test_imports import checked, everything, marks, member, said

DAY = date(2018, 3, 1)
ZHANG = make_demo_citizen_id(1, date(1980, 5, 1), 1)
HEADINGS = TEMPLATES[ImportKind.HOUSEHOLDS].headings
SHEET = TEMPLATES[ImportKind.HOUSEHOLDS].name


def household(door: Any, **more: Any) -> list[Any]:
    given = {"code": SOCIETY, "grid": None, "residents": "2", "head": None, "phone": None, "on": DAY, "until": None}
    return [given["code"] if "code" not in more else more["code"], door, *[(given | more)[k] for k in list(given)[1:]]]


def failure(content: bytes, kind: ImportKind = ImportKind.HOUSEHOLDS) -> str:
    row = checked(kind, content=content)
    assert row.state == ImportState.FAILED
    sentence, values = row.outcome["failure"]
    return str(sentence % values)


def notes(row: Import) -> list[str]:
    return [sentence % values for sentence, values in row.outcome["notes"]]


def test_a_workbook_of_every_bad_habit(town: str) -> None:
    """One row a habit; each is read right or refused by row and column, and the good ones go in."""
    rows = [
        household("甲１２号", code="４４０６０５１２２２２０００１", residents="３"),  # full width
        household("  乙号　", code=f" {SOCIETY} ", residents=" 2 ", head="李 四 "),  # spaces
        household("丙号", code=int(SOCIETY), residents=4),  # numbers
        household("丁号", on="2018年3月1日"),
        household("戊号", on="2018/3/1"),
        household("己号", on=43160),  # the serial of that day
        household("庚号", on="去年"),
        household("辛号", residents=2.5),
        household("壬号", residents="0"),
        household("癸号", code="4406"),
        household("子号", phone="123"),
        household(date(2018, 3, 5)),  # 3-5 that Excel took for a day
        household("丑号", code="440605122220777"),
        household("寅号", grid=f"{SOCIETY[:12]}999"),
        household(None),
        household("卯号"), household("卯号"),  # the same twice
        household("辰号", residents="2"), household("辰号", residents="3"),  # a contradiction
        household("巳号", head="=1+1"),
        [None] * 8,
        ["   ", "", None, None, None, None, None, None],
    ]  # fmt: skip
    row = checked(ImportKind.HOUSEHOLDS, *rows)
    assert marks(row) == "nnnnnn" + "rrrrrrrrr" + "nu" + "rr" + "n" + "--"
    words = "\n".join(said(row))
    for part in (
        "8 起始日期 “去年”不是日期；请写成2018-12-14",
        "9 户内人口 “2.5”应为1至9999的整数",
        "10 户内人口 “0”应为1至9999的整数",
        "11 区划代码 “4406”应为12位或15位数字",
        "12 户主电话 “123”不是有效的电话号码",
        "13 门牌 被Excel认成了日期或时间",
        "14 区划代码 区划“440605122220777”尚未登记",
        "15 网格代码 “440605122220999”不是登记的网格",
        "16 门牌 为空；请填写",
        "19 区划代码 与第20行说的是同一条而内容不同",
        "20 区划代码 与第19行说的是同一条而内容不同",
    ):
        assert part in words
    actions.confirm_import(row=row, by=person("secretary"), on=TODAY)
    actions.apply_import(row.pk)
    doors = Household.objects.filter(from_on=DAY).order_by("pk").values_list("dwelling__door", "residents")
    assert list(doors) == [
        ("甲12号", 3), ("乙号", 2), ("丙号", 4), ("丁号", 2), ("戊号", 2), ("己号", 2), ("卯号", 2), ("巳号", 2)
    ]  # fmt: skip


def test_ids_that_became_numbers_are_refused_with_the_mend(town: str) -> None:
    row = checked(ImportKind.MEMBERS, member(440605199001011234, "张三"), member("4406**********1234", "李四"))  # type: ignore[arg-type]
    assert said(row) == [
        "2 公民身份号码 被Excel存成了数字，末几位已经丢失；请把这一列设为“文本”，照证件重新填写",
        "3 公民身份号码 号码是遮住的，不能用来认人；请照证件填写完整的号码",
    ]


def test_merged_hidden_and_calculated_cells_are_named(town: str) -> None:
    def more(workbook: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, SOCIETY)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(5, 5, None, None, {"hidden": True})
        sheet.write_formula(3, 3, "=1+1", None, 2)
        sheet.write_formula(4, 3, "=1+1", None, "")
        sheet.write_formula(6, 1, '="九"&"号"', None, "")

    rows = [HEADINGS, household("甲"), household("乙", code=None), household("丙"), household("丁")]
    row = checked(ImportKind.HOUSEHOLDS, content=grid(rows, sheet=SHEET, more=more))
    assert marks(row) == "nrnr-r"
    assert said(row) == [
        "3 区划代码 为空：这一行在合并单元格内，请取消合并，逐行填写",
        "5 户内人口 公式没有存下算出的值；请用Excel打开并保存一次，或粘贴为数值",
        "7 门牌 公式没有存下算出的值；请用Excel打开并保存一次，或粘贴为数值",
        "7 区划代码 为空；请填写",
        "7 户内人口 为空；请填写",
        "7 起始日期 为空；请填写",
    ]
    assert notes(row) == [
        "第4行在表中被隐藏，也一并读入。",
        "表中有隐藏的列，也一并读入。",
        "第4、5、7行有公式，按算出的值读入。",
        "第2、3行有合并单元格，只有左上角一格有值。",
    ]


def test_headings_in_any_order_on_any_sheet_below_a_title(town: str) -> None:
    rows = [["西樵镇住户登记表"], [], [*reversed(HEADINGS), "备注"], [*reversed(household("甲")), "路口"]]
    row = checked(ImportKind.HOUSEHOLDS, content=grid(rows, sheet="Sheet1"))
    assert (marks(row), row.outcome["first_line"]) == ("n", 4)
    assert notes(row) == [
        "读取的是工作表“Sheet1”，不是“住户”。",
        "不认识的列已略过，原样保留：备注。",
    ]


def test_missing_double_and_foreign_headings_are_named(town: str) -> None:
    assert "缺少：门牌、起始日期" in failure(grid([["区划代码", "户内人口"], [SOCIETY, "2"]], sheet=SHEET))
    assert "“门牌”出现了两次" in failure(grid([[*HEADINGS, "门牌"], household("甲")], sheet=SHEET))
    assert "没有找到“住户”的表头；文件里的工作表是：通讯录" in failure(grid([["姓", "名"]], sheet="通讯录"))


def test_files_that_are_no_workbook(town: str) -> None:
    good = book(ImportKind.HOUSEHOLDS, household("甲"))
    old, locked = bytes.fromhex("D0CF11E0A1B11AE1"), "EncryptedPackage".encode("utf-16-le")
    assert "不是Excel工作簿，或文件已损坏" in failure(b"a,b,c\n1,2,3\n")
    assert "不是Excel工作簿，或文件已损坏" in failure(good[: len(good) // 2])
    assert "不是Excel工作簿，或文件已损坏" in failure(rezipped(good, {"xl/worksheets/sheet1.xml": b"<worksheet><she"}))
    assert "不是Excel工作簿，或文件已损坏" in failure(rezipped(good, {"xl/workbook.xml": None}))
    assert "旧版Excel（.xls）" in failure(old + b"\0" * 600)
    assert "有密码保护" in failure(old + b"\0" * 600 + locked)


def rezipped(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The same workbook with some parts replaced, or left out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = parts.get(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name] or b"")
    return out.getvalue()


def test_bombs_are_refused_before_they_go_off(town: str) -> None:
    good = book(ImportKind.HOUSEHOLDS, household("甲"))
    with zipfile.ZipFile(BytesIO(good)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = re.sub(
        rb"</row></sheetData>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', sheet
    )
    wide = re.sub(rb"</row></sheetData>", b'<c r="XFD2"><v>1</v></c></row></sheetData>', sheet)
    assert far != sheet != wide
    strings = b"<sst><si><t>" + b"x" * 100_000 + b"</t></si></sst>"
    bombs = (
        ("xl/worksheets/sheet1.xml", far, "超出200,000行或52列"),
        ("xl/worksheets/sheet1.xml", wide, "超出200,000行或52列"),
        ("xl/media/x.bin", b"\0" * (301 << 20), "解压后超过300 MB"),
        ("xl/sharedStrings.xml", strings, "文字超过2,000字"),
    )
    for name, part, sentence in bombs:
        bomb = rezipped(good, {name: part})
        started = time.process_time()  # what it costs, however busy the machine is
        assert sentence in failure(bomb)
        assert time.process_time() - started < 5, name


def test_a_part_that_hides_its_size_is_found_out(town: str) -> None:
    content = bytearray(rezipped(book(ImportKind.HOUSEHOLDS, household("甲")), {"xl/media/x.bin": b"\0" * 100_000}))
    central = content.rindex(b"xl/media/x.bin") - 46
    assert content[central : central + 4] == b"PK\x01\x02"
    content[central + 24 : central + 28] = (10).to_bytes(4, "little")  # the size it claims to unpack to
    assert "不是Excel工作簿，或文件已损坏" in failure(bytes(content))


def test_an_entity_bomb_is_only_a_damaged_file(town: str) -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    )
    assert "不是Excel工作簿" in failure(rezipped(book(ImportKind.HOUSEHOLDS), {"xl/workbook.xml": bomb}))


def test_nothing_of_a_failed_workbook_is_stored(town: str) -> None:
    before = everything()
    failure(b"nothing")
    assert everything() == before


def test_texts_too_long_and_markup_are_only_texts(town: str) -> None:
    row = checked(
        ImportKind.HOUSEHOLDS,
        household("x" * 81),
        household("甲", head="<b>张</b>"),
        household("乙", head="'; DROP TABLE"),
    )
    assert marks(row) == "rnn"
    assert said(row) == ["2 门牌 有81个字，最多80个；请缩短"]
