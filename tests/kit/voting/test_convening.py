"""Before and after a vote: demands, notice, the roll, and what follows."""

from datetime import date

import pytest

from redhouse.kit.voting import Counts, Next, Who, decide, demanded, earliest_on, next_step, roll_dates, rule_at

TODAY, ARTICLE = date(2026, 3, 1), date(2018, 12, 14)


@pytest.mark.parametrize(
    ("rule_id", "on", "who", "of", "least"),
    [
        ("V01", TODAY, Who.ELECTORS, 1001, 101),
        ("V01", TODAY, Who.REPS, 40, 14),
        ("V02", TODAY, Who.REPS, 41, 9),
        ("V04", TODAY, Who.HOUSEHOLDS, 999, 100),
        ("V04", ARTICLE, Who.ELECTORS, 1000, 200),
        ("V04", ARTICLE, Who.GROUPS, 10, 4),
        ("V05", TODAY, Who.REPS, 60, 12),
        ("V07", TODAY, Who.ELECTORS, 1000, 200),
        ("V13", TODAY, Who.ELECTORS, 301, 61),
    ],
)
def test_so_many_may_demand_a_meeting(rule_id: str, on: date, who: Who, of: int, least: int) -> None:
    rule = rule_at(rule_id, on)
    (enough,) = demanded(rule, {who: least}, {who: of})
    (short,) = demanded(rule, {who: least - 1}, {who: of})
    assert (enough.lawful, short.lawful, enough.least) == (True, False, least)
    assert f"（{least}）提议即应召集，现有{least - 1}" in str(short.sentence)
    assert short.clause is not None


def test_where_no_text_gives_anyone_the_right_there_is_none() -> None:
    assert demanded(rule_at("V09", TODAY), {Who.ELECTORS: 600}, {Who.ELECTORS: 600}) == []


@pytest.mark.parametrize(
    ("rule_id", "on", "earliest"),
    [
        ("V01", TODAY, date(2026, 3, 11)),
        ("V02", TODAY, date(2026, 3, 4)),
        ("V09", TODAY, date(2026, 3, 11)),
        ("V13", TODAY, date(2026, 3, 16)),
        ("V14", TODAY, date(2026, 3, 16)),
        ("V03", TODAY, date(2026, 3, 2)),
    ],
)
def test_the_first_day_on_which_the_body_may_meet(rule_id: str, on: date, earliest: date) -> None:
    assert earliest_on(rule_at(rule_id, on), on) == earliest


def test_the_roll_is_shown_twenty_days_before() -> None:
    found = roll_dates(rule_at("V06", TODAY), date(2026, 3, 31))
    assert found is not None
    assert (found.shown_by, found.objections_until, found.answered_by) == (
        date(2026, 3, 11),
        date(2026, 3, 16),
        date(2026, 3, 19),
    )
    early = roll_dates(rule_at("V06", TODAY), date(2026, 3, 31), shown_on=date(2026, 3, 1))
    assert early is not None
    assert early.objections_until == date(2026, 3, 6)
    assert roll_dates(rule_at("V09", TODAY), TODAY) is None


@pytest.mark.parametrize(
    ("rule_id", "counts", "follows"),
    [
        ("V09", Counts(electors=618, present=430, for_=412), Next.CARRIED),
        ("V09", Counts(electors=618, present=411, for_=411), Next.RECONVENE),
        ("V09", Counts(electors=618, present=430, for_=411), Next.FAILED),
        ("V06", Counts(electors=618, cast=400, for_=200), Next.SECOND_BALLOT),
        ("V06", Counts(electors=618, cast=309, for_=309), Next.RECONVENE),
        ("V07", Counts(electors=618, cast=400, for_=200), Next.FAILED),
    ],
)
def test_what_follows_a_count(rule_id: str, counts: Counts, follows: Next) -> None:
    assert next_step(decide(rule_at(rule_id, TODAY), counts)) is follows
