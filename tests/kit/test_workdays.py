"""Days and working days: holidays, exchanged weekends, years that nobody knows yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.workdays import count_days, holidays_known, is_working_day, last_day

NATIONAL_DAY = date(2018, 10, 1)
days = st.dates(date(2017, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2018, 12, 14), True),  # a Friday
        (date(2018, 12, 15), False),  # a Saturday
        (NATIONAL_DAY, False),
        (date(2018, 9, 29), True),  # a Saturday worked for the holidays
        (date(2027, 10, 1), True),  # a Friday of a year whose holidays nobody knows yet
        (date(2027, 10, 2), False),
    ],
)
def test_which_days_are_worked(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_house_says_otherwise_of_single_days() -> None:
    own = {date(2027, 10, 1): False, date(2018, 12, 15): True}
    assert [is_working_day(day, own) for day in own] == [False, True]
    assert not holidays_known(date(2027, 1, 4))
    assert holidays_known(date(2027, 1, 4), own)
    assert holidays_known(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("begin", "count", "working", "last"),
    [
        (date(2026, 11, 18), 15, False, date(2026, 12, 3)),  # the decision's publicity in the drawing
        (date(2018, 12, 14), 2, True, date(2018, 12, 18)),  # over a weekend
        (date(2018, 9, 28), 3, True, date(2018, 10, 8)),  # Saturday and Sunday are worked, then come the holidays
        (date(2018, 12, 14), 0, True, date(2018, 12, 14)),
    ],
)
def test_a_period_counts_from_the_next_day(begin: date, count: int, working: bool, last: date) -> None:
    assert last_day(begin, count, working=working) == last
    assert count_days(begin, last, working=working) == count


@given(begin=days, count=st.integers(0, 60))
def test_working_days_are_at_least_as_long_as_days(begin: date, count: int) -> None:
    last = last_day(begin, count, working=True)
    assert last >= last_day(begin, count)
    assert count_days(begin, last, working=True) == count
    assert count == 0 or is_working_day(last)
    assert count_days(last + timedelta(days=1), begin, working=True) == 0


def test_a_negative_period_is_no_period() -> None:
    with pytest.raises(ValueError, match="-1 days"):
        last_day(NATIONAL_DAY, -1)
