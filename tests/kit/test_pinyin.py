import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.needle import Needle
from redhouse.kit.pinyin import MOST, initials


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("麦启垣", "mqy"),
        ("单雄", "sx"),
        ("单雄", "dx"),
        ("曾国藩", "zgf"),
        ("解缙", "xj"),
        ("冼星海", "xxh"),
        ("区桂芬", "ogf"),
        ("万俟卨", "mqx"),
        ("新田村第三经济社", "xtcdsjjs"),
        ("Ａ座·501", "az501"),
    ],
)
def test_every_plausible_reading_counts(name: str, spelled: str) -> None:
    assert f" {spelled} " in initials(name)


def test_a_name_without_letters_has_none() -> None:
    assert (initials(""), initials("·—"), initials("　")) == ("", "", "")


@given(st.text(max_size=60))
def test_spellings_are_few_and_of_one_length(name: str) -> None:
    ways = initials(name).split()
    assert len(ways) == len(set(ways)) <= MOST
    assert len({len(way) for way in ways}) <= 1
    assert all(way.isascii() and way.isalnum() and way == way.lower() for way in ways)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("启垣", {"word"}),
        (" 麦 启 垣 ", {"word"}),
        ("MQY", {"word", "letters"}),
        ("ｍｑ", {"word", "letters"}),
        ("m", set()),
        ("1234", {"tail", "digits", "door"}),
        ("001x", {"tail", "door"}),
        ("440605122220", {"digits", "door"}),
        ("３栋604", {"word", "door"}),
        ("%_", set()),
        ("\0", set()),
        ("", set()),
    ],
)
def test_what_a_needle_can_mean(typed: str, readings: set[str]) -> None:
    needle = Needle.of(typed)
    assert {name for name in ("word", "letters", "tail", "digits", "door") if getattr(needle, name)} == readings
    assert bool(needle) == bool(readings)


@given(st.text())
def test_a_needle_is_short_and_has_no_blanks(typed: str) -> None:
    text = Needle.of(typed).text
    assert len(text) <= 40
    assert text.split() in ([text], [])
    assert "\0" not in text
