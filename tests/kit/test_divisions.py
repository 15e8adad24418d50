"""Division codes: groups are cut whole, never by stripping zeros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.divisions import DivisionError, Level, is_within, level, parent, prefix, town_of, village_of

TOWN = "440605122000"
VILLAGE = "440605122010"
PLACE = "440605122010001"


def groups(*widths):
    return st.tuples(*(st.integers(1, 10**width - 1).map(lambda n, w=width: f"{n:0{w}}") for width in widths))


full_places = groups(2, 2, 2, 3, 3, 3).map("".join)
any_codes = st.tuples(groups(2, 2, 2, 3, 3), st.integers(1, 5)).map(
    lambda drawn: "".join(drawn[0][: drawn[1]]).ljust(12, "0")
)


@pytest.mark.parametrize(
    ("code", "expected", "cut"),
    [
        ("440000000000", Level.PROVINCE, "44"),
        ("440600000000", Level.CITY, "4406"),
        ("440605000000", Level.COUNTY, "440605"),
        (TOWN, Level.TOWN, "440605122"),
        ("440605100000", Level.TOWN, "440605100"),
        (VILLAGE, Level.VILLAGE, "440605122010"),
        ("440605122200", Level.VILLAGE, "440605122200"),
        (PLACE, Level.PLACE, PLACE),
        ("441900000000", Level.CITY, "4419"),
        ("441900003000", Level.TOWN, "441900003"),
    ],
)
def test_level_and_prefix_cut_whole_groups(code, expected, cut):
    assert level(code) == expected
    assert prefix(code) == cut


def test_village_ending_in_a_zero_does_not_swallow_its_neighbours():
    assert not is_within("440605122011", VILLAGE)
    assert is_within("440605122011", TOWN)
    assert is_within(PLACE, VILLAGE)
    assert not is_within(TOWN, VILLAGE)


@given(full_places)
def test_parent_climbs_from_a_place_to_its_province(code):
    line = [code]
    while (above := parent(line[-1])) is not None:
        line.append(above)
    assert [level(step) for step in line] == sorted(Level, reverse=True)
    assert line[1:3] == [village_of(code), town_of(code)]
    assert all(is_within(code, step) for step in line)
    assert not any(is_within(step, code) for step in line[1:])


@given(any_codes, any_codes)
def test_is_within_is_being_among_the_ancestors(code, other):
    line = [code]
    while (above := parent(line[-1])) is not None:
        line.append(above)
    assert is_within(code, other) == (other in line)


def test_town_without_a_county_lies_in_its_city():
    assert parent("441900003000") == "441900000000"
    assert parent("441900000000") == "440000000000"


def test_place_directly_in_a_town_has_a_town_but_no_village():
    assert (town_of("440605122000001"), parent("440605122000001")) == (TOWN, TOWN)
    with pytest.raises(DivisionError, match="村（社区）"):
        village_of("440605122000001")


def test_village_of_and_town_of_refuse_what_lies_above():
    with pytest.raises(DivisionError, match="请选择具体的村或社区"):
        village_of(TOWN)
    with pytest.raises(DivisionError, match="请选择具体的镇或街道"):
        town_of("440605000000")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("440605122", "应为12位数字"),
        ("44060512201x", "应为12位数字"),
        ("４４０６０５１２２０１０", "应为12位数字"),
        (VILLAGE + "\n", "应为12位数字"),
        ("000605122010", "前两位不能是00"),
        (VILLAGE + "000", "村本身请写12位代码"),
    ],
)
def test_level_refuses_a_malformed_code(code, sentence):
    with pytest.raises(DivisionError, match=sentence):
        level(code)
