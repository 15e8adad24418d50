"""My to-do: what every room says I owe, late things first, each with its clock."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from redhouse.desk.queries.todo import todo_of
from redhouse.ground.messages import todo
from redhouse.ground.messages.enums import When
from redhouse.ground.messages.todo import Owed
from redhouse.kit.today import today
from tests.cast import person
from tests.desk.pages import clean
from tests.ground.messages.factories import sent

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 13, tzinfo=SHANGHAI)  # a Wednesday
DAY = NOW.date()


def owed(title: str = "旧厂房二期出租", **changes: object) -> Owed:
    fields: dict[str, object] = {"title": title, "step": "领导把关", "link": "/", "action": "去把关"}
    return Owed(**fields | changes)  # type: ignore[arg-type]


@pytest.fixture
def owing(monkeypatch: pytest.MonkeyPatch) -> list[Owed]:
    """A room whose source gives what the test puts here, to everybody."""
    things: list[Owed] = []
    monkeypatch.setattr(todo, "_SOURCES", [lambda _person, _on: things])
    return things


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


@pytest.mark.parametrize(
    ("due", "when", "left"),
    [
        ({"due_on": date(2026, 11, 16)}, When.OVERDUE, "逾期2天"),
        ({"due_on": date(2026, 11, 17)}, When.OVERDUE, "逾期1天"),
        ({"due_at": at(10, 12)}, When.OVERDUE, "已过时"),
        ({"due_at": at(10, 13)}, When.TODAY, "还剩0分"),
        ({"due_at": at(10, 58)}, When.TODAY, "还剩45分"),
        ({"due_at": at(15)}, When.TODAY, "还剩4小时47分"),
        ({"due_on": DAY}, When.TODAY, "今天到期"),
        ({"due_at": at(1, days=1)}, When.THIS_WEEK, "还剩1天"),
        ({"due_on": date(2026, 11, 22)}, When.THIS_WEEK, "还剩4天"),
        ({"due_on": date(2026, 11, 23)}, When.LATER, "还剩5天"),
        ({}, When.LATER, ""),
    ],
)
def test_the_clock_of_a_thing(town: str, owing: list[Owed], due: dict[str, object], when: When, left: str) -> None:
    owing.append(owed(**due))
    (group,) = todo_of(person("secretary"), NOW).groups
    assert (group.when, group.rows[0].left) == (when, left)


def test_a_week_ends_on_sunday_also_on_a_sunday(town: str, owing: list[Owed]) -> None:
    sunday = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
    owing += [owed(due_on=date(2026, 11, 22)), owed(due_on=date(2026, 11, 23))]
    assert [group.when for group in todo_of(person("secretary"), sunday).groups] == [When.TODAY, When.LATER]


def test_what_is_left_shrinks_and_warns(town: str, owing: list[Owed]) -> None:
    owing += [
        owed("远", due_on=date(2026, 12, 17), from_on=date(2026, 11, 18)),
        owed("半", due_on=date(2026, 11, 28), from_on=date(2026, 11, 8)),
        owed("近", due_on=date(2026, 11, 20), from_on=date(2026, 11, 18)),
        owed("反", due_on=date(2026, 11, 30), from_on=date(2026, 12, 18)),
    ]
    rows = [row for group in todo_of(person("secretary"), NOW).groups for row in group.rows]
    assert {row.owed.title: (row.tenths, row.tone) for row in rows} == {
        "近": (2, "clock-warn"),
        "半": (5, ""),
        "反": (1, "clock-warn"),
        "远": (10, ""),
    }


@pytest.mark.parametrize(
    ("days", "title"),
    [
        ([], ["今天没有欠着的事"]),
        ([-1], ["1件已经逾期"]),
        ([0, 0, 0, -2, 3], ["今天有3件要办", "1件已经逾期"]),
        ([1, 30], ["今天没有到期的", "2件还有时间"]),
    ],
)
def test_the_title_says_how_it_stands(town: str, owing: list[Owed], days: list[int], title: list[str]) -> None:
    owing += [owed(due_on=DAY + timedelta(days=n)) for n in days]
    assert todo_of(person("secretary"), NOW).title == title


def test_groups_stand_in_order_and_the_earliest_first(town: str, owing: list[Owed]) -> None:
    owing += [
        owed("无期"),
        owed("下月", due_on=date(2026, 12, 20)),
        owed("晚上", due_at=at(19, 30)),
        owed("全天", due_on=DAY),
        owed("下午", due_at=at(15)),
        owed("昨天", due_on=date(2026, 11, 17)),
    ]
    found = todo_of(person("secretary"), NOW)
    assert [(group.when, [row.owed.title for row in group.rows]) for group in found.groups] == [
        (When.OVERDUE, ["昨天"]),
        (When.TODAY, ["下午", "晚上", "全天"]),
        (When.LATER, ["下月", "无期"]),
    ]


def test_nobody_owes_nothing(town: str, owing: list[Owed]) -> None:
    owing.append(owed())
    assert todo_of(None, NOW).is_empty


def test_the_page_shows_thing_step_clause_clock_and_one_red_button(signed, owing: list[Owed]) -> None:
    late = today() - timedelta(days=2)
    owing += [
        owed(sub="资产处置", how="给出“通过”或“退回”", clause="村民委员会组织法第三十五条", due_on=late, link="/a/"),
        owed("<b>路灯</b>", step="回复", due_on=today() + timedelta(days=40), link="/b/"),
    ]
    page = clean(signed("secretary").get("/"))
    assert "1件已经逾期" in page
    assert '<h2 class="h-sec bad">' in page
    assert "您欠<b>领导把关</b>：给出“通过”或“退回”" in page
    assert "<cite>村民委员会组织法第三十五条</cite>" in page
    assert f"应于{late.month}月{late.day}日" in page
    assert "&lt;b&gt;路灯" in page
    assert page.count("btn-primary") == 1
    assert re.findall(r'btn-primary" href="([^"]+)"', page) == ["/a/"]
    assert '待办<span class="n">2</span>' in page


def test_a_message_to_be_confirmed_is_owed_until_it_is(signed) -> None:
    notice = sent("secretary", due_on=today())
    client: Client = signed("secretary")
    page = clean(client.get("/"))
    receipt = notice.receipts.get()
    assert "今天有1件要办" in page
    assert "您欠<b>回执</b>" in page
    assert f'href="/messages/#m{receipt.pk}"' in page
    client.post(f"/messages/{receipt.pk}/confirm/")
    assert "今天没有欠着的事" in clean(client.get("/"))


def test_english_says_the_same(signed, owing: list[Owed]) -> None:
    owing += [owed(due_on=today()), owed(due_on=today() - timedelta(days=1))]
    client = signed("secretary")
    client.post("/me/language/", {"language": "en", "next": "/"})
    page = clean(client.get("/"))
    assert "1 thing due today" in page
    assert "1 day overdue" in page
