"""The data files: read as they are, and what is said when somebody breaks one."""

import shutil
from pathlib import Path

import pytest

from redhouse.demo.source import FOLDER, read_source
from redhouse.demo.tables import DataFileError
from redhouse.demo.town import build_town
from redhouse.ground.places.enums import DivisionKind, VenueKind
from redhouse.kit.errors import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "data"))


def test_files_state_what_the_article_states() -> None:
    source = read_source()
    kinds = [village.kind for village in source.villages]
    assert (kinds.count(DivisionKind.COMMUNITY), kinds.count(DivisionKind.VILLAGE)) == (21, 11)
    assert [village.name for village in source.villages if village.is_inferred] == ["爱国", "简村"]
    assert source.sizes.visits == 346_000
    assert source.profile == {
        "textile_firms": 851,
        "fabric_metres_a_year": 3_000_000_000,
        "high_grade_percent": 10,
    }
    centres = [venue for venue in source.venues if venue.kind == VenueKind.CENTRE]
    in_use = [venue for venue in centres if venue.in_use_on and venue.in_use_on <= source.as_of]
    assert (len(in_use), len(centres) - len(in_use)) == (11, 15)
    assert [venue.name for venue in source.venues if venue.target_on] == [
        venue.name for venue in source.venues if venue.kind == VenueKind.SOCIETY_SITE
    ]
    assert [room.seats for room in source.rooms] == [80, 100, 50, 50, 80, 0]


def test_nothing_happens_after_the_day_of_the_article() -> None:
    source = read_source()
    days = [day for venue in source.venues for day in (venue.planned_on, venue.building_on, venue.in_use_on) if day]
    days += [row.on for row in source.adoptions] + [row.on for row in source.rooms]
    days += [row.founded_on for row in source.small_biz]
    assert max(days) <= source.as_of


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("villages.csv", "12900", "12,900", ",0,12,900,39600,,6”：应有 9 列，现有 10 列。请补齐或删去逗号。"),
        ("villages.csv", "12900", "许多", "第3行“households”：“许多”不是整数。请填写不带逗号和单位的整数。"),
        ("villages.csv", "12900", "99900", "“households”"),
        ("villages.csv", "code,name", "name,code", "第1行“name,code,kind"),
        ("villages.csv", "440605122001", "440605122002", "第3行“code”：“440605122002”与第2行重复。请改正其一。"),
        (
            "venues.csv",
            "2018-08-29",
            "29.8.2018",
            "第38行“in_use_on”：“29.8.2018”不是日期。请按 2018-12-14 的样子填写。",
        ),
        (
            "venues.csv",
            "440605122002301",
            "440605122002399",
            "第38行“place”：没有代码为“440605122002399”的区划。请核对代码。",
        ),
        ("venues.csv", "red_house", "blue_house", "第38行“kind”：“blue_house”不在可选值里。请从 centre、red_house、"),
        ("rooms.csv", "西樵镇党校,主题", "党校,主题", "第2行“venue”：venues.csv 里没有“党校”。请核对名称。"),
        ("accounts.csv", ",新田村党委,", ",新田党委,", "第4行“post_body”：没有名为“新田党委”的组织。请核对全称。"),
        ("accounts.csv", "org_officer", "", "第2行“post”：职务和任职组织要么都填，要么都空着。请补齐或删去。"),
        (
            "small_biz.csv",
            ",3,15,1",
            ",3,15,是",
            "第3行“is_demonstration”：“是”不是 0 或 1。请填写 1（是）或 0（否）。",
        ),
        ("adoptions.csv", "pilot_started", "pilot_begun", "第2行“kind”：“pilot_begun”不在可选值里。"),
        ("town.toml", "households = 100280", "household = 100280", "“[sizes] household”：没有这个字段"),
        (
            "town.toml",
            "visits = 346000",
            'visits = "346000"',
            "“[sizes] visits”：“346000”的类型不对，应为 int。请改正。",
        ),
        ("town.toml", "household = 90", "household = 91", "“[visits.modes]”"),
        (
            "town.toml",
            "office_members = 204",
            "office_members = 20",
            "“[sizes] office_members”：镇机关党员太少，排不出各村的驻点团队。请调高。",
        ),
        ("town.toml", "as_of = ", "as_of == ", "读不出来"),
    ],
)
def test_slip_is_named_with_file_row_field_and_mend(folder: Path, file: str, old: str, new: str, sentence: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as slip:
        build_town(read_source(folder))
    assert slip.value.message.startswith("演示数据 ")
    assert file in slip.value.message
    assert sentence in slip.value.message
    assert slip.value.exit_code == DATA


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "rooms.csv").unlink()
    with pytest.raises(DataFileError, match=r"rooms\.csv 读不出来"):
        read_source(folder)


def test_bytes_that_are_not_utf_8_are_refused(folder: Path) -> None:
    (folder / "offices.csv").write_bytes("name\n西樵镇".encode("gb18030"))
    with pytest.raises(DataFileError, match=r"offices\.csv 读不出来"):
        read_source(folder)
