import datetime as dt

from django.utils import translation

from redhouse.web.templatetags import furniture


def test_day_reads_chinese_and_english() -> None:
    with translation.override("zh-hans"):
        assert furniture.day(dt.date(2018, 12, 4)) == "2018年12月4日"
        assert furniture.weekday(dt.date(2018, 12, 14)) == "星期五"
    with translation.override("en"):
        assert furniture.day(dt.date(2018, 12, 4)) == "4 December 2018"
        assert furniture.weekday(dt.date(2018, 12, 14)) == "Friday"


def test_a_moment_is_read_in_the_time_of_the_town() -> None:
    moment = dt.datetime(2018, 12, 13, 16, 30, tzinfo=dt.UTC)
    with translation.override("zh-hans"):
        assert furniture.day(moment) == "2018年12月14日"
    assert furniture.clock(moment) == "00:30"


def test_no_day_prints_nothing() -> None:
    assert furniture.day(None) == ""


def test_icon_escapes_its_name() -> None:
    assert "<script" not in furniture.icon('"><script>')
