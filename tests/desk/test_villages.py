"""Villages: public facts for everybody in the house, counts and homes as far as one's posts reach."""

import re

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.people.actions import register_household
from redhouse.ground.places.enums import DivisionKind, VenueKind, VenueLevel, VenueState
from redhouse.ground.places.models import Division, Dwelling, Venue, VenueStatus
from tests.cast import BEGIN, ESTATE, GRID, HAIZHOU, MARKET, SOCIETY, TODAY, TOWN, XINTIAN
from tests.desk.pages import clean


@pytest.fixture
def centre(town: str) -> Venue:
    venue = Venue.objects.create(
        division_code=XINTIAN, name="新田中心", level=VenueLevel.VILLAGE, kind=VenueKind.CENTRE, from_on=BEGIN
    )
    VenueStatus.objects.create(venue=venue, state=VenueState.BUILDING, from_on=BEGIN, until_on="2018-06-01")
    VenueStatus.objects.create(venue=venue, state=VenueState.IN_USE, from_on="2018-06-01")
    return venue


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_the_list_shows_every_village_by_the_state_of_its_centre(signed, centre) -> None:
    client = signed("outsider")
    page = clean(client.get("/villages/"))
    assert re.search(r'class="tile use" href="/villages/440605122220/"', page)
    assert re.search(r'class="tile plan" href="/villages/440605122219/"', page)
    assert 'class="tile build"' in clean(client.get("/villages/?as_of=2018-05-31"))
    assert "田大业" in page
    assert "人口" not in page.replace("户数与人口", "")


def test_counts_only_where_the_post_reaches(signed) -> None:
    page = text(clean(signed("secretary").get("/villages/")))
    assert "田大业 1 3 9" in page
    assert "舟行远 0 — —" in page
    assert "舟行远 0 0 0" in text(clean(signed("org").get("/villages/")))


def test_public_facts_of_a_village_are_everybodys(signed, centre) -> None:
    for who in ("outsider", "neighbour", "nobody", "admin"):
        page = clean(signed(who).get(f"/villages/{XINTIAN}/"))
        for fact in ("新田村党委", "田大业", "新田中心", "2018年6月1日启用", "第一经济社", "田园居", "新田一格"):
            assert fact in page
        assert "/homes/" not in page
        assert 'class="fig"' not in page
        assert f"/answers/{XINTIAN}/" not in page


def test_counts_and_figures_for_those_whom_it_concerns(signed) -> None:
    page = clean(signed("secretary").get(f"/villages/{XINTIAN}/"))
    assert page.count(f'hx-get="/answers/{XINTIAN}/figure/') == 5
    assert f'href="/answers/{XINTIAN}/"' in page
    words = text(page)
    assert f"第一经济社 经济社 {SOCIETY} 2 6" in words
    assert f"田园居 住宅小区 {ESTATE} 1 3" in words
    assert f"新田一格 网格 {GRID} 3 9" in words


def test_other_places_are_named(signed) -> None:
    page = clean(signed("outsider").get(f"/villages/{HAIZHOU}/"))
    assert f'id="p{MARKET}"' in page


def test_only_villages_have_a_page(signed) -> None:
    client = signed("org")
    for code in (TOWN, SOCIETY, "999999999999", "x"):
        assert client.get(f"/villages/{code}/").status_code == 404
    assert client.get(f"/villages/{XINTIAN}/?as_of=2016-01-01").status_code == 404


def test_homes_show_masked_heads_to_those_in_reach(signed) -> None:
    for who in ("secretary", "grid", "supervisor", "org"):
        page = clean(signed(who).get(f"/villages/{SOCIETY}/homes/"))
        assert re.findall(r"<td>(\d号)</td>", page) == ["1号", "2号"]
        assert "户＊1" in page
        assert "户主1" not in page
    assert re.findall(r"<td>(\d号)</td>", clean(signed("grid").get(f"/villages/{GRID}/homes/"))) == [
        "1号",
        "2号",
        "3号",
    ]


@pytest.mark.parametrize("who", ["neighbour", "admin", "auditor", "outsider", "member"])
@pytest.mark.parametrize("code", [XINTIAN, SOCIETY, GRID, "440605122999"])
def test_homes_out_of_reach_do_not_exist(signed, who: str, code: str) -> None:
    assert signed(who).get(f"/villages/{code}/homes/").status_code == 404


def test_pages_of_homes_end(signed) -> None:
    client = signed("secretary")
    assert client.get(f"/villages/{XINTIAN}/homes/1/").status_code == 200
    assert client.get(f"/villages/{XINTIAN}/homes/2/").status_code == 404
    assert client.get(f"/villages/{XINTIAN}/homes/0/").status_code == 404


def test_thirty_villages_cost_no_query_more(signed) -> None:
    client = signed("org")

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = ("/villages/", "/bodies/?by=place", f"/villages/{XINTIAN}/?as_of=2018-12-14")
    for address in addresses:
        cost(address)
    before = [cost(address) for address in addresses]
    Division.objects.bulk_create(
        Division(code=f"440605122{n}", kind=DivisionKind.VILLAGE, name=f"{n}村", from_on=BEGIN) for n in range(300, 330)
    )
    Division.objects.bulk_create(
        Division(code=f"{XINTIAN}{n:03}", kind=DivisionKind.SOCIETY, name=f"第{n}社", from_on=BEGIN)
        for n in range(2, 30)
    )
    assert [cost(address) for address in addresses] == before


def test_the_homes_of_the_town_are_counted_once_at_a_cut_and_again_after_a_change(signed, town) -> None:
    client = signed("org")

    def asked() -> tuple[str, list[str]]:
        with CaptureQueriesContext(connections["figures"]) as counted:
            page = clean(client.get("/villages/"))
        return text(page), [query["sql"] for query in counted if "residents" in query["sql"]]

    first, live = asked()
    again, remembered = asked()
    assert first == again
    assert (len(live), len(remembered)) == (1, 0)
    dwelling = Dwelling.objects.create(division_code=SOCIETY, grid_code=GRID, door="8号", from_on=BEGIN)
    register_household(dwelling=dwelling, residents=5, by=None, on=TODAY)
    sequence_all()
    after, live = asked()
    assert len(live) == 1
    assert "4 14" in after
