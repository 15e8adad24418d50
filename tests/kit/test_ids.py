"""Numbers of persons, organisations and telephones."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.ids import (
    IdError,
    check_citizen_id,
    check_credit_code,
    check_phone,
    make_credit_code,
    make_demo_citizen_id,
)

CITIZEN = "11010519491231002X"  # the example of GB 11643
CREDIT = "91350100M000100Y43"  # the example of GB 32100
CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

demo_ids = st.builds(
    make_demo_citizen_id,
    st.integers(0, 499),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from([1, 2]),
)
credit_codes = st.builds(
    lambda head, area, tail: make_credit_code(head + area + tail),
    st.text(CREDIT_DIGITS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_DIGITS, min_size=9, max_size=9),
)


def changed(text, place, alphabet):
    """Every text that differs from `text` in one place only."""
    return [text[:place] + letter + text[place + 1 :] for letter in alphabet if letter != text[place]]


def form_or_sentence(check, text):
    try:
        return check(text)
    except IdError as error:
        return str(error)


@pytest.mark.parametrize(
    "text",
    [
        CITIZEN,
        "11010519491231002x",
        " 110105 19491231 002x ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X\u200b",
    ],
)
def test_citizen_id_is_mended_to_one_form(text):
    assert check_citizen_id(text) == CITIZEN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "应为18位，现为0位"),
        (CITIZEN[:-1], "应为18位，现为17位"),
        ("110105491231002", "应为18位，现为15位"),
        ("1101051949123100O2", "前17位只能是数字"),
        ("110105194912X10021", "前17位只能是数字"),
        ("010105194912310020", "“01”不是省级代码"),
        ("110105194913310020", "“19491331”不是有效的出生日期"),
        ("110105190002290020", "“19000229”不是有效的出生日期"),
        ("110105194912310021", "校验位不对"),
        ("110105194912130012", "校验位不对"),
    ],
)
def test_citizen_id_names_what_is_wrong(text, sentence):
    with pytest.raises(IdError, match=sentence):
        check_citizen_id(text)


def test_citizen_id_accepts_a_county_younger_than_its_holder_and_a_residence_permit():
    assert check_citizen_id("440605185001010017") == "440605185001010017"
    assert check_citizen_id("810000199408230021") == "810000199408230021"


@given(demo_ids)
def test_demo_id_passes_in_demonstrations_only(number):
    assert check_citizen_id(number, demo=True) == number
    with pytest.raises(IdError, match="只能用于演示"):
        check_citizen_id(number)


@given(demo_ids, st.integers(6, 17))
def test_citizen_id_finds_every_single_slip(number, place):
    for slip in changed(number, place, "0123456789"):
        with pytest.raises(IdError):
            check_citizen_id(slip, demo=True)


def test_demo_ids_differ_and_tell_sex_as_the_standard_does():
    born_on = date(1980, 2, 29)
    made = [make_demo_citizen_id(n, born_on, sex) for n in range(500) for sex in (1, 2)]
    assert len(set(made)) == 1000
    assert {number[6:14] for number in made} == {"19800229"}
    assert [int(number[16]) % 2 for number in made] == [1, 0] * 500


@pytest.mark.parametrize(("n", "sex"), [(-1, 1), (500, 1), (0, 0), (0, 3)])
def test_demo_ids_do_not_run_over(n, sex):
    with pytest.raises(ValueError, match="n runs from 0 to 499"):
        make_demo_citizen_id(n, date(1980, 1, 1), sex)


@pytest.mark.parametrize(
    "text", [CREDIT, "91350100m000100y43", " 9135 0100 M000 100Y 43", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_credit_code_is_mended_to_one_form(text):
    assert check_credit_code(text) == CREDIT


def test_credit_code_of_a_rural_collective_passes():
    code = make_credit_code("N2440605MF1234567")
    assert check_credit_code(code) == code


@given(credit_codes, st.integers(0, 17))
def test_credit_code_finds_every_single_slip(code, place):
    assert check_credit_code(code) == code
    for slip in changed(code, place, CREDIT_DIGITS + "IOSVZ"):
        with pytest.raises(IdError):
            check_credit_code(slip)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (CREDIT[:-1], "应为18位，现为17位"),
        ("91350100M0O0100Y43", "第11位“O”不能使用"),
        ("9135010AM000100Y43", "第3至8位“35010A”应为数字"),
        ("91350100M000100Y44", "校验位不对"),
    ],
)
def test_credit_code_names_what_is_wrong(text, sentence):
    with pytest.raises(IdError, match=sentence):
        check_credit_code(text)


@pytest.mark.parametrize("text", [CREDIT, "short", "9135010OM000100Y4"])
def test_make_credit_code_refuses_other_than_17_known_characters(text):
    with pytest.raises(ValueError, match="17 characters"):
        make_credit_code(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800138000", "13800138000"),
        (" 138 0013-8000 ", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("0757-86888888", "075786888888"),
        ("（0757）8688 8888", "075786888888"),
        ("+852 2812 3456", "+85228123456"),
    ],
)
def test_phone_is_mended_to_what_is_dialled(text, number):
    assert check_phone(text) == number
    assert check_phone(number) == number


@pytest.mark.parametrize(
    "text", ["", "86888888", "1380013800", "23800138000", "张三13800138000", "075786888888转801", "1" * 300]
)
def test_phone_refuses_what_cannot_be_dialled(text):
    with pytest.raises(IdError, match=re.escape(f"“{text}”不是有效的电话号码")):
        check_phone(text)


def test_error_can_be_said_in_another_language():
    with pytest.raises(IdError) as caught:
        check_citizen_id("123")
    english = {caught.value.template: "An id has 18 digits, this one %(length)s; compare the card."}
    assert caught.value.say(english.__getitem__) == "An id has 18 digits, this one 3; compare the card."


@given(st.text(max_size=25) | st.text("0123456789Xx ０９-", min_size=15, max_size=22))
def test_checks_either_give_a_stable_form_or_one_sentence(text):
    for check in (check_citizen_id, check_credit_code, check_phone):
        outcome = form_or_sentence(check, text)
        assert "请" in outcome or check(outcome) == outcome
