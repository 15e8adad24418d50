"""Money shared out exactly: properties over any shares, and every way to change a text is found."""

import json
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.numbers import exact_yuan, wholes, yuan
from redhouse.kit.sharing import (
    Distribution,
    Holder,
    Register,
    SharingError,
    findings,
    holder_code,
    is_distribution,
    part_of,
    read_distribution,
    read_register,
    share_out,
)
from redhouse.kit.tally import TallyError

ABOUT = {"matter": "440605122220003-2026-P07-01", "run": 7, "host": "第三经济社"}
SHARES = st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(any)
TOTALS = st.integers(0, 10**13)


def register(units: list[int]) -> Register:
    holders = (Holder(number, f"{number:016x}", each) for number, each in enumerate(units, start=1))
    return Register(ABOUT, "shares", 1, "2026-09-30", tuple(holders))


@given(SHARES, TOTALS)
def test_the_sum_is_exact_and_each_is_within_a_fen_of_the_exact_quota(units: list[int], total: int) -> None:
    shared = share_out(register(units), total)
    assert sum(shared.amounts) == total
    for each, amount in zip(units, shared.amounts, strict=True):
        part = part_of(total, each, sum(units), amount)
        assert abs(amount - Fraction(total * each, sum(units))) < 1
        assert (part.floor + part.extra, 0 <= part.remainder < 1, part.extra in (0, 1)) == (amount, True, True)
        assert each or not amount, "no share, no money"
    assert findings(shared, shared.text()) == []


@given(SHARES, TOTALS, st.randoms())
def test_it_does_not_matter_in_which_order_the_lines_came(units: list[int], total: int, random: Random) -> None:
    one = register(units)
    holders = list(one.holders)
    random.shuffle(holders)
    other = Register(one.about, one.basis, one.scale, one.as_of, tuple(holders))
    assert share_out(other, total).text() == share_out(one, total).text()
    assert other.digest() == one.digest()


@given(SHARES, TOTALS)
def test_more_shares_never_come_to_less_money_and_equal_ones_differ_by_the_tie_only(
    units: list[int], total: int
) -> None:
    rows = sorted(zip(units, share_out(register(units), total).amounts, strict=True))
    for (low, less), (high, more) in pairwise(rows):
        assert less <= more + (1 if low == high else 0)


def test_the_rule_of_ties_is_the_lower_number() -> None:
    assert share_out(register([1, 1, 1]), 100).amounts == (34, 33, 33)
    assert share_out(register([2, 2, 3]), 1000_01).amounts == (285_72, 285_72, 428_57)
    with pytest.raises(TallyError):
        share_out(register([0, 0]), 1)


def changed(text: str, change: dict[str, object] | None = None, line: tuple[int, int, object] | None = None) -> str:
    data = json.loads(text)
    data |= change or {}
    if line:
        data["lines"][line[0]][line[1]] = line[2]
    head = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in data.items() if k != "lines")
    return "{\n" + head + ',\n"lines": [\n' + ",\n".join(map(json.dumps, data["lines"])) + "\n]\n}\n"


def test_whatever_is_changed_in_a_table_is_found() -> None:
    text = share_out(register([3, 2, 2]), 100_000_01).text()
    assert changed(text) == text
    assert is_distribution(text)
    for wrong, sentence in {
        changed(text, line=(0, 3, 42_857_16)): "各行相加为10000002分",
        changed(text, {"total_fen": 100_000_02}): "总额写的是10000002分",
        changed(text, line=(0, 1, "f" * 16)): "不是规范写法",
        changed(text, {"as_of": "2026-10-01"}): "不是规范写法",
        changed(text, {"units": 8}): "不是规范写法",
        changed(text, line=(1, 0, 1)): "出现不止一次",
        changed(text, line=(0, 2, 4)): "按规则应为",
        text.replace("\n]", "\n ]"): "不是规范写法",
    }.items():
        assert sentence in str(findings(read_distribution(wrong), wrong)[0])
    swapped = changed(changed(text, line=(0, 3, 28_571_43)), line=(1, 3, 42_857_15))
    assert "第1号" in str(findings(read_distribution(swapped), swapped)[0])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "redhouse-box/1"}', '{"format": "redhouse-register/1"}'])
def test_what_is_no_text_of_ours_is_said(text: str) -> None:
    for read in (read_register, read_distribution):
        with pytest.raises(SharingError):
            read(text)


def test_a_register_reads_back_and_a_changed_one_does_not() -> None:
    text = register([3, 2, 2]).text()
    assert read_register(text).text() == text
    for wrong in (changed(text, {"units": 9}), changed(text, line=(0, 2, 5)), text + " "):
        with pytest.raises(SharingError):
            read_register(wrong)
    with pytest.raises(SharingError):
        read_distribution(changed(share_out(register([1]), 1).text(), line=(0, 3, -1)))
    assert isinstance(share_out(register([1]), 1), Distribution)


def test_a_code_commits_to_one_person_at_one_number() -> None:
    code = holder_code(run=7, number=1, person=31, salt=b"salt")
    assert len(code) == 16
    for other in ({"run": 8}, {"number": 2}, {"person": 32}, {"salt": b"sand"}):
        assert holder_code(**{"run": 7, "number": 1, "person": 31, "salt": b"salt"} | other) != code  # type: ignore[arg-type]


def test_amounts_and_shares_as_people_read_them() -> None:
    assert (yuan(312_000_000), yuan(5), yuan(-5)) == ("3,120,000.00", "0.05", "-0.05")
    assert exact_yuan(Fraction(250_000)) == "2,500.00"
    assert exact_yuan(Fraction(100, 3)) == "0.3333…"
    assert exact_yuan(Fraction(1, 2)) == "0.0050"
    assert (wholes(1248, 1), wholes(8650, 100)) == ("1,248", "86.50")
    assert part_of(10, 1, 3, 4).remainder_text == "0.3333…"
    assert part_of(10, 1, 4, 2).remainder_text == "0.5000"
