"""The wall screen: what exists, drawn large, and nothing else."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from redhouse.desk.public import town
from redhouse.desk.public.moment import public_moment
from redhouse.desk.public.newest import newest
from redhouse.desk.public.pictures import bars, comb
from redhouse.ground.access.models import Account
from redhouse.ground.ledger.actions import correct, void
from redhouse.ground.ledger.models import Fact
from redhouse.work.answers.queries import answers, load_figures
from redhouse.work.answers.queries.months import by_month
from tests.cast import TOWN
from tests.desk.pages import clean
from tests.work.answers.factories import AS_OF, households, log, visit


def entered(who: str) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(username=who))
    return browser


@pytest.mark.parametrize("who", ["org", "outsider"])
def test_everybody_with_an_account_may_hang_it_up(filled: str, who: str) -> None:
    page = clean(entered(who).get("/wall/"))
    assert page.count('class="x w') == 2
    assert "133%" in page
    assert 'hx-trigger="every 60s"' in page
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page


def test_a_hall_without_sign_in_needs_the_setting(filled: str, stranger: Client, settings) -> None:
    assert stranger.get("/wall/").status_code == 302
    assert stranger.get("/open/wall/").status_code == 404
    settings.REDHOUSE_PUBLIC_WALL = True
    assert clean(stranger.get("/open/wall/")) != ""


def test_months_add_up_to_the_figure_as_corrected(filled: str) -> None:
    first, second = Fact.objects.filter(kind="visit_recorded", happened_on__year=2018).order_by("fact_id")[:2]
    correct(fact_id=first.pk, by=1, happened_on=date(2018, 3, 3))
    void(fact_id=second.pk, by=1, on=AS_OF)
    visit(households()[1], on=date(2018, 1, 1), quantity=5)
    log()
    cut = Fact.objects.latest("fact_id").pk
    (figure,) = answers([load_figures()["F03"]], TOWN, AS_OF, cut)
    months = by_month(figure)
    assert (months[0], months[2], sum(months)) == (5, 1, figure.numerator)
    assert by_month(figure) == months  # from the memo


def test_newest_facts_are_summed_by_village_and_name_nobody(filled: str) -> None:
    for household in households():
        visit(household, on=date(2018, 12, 10))
    gone = visit(households()[0], on=date(2018, 12, 12))
    void(fact_id=gone, by=1, on=AS_OF)
    log()
    moment = public_moment(timezone.now() + timedelta(days=1))
    assert moment is not None
    said = [(news.on, news.place, news.sentence) for news in newest(moment, 20)]
    assert (date(2018, 12, 10), "新田", "入户3人次") in said
    assert all(on >= date(2018, 11, 14) for on, _, _ in said)
    assert (date(2018, 12, 12), "新田", "入户1人次") not in said
    assert len(newest(moment, 1)) == 1


def test_bars_keep_their_measure_and_the_future_is_empty() -> None:
    drawn = bars([10, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], until_month=3)
    assert [bar.height for bar in drawn[:3]] == [98, 0, 49]
    assert [bar.shown for bar in drawn[2:4]] == ["5", ""]
    assert [bar.month for bar in drawn if bar.is_last] == [3]
    assert {bar.height for bar in bars([0] * 12, until_month=12)} == {0}


@pytest.mark.parametrize("number", [0, 1, 2, 5, 31, 32, 33, 100])
def test_every_village_has_a_cell_of_its_own_inside_the_drawing(filled: str, number: int) -> None:
    moment = public_moment(timezone.now())
    assert moment is not None
    one = town.villages(moment)[0]
    drawn = comb([replace(one, code=f"4406051222{n:02}", name=f"第{n}社区") for n in range(number)])
    assert len({(cell.x, cell.name_y) for cell in drawn.cells}) == number
    assert [cell.name for cell in drawn.cells] == [f"第{n}" for n in range(number)]
    width, height = map(float, drawn.box.split()[2:])
    points = [float(text) for cell in drawn.cells for text in re.findall(r"[\d.]+", cell.path)]
    assert all(0 <= x <= width for x in points[::2])
    assert all(0 <= y <= height for y in points[1::2])


def test_an_empty_house_has_an_empty_wall(house: str) -> None:
    browser = Client()
    browser.force_login(Account.objects.create_user("somebody", "-"))
    assert "还没有公开的内容" in clean(browser.get("/wall/"))
