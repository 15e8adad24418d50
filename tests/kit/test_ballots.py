from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.ballots import (
    ALPHABET,
    TOKEN,
    new_key,
    new_token,
    normal_receipt,
    paper_number,
    read_paper_number,
    receipt_code,
)


def test_a_token_always_gives_the_same_receipt_and_another_gives_another() -> None:
    token = new_token()
    assert TOKEN.fullmatch(token)
    assert receipt_code(1, token) == receipt_code(1, token)
    assert len({receipt_code(1, new_token()) for _ in range(2000)} | {receipt_code(2, token)}) == 2001


def test_a_receipt_is_read_back_as_people_type_it() -> None:
    code = receipt_code(7, "A" * 32)
    assert len(code) == 14
    assert set(code) <= {*ALPHABET, "-"}
    assert normal_receipt(f" {code.lower().replace('-', ' ')} ") == code


@given(st.integers(1, 99999))
def test_a_paper_number_is_read_back(number: int) -> None:
    key = b"k" * 16
    printed = paper_number(key, number)
    assert read_paper_number(key, printed) == number
    assert read_paper_number(key, printed.lower().replace("-", " ")) == number


def test_a_slip_in_a_paper_number_is_seen_nearly_always() -> None:
    key = new_key()
    slips = sum(
        read_paper_number(key, f"{number + 1:04d}-{paper_number(key, number)[-2:]}") is not None
        for number in range(1, 5000)
    )
    assert slips < 30  # one in 961 by chance
    assert read_paper_number(key, "0117") is None
    assert read_paper_number(new_key(), "第117号") is None
