"""The sheet, its drawer, its rows and its workbook, through HTTP."""

import io
import re
from contextlib import closing

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from redhouse.ground.access.models import Account
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.work.answers.queries import load_figures
from tests.cast import HAIZHOU, SOCIETY, TOWN, XINTIAN
from tests.desk.pages import clean
from tests.work.answers.factories import fill_town

PAGES = ("answers:division", "answers:figure", "answers:rows", "answers:workbook")


def client(who: str) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(username=who))
    return browser


def address(name: str, code: str = TOWN, figure_id: str = "F03") -> str:
    named = {"code": code} if name == "answers:division" else {"code": code, "figure_id": figure_id}
    return reverse(name, kwargs=named)


def drawer(page: str) -> str:
    return " ".join(page.split('id="drawer"')[1].split(">", 1)[1].split("</aside>")[0].split())


@pytest.fixture
def filled(town: str) -> str:
    fill_town()
    return town


@pytest.mark.parametrize(
    ("who", "place"), [("org", "西樵镇"), ("secretary", "新田"), ("grid", "新田"), ("neighbour", "海舟")]
)
def test_own_sheet_opens(filled: str, who: str, place: str) -> None:
    page = clean(client(who).get(reverse("answers:sheet")))
    assert f'<p class="kicker">{place} · 2018年度答卷' in page


@pytest.mark.parametrize("who", ["outsider", "member", "admin", "auditor"])
def test_person_without_the_right_is_told_who_could(filled: str, who: str) -> None:
    answer = client(who).get(reverse("answers:sheet"))
    assert answer.status_code == 403
    assert "组织办干部可以看答卷" in clean(answer)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("org", TOWN, 200), ("org", XINTIAN, 200), ("secretary", XINTIAN, 200), ("secretary", TOWN, 404),
        ("grid", XINTIAN, 200), ("grid", SOCIETY, 404), ("secretary", SOCIETY, 200),
        ("secretary", HAIZHOU, 404), ("neighbour", XINTIAN, 404), ("outsider", HAIZHOU, 404), ("auditor", TOWN, 404),
    ],
)  # fmt: skip
def test_sheet_of_another_does_not_exist(filled: str, name: str, who: str, code: str, status: int) -> None:
    with closing(client(who).get(address(name, code))) as answer:
        assert answer.status_code == status


def test_every_figure_opens_alike_as_fragment_and_as_page(filled: str) -> None:
    browser = client("org")
    for figure_id, figure in load_figures().items():
        url = address("answers:figure", figure_id=figure_id)
        page = clean(browser.get(url))
        fragment = clean(browser.get(url, headers={"HX-Request": "true"}))
        assert drawer(page) == " ".join(fragment.split())
        assert "has-drawer" in page
        assert figure.header["definition"] in fragment
        assert "<html" not in fragment


def test_every_figure_opens_for_a_village_too(filled: str) -> None:
    browser = client("secretary")
    for figure_id, figure in load_figures().items():
        page = clean(browser.get(address("answers:figure", XINTIAN, figure_id), headers={"HX-Request": "true"}))
        assert ("不适用于本区划" in page) == (figure.town_only or figure_id == "F09")


def test_every_link_of_the_sheet_opens(filled: str) -> None:
    browser = client("org")
    page = clean(browser.get(reverse("answers:sheet")))
    links = set(re.findall(r'href="(/answers/[^"#]*)"', page))
    # No vote was held here, no step closed, no problem raised and nobody called back: these have nothing to open
    empty = {"F27", "F28", "F30", "F31", "F32"}
    assert {link.split("/")[4] for link in links if "/figure/" in link} == set(load_figures()) - empty
    for link in links:
        with closing(browser.get(link.replace("&amp;", "&"))) as answer:
            assert answer.status_code == 200, link


def test_drawer_shows_formula_check_sql_cut_and_villages(filled: str) -> None:
    fragment = clean(client("org").get(address("answers:figure", figure_id="F04"), headers={"HX-Request": "true"}))
    assert "4×100 ≥ 133×3，即 400 ≥ 399" in fragment
    assert "<b>SELECT</b>" in fragment
    assert "<i>&#x27;visit_recorded&#x27;</i>" in fragment
    assert f"录入截至第 {last_fact_id():,} 条" in fragment
    assert re.search(r"<td>新田</td><td class=\"r\">4</td><td class=\"r\">3</td><td class=\"r\">133%</td>", fragment)


def test_link_keeps_its_cut(filled: str) -> None:
    page = client("org").get(address("answers:rows") + "?as_of=2018-12-14&cut=1")
    assert "账本第1条" in clean(page)
    beyond = client("org").get(address("answers:rows") + "?as_of=2018-12-14&cut=99999999")
    assert f"账本第{last_fact_id():,}条" in clean(beyond)


@pytest.mark.parametrize("cut", ["x", "-1", "9" * 40, "１"])
def test_senseless_cut_is_the_newest(filled: str, cut: str) -> None:
    assert f"账本第{last_fact_id():,}条" in clean(client("org").get(address("answers:rows"), {"cut": cut}))


@pytest.mark.parametrize("page", ["x", "-1", "0", "9" * 40, "2"])
def test_senseless_page_number_is_the_nearest(filled: str, page: str) -> None:
    assert "第 1—4 条，共 4 条" in clean(client("org").get(address("answers:rows"), {"page": page}))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [("1999-01-01", "早于任何记录：数据从 2016-01-01 开始"), ("2018-13-01", "读不懂"), ("2999-01-01", "还没有到")],
)
def test_day_without_an_answer_is_said_in_a_sentence(filled: str, name: str, as_of: str, sentence: str) -> None:
    answer = client("org").get(address(name), {"as_of": as_of})
    assert answer.status_code == 404
    assert sentence in clean(answer)


def test_workbook_holds_every_row_masked(filled: str) -> None:
    answer = client("org").get(address("answers:workbook"))
    assert "attachment" in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "F03　联系群众　4"
    assert rows[4] == ["日期", "区划", "记录", "状态", "数量", "账本条号"]
    assert len(rows[5:]) == 4
    assert [row[2] for row in rows[5:]] == ["办＊心走访＊号"] * 4
    assert {row[4] for row in rows[5:]} == {1.0}


def test_figure_without_rows_teaches_and_exports_an_empty_table(filled: str) -> None:
    browser = client("neighbour")
    assert "背后没有明细" in clean(browser.get(address("answers:rows", HAIZHOU)))
    with closing(browser.get(address("answers:workbook", HAIZHOU))) as answer:
        assert answer.status_code == 200


def test_sheet_of_an_empty_town_has_no_holes(town: str) -> None:
    page = clean(client("org").get(reverse("answers:sheet")))
    assert "None" not in page


def test_words_of_a_user_are_escaped(filled: str) -> None:
    from redhouse.ground.bodies.models import Body

    Body.objects.filter(name="市场支部").update(name="<b onclick=x>市场")
    page = client("org").get(reverse("answers:sheet")).content.decode()
    assert "&lt;b onclick=x&gt;市场" in page
    assert "<b onclick" not in page


def test_pages_refuse_to_be_posted_to(filled: str) -> None:
    browser = client("org")
    assert {browser.post(address(name)).status_code for name in PAGES} == {405}


def test_door_to_the_sheet_is_shown_to_those_who_may(filled: str) -> None:
    for who, shown in (("org", True), ("secretary", True), ("outsider", False), ("auditor", False)):
        page = client(who).get(reverse("desk:home")).content.decode()
        assert ('href="/answers/"' in page) == shown, who
