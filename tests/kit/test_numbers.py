"""Numbers as people read them, exact to the last digit."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.numbers import (
    NumberError,
    chinese_capitals,
    fraction_text,
    percent,
    ratio_text,
    thousands,
    wan,
)

VALUES = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


def read_capitals(words):
    """Read an amount in words back into fen; a small grammar of its own, largest unit first."""

    def whole(text):
        for unit in ("亿", "万", "仟", "佰", "拾"):
            high, found, low = text.rpartition(unit) if unit == "亿" else text.partition(unit)
            if found:
                return whole(high) * UNITS[unit] + whole(low.removeprefix("零"))
        return VALUES[text] if text else 0

    sign = -1 if words.startswith("负") else 1
    words = words.removeprefix("负").removesuffix("整")
    yuan, _found, rest = words.rpartition("元")
    jiao, _found, cent = rest.removeprefix("零").rpartition("角")
    return sign * (whole(yuan) * 100 + whole(jiao) * 10 + whole(cent.removesuffix("分")))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (9999, "9,999"),
        (10000, "1万"),
        (346000, "34.6万"),
        (100289, "10万"),
        (105000, "10.5万"),
        (104500, "10.5万"),
        (99_999_999, "1亿"),
        (3_000_000_000, "30亿"),
        (123_456_789_000, "1,234.6亿"),
        (-346000, "-34.6万"),
    ],
)
def test_wan_shortens_with_at_most_one_decimal(number, text):
    assert wan(number) == text


def test_wan_keeps_the_places_and_the_floor_it_was_asked_for():
    assert wan(346780, places=2) == "34.68万"
    assert wan(345999, places=0) == "35万"
    assert wan(100000, places=0) == "10万"
    assert wan(345999, floor=True) == "34.5万"
    assert wan(99_999_999, floor=True) == "9,999.9万"


@given(st.integers(10**4, 10**13), st.integers(0, 3))
def test_wan_with_floor_never_claims_more_than_there_is(number, places):
    text = wan(number, places=places, floor=True)
    unit = {"万": 10**4, "亿": 10**8}[text[-1]]
    shown = Fraction(text[:-1].replace(",", "")) * unit
    assert 0 <= number - shown < Fraction(unit, 10**places)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (percent(11, 32), "34%"),
        (percent(11, 32, places=2), "34.38%"),
        (percent(11, 32, places=3), "34.375%"),
        (percent(346_000, 100_289), "345%"),
        (percent(345_999, 100_000), "346%"),
        (percent(345_999, 100_000, rounding="floor"), "345%"),
        (percent(1, 8, places=1), "12.5%"),
        (percent(1, 200), "1%"),
        (percent(-1, 200), "-1%"),
        (percent(-1, 1000), "0%"),
        (percent(5, 0), "—"),
    ],
)
def test_percent_rounds_once_and_exactly(shown, text):
    assert shown == text


@given(
    st.integers(-(10**12), 10**12),
    st.integers(1, 10**9),
    st.integers(0, 4),
    st.sampled_from(["half_up", "floor"]),
)
def test_percent_agrees_with_decimal_arithmetic(numerator, denominator, places, rounding):
    with localcontext(prec=60):
        quotient = Decimal(numerator * 100) / denominator
        exact = quotient.quantize(Decimal(1).scaleb(-places), ROUND_FLOOR if rounding == "floor" else ROUND_HALF_UP)
    shown = percent(numerator, denominator, places, rounding)
    assert Decimal(shown.removesuffix("%").replace(",", "")) == exact


def test_percent_refuses_a_negative_base():
    with pytest.raises(ValueError, match="-3"):
        percent(1, -3)


def test_counts_and_fractions_are_shown_whole():
    assert thousands(346000) == "346,000"
    assert ratio_text(412, 618) == "412／618"
    assert ratio_text(346000, 100289) == "346,000／100,289"
    assert fraction_text(Fraction(22, 64)) == "11/32"
    assert fraction_text(Fraction(6, 2)) == "3"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (12345, "壹佰贰拾叁元肆角伍分"),
        (10000, "壹佰元整"),
        (1000, "壹拾元整"),
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10700053, "壹拾万零柒仟元伍角叁分"),
        (1000000000, "壹仟万元整"),
        (10000000100, "壹亿零壹元整"),
        (100001000000000, "壹万亿零壹仟万元整"),
        (100010000000000, "壹万零壹亿元整"),
        (-1234, "负壹拾贰元叁角肆分"),
    ],
)
def test_chinese_capitals_follow_the_voucher_rules(fen, words):
    assert chinese_capitals(fen) == words


@given(st.integers(-(10**18) + 1, 10**18 - 1) | st.integers(-(10**6), 10**6))
def test_chinese_capitals_can_be_read_back(fen):
    words = chinese_capitals(fen)
    assert read_capitals(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))


def test_chinese_capitals_refuse_an_amount_without_words():
    with pytest.raises(NumberError, match="请核对单位是否为分"):
        chinese_capitals(10**18)
