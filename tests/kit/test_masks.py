"""Personal data shown in part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.masks import mask_citizen_id, mask_door, mask_name, mask_phone

MASKS = [mask_name, mask_phone, mask_citizen_id, mask_door]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("冼大贞", "冼＊贞"),
        ("冼贞", "冼＊"),
        ("冼　贞", "冼＊"),
        ("欧阳娜娜", "欧阳＊娜"),
        ("欧阳娜", "欧阳＊"),
        ("欧阳", "欧＊"),
        ("冼李大贞", "冼＊贞"),
        ("买买提·艾力", "买＊力"),
        ("冼", "＊"),
    ],
)
def test_name_keeps_the_surname_and_the_last_of_several_characters(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800138000", "138****8000"), ("075786888888", "075****8888"), ("86888888", "****"), ("110", "****")],
)
def test_phone_keeps_three_and_four(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("44060519800101001X", "4406**********001X"), ("440605800101001", "******"), ("4406", "******")],
)
def test_citizen_id_keeps_four_and_four(number, shown):
    assert mask_citizen_id(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("新田村樵园路12号3栋502", "新田村樵园路＊号＊栋＊"),
        ("七星村三队十二号之三", "七星村三队＊号之＊"),
        ("百西村A座一单元1203A室", "百西村＊座＊单元＊室"),
        ("樵金路8-12号", "樵金路＊号"),
        ("樵金路１２号", "樵金路＊号"),
        ("崇南村文化室", "崇南村文化室"),
    ],
)
def test_door_hides_every_number_and_keeps_the_street(address, shown):
    assert mask_door(address) == shown


@pytest.mark.parametrize("mask", MASKS)
def test_mask_of_nothing_is_nothing(mask):
    assert mask("") == ""


@pytest.mark.parametrize("mask", MASKS)
@given(text=st.text(max_size=30) | st.text("冼欧阳一二十号之栋楼A1９-＊* ", max_size=12))
def test_mask_twice_is_mask_once(mask, text):
    assert mask(mask(text)) == mask(text)


@given(st.text("一二三四五六七八九娜贞", min_size=2, max_size=9))
def test_name_shows_at_most_two_characters_of_an_ordinary_name_at_one_width(name):
    assert mask_name(name) in (f"{name[0]}＊", f"{name[0]}＊{name[-1]}")
    assert len(mask_name(name)) == (2 if len(name) == 2 else 3)


@given(st.text("0123456789", min_size=11, max_size=20), st.text("0123456789", min_size=1, max_size=20))
def test_phone_and_id_masks_do_not_tell_the_length(phone, number):
    assert len(mask_phone(phone)) == 11
    assert len(mask_citizen_id(number)) in (6, 18)


@given(st.text("新田村路号栋室0123456789ABC０１-之", max_size=30))
def test_door_leaves_no_digit(address):
    assert not any(character.isdigit() for character in mask_door(address))
