from datetime import date, datetime, timedelta

from redhouse.kit.today import SHANGHAI, now, stand_at, today


def test_a_house_stands_at_the_day_in_shanghai() -> None:
    assert today() == datetime.now(SHANGHAI).date()


def test_a_demo_stands_at_another_day_and_its_clocks_go_on() -> None:
    real = now()
    stand_at(date(2026, 11, 18))
    assert today() == date(2026, 11, 18)
    apart = now() - real
    assert timedelta(0) <= apart % timedelta(days=1) < timedelta(minutes=1), "whole days, and the moment between"
    assert now() <= now()
