"""The article, part by part: every figure that it states stands on the sheet, in the command and behind each link.

Read by a person of the organisation office, in the browser's way, on the whole demo town.
"""

import json
import re

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from redhouse.cli import redhouse
from redhouse.ground.access.models import Account

TOWN = "440605122000"
XINTIAN = "440605122220"

# (id, value, display, parts) as the article states them; domain table F02-F21
ARTICLE = [
    # part one
    ("F02", 4012, "4000", {}),
    ("F03", 346_000, "34.6万", {}),
    ("F04", "8650/2507", "345%", {}),
    ("F05", "1", "100%", {}),
    # part two
    ("F06", 32, "32", {"village": 11, "community": 21}),
    ("F07", "11/32", "34%", {"in_use": 11, "building": 15, "other": 6}),
    ("F08", 10, "10", {}),
    ("F09", 6, "6", {"teaching_seats": 280, "seats_with_hall": 360, "volumes": 3000}),
    ("F10", 51, "50", {"people": 101_640}),
    ("F11", 1, "1", {"served": 39_600}),
    # part three
    ("F12", 36, "36", {"committee": 1, "market": 1, "self_employed": 1, "micro_enterprise": 1, "village_new_two": 32}),
    ("F13", 126, "126", {"registered": 8, "floating": 118}),
    ("F14", "6/5", "126／105", {"branches": 35, "needed": 105, "holds_registered": 0, "holds_with_floating": 1}),
    ("F15", 1, "1", {}),
    ("F16", 851, "850", {"fabric_metres_a_year": 3_000_000_000, "high_grade_percent": 10}),
    ("F17", 1, "1", {"year": 2016}),
    # part four
    ("F18", 6, "6", {"revivals": 5, "governance": 1}),
    ("F19", 10, "10", {"sourced": 3, "other": 7}),
    ("F20", 4, "4", {"principles": 3, "gates": 4, "first": 3, "review": 1}),
    ("F21", 3, "3", {"venue_levels": 3, "volunteer_roles": 3, "contact_modes": 2, "heritage_sites": 3}),
]

# sentences of the sheet as they read without their links, by section
SENTENCES = {
    "s1": [
        "主题式、清单式2种直联并用",
        "党员、社工、义工3支力量",
        "全镇4,012名在册党员本年累计联系群众346,000人次，入户率345%，“户联系”覆盖100%。",
    ],
    "s2": [
        "全镇32个村（社区），已有住宅小区51个，住着101,640人",
        "2018年8月29日，社区党群服务“红房子”在樵华社区凰樵圣堡",
        "就近服务居民39,600人。",
        "镇、村、社3级阵地同步推进。村（社区）一级党群服务中心启用11个，占34%；在建15个；其余6个原文未述。",
        "经济社党群活动阵地示范点10个，预定年底前启用计划，尚未成为事实。",
        "镇级党校有场室6间，教学席位280个，连同党史教育馆共360个；书吧藏书3,000册。修缮保育红色遗址3处：",
    ],
    "s3": [
        "纺织企业851家，年产面料30亿米，高档面料约占全国10%。2016年起承接“一街两市”党建试点1个",
        "全镇有“小个专”党组织36个，其中培育示范点1个，即",
        "这些党组织里共有党员126名，在册8名，流动118名",
        "35个支部按每个至少3名党员计，需105名。只数在册8名，不够；计入流动党员共126名（126／105），就够了。",
    ],
    "s4": [
        "10项重要事权逐一写明流程，其中3项由原文点名。依据3条基本原则，法定表决之前增设4个前置环节。",
        "2018年11月15日，镇召开实施乡村振兴战略动员会，从6个方面推动：产业、人才、文化、生态、组织5个振兴，加上治理有效。",
    ],
}


def browser(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def read(page: str, section: str) -> str:
    """The text of a section, without marks."""
    inner = re.split(r"</section>", page.split(f'<section id="{section}">')[1], maxsplit=1)[0]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", inner))


def by_command(*arguments: str) -> dict[str, dict[str, object]]:
    result = CliRunner().invoke(redhouse, ["answers", "--json", *arguments], catch_exceptions=False)
    return {answer["id"]: answer for answer in json.loads(result.output)}


@pytest.mark.parametrize("section", SENTENCES)
def test_each_section_of_the_sheet_states_the_figures_of_the_article(demo: str, section: str) -> None:
    page = browser("org").get(reverse("answers:sheet"), {"as_of": "2018-12-14"}).content.decode()
    text = read(page, section)
    assert [sentence for sentence in SENTENCES[section] if sentence not in text] == []


def test_the_command_gives_the_figures_of_the_article(demo: str) -> None:
    found = by_command("--as-of", "2018-12-14")
    assert list(found) == [figure_id for figure_id, *_ in ARTICLE] + [f"F{number}" for number in range(23, 33)]
    for figure_id, value, display, parts in ARTICLE:
        answer = found[figure_id]
        assert (answer["value"], answer["display"]) == (value, display), figure_id
        assert parts.items() <= dict(answer["parts"]).items(), figure_id  # type: ignore[call-overload]


def test_inequalities_of_the_article_hold_in_whole_numbers(demo: str) -> None:
    of = by_command("--as-of", "2018-12-14")
    assert of["F02"]["value"] >= 4001  # type: ignore[operator]
    assert of["F04"]["numerator"] * 100 > 345 * of["F04"]["denominator"]  # type: ignore[operator]
    assert of["F05"]["numerator"] == of["F05"]["denominator"]
    centres, villages = of["F07"]["numerator"], of["F07"]["denominator"]
    assert (2 * 34 - 1) * villages <= 2 * centres * 100 < (2 * 34 + 1) * villages  # type: ignore[operator]
    assert sorted(seats for name, seats in of["F09"]["parts"].items() if not name.isascii()) == [50, 50, 80, 80, 100]  # type: ignore[attr-defined]
    assert of["F10"]["value"] > 50  # type: ignore[operator]
    assert of["F10"]["parts"]["people"] > 100_000  # type: ignore[index]
    assert 39_000 < of["F11"]["parts"]["served"] < 40_000  # type: ignore[index]
    assert of["F16"]["value"] > 850  # type: ignore[operator]


@pytest.mark.parametrize("figure_id", [figure_id for figure_id, *_ in ARTICLE])
def test_each_figure_opens_into_its_rows(demo: str, figure_id: str) -> None:
    client = browser("org")
    named = {"code": TOWN, "figure_id": figure_id}
    drawer = client.get(reverse("answers:figure", kwargs=named), headers={"HX-Request": "true"}).content.decode()
    facts = by_command()[figure_id]["facts"]
    assert f"逐条看 {facts:,}条" in drawer
    rows = client.get(reverse("answers:rows", kwargs=named)).content.decode()
    assert f"共 {facts:,} 条" in rows
    assert rows.count("<tr>") - 1 == min(facts, 50)


def test_thirty_two_tiles_show_eleven_in_use_and_fifteen_being_built(demo: str) -> None:
    page = browser("org").get(reverse("answers:sheet")).content.decode()
    assert [page.count(f'class="tile {state}"') for state in ("use", "build", "plan")] == [11, 15, 6]
    assert page.count("原文未述</small>") == 6


def test_drawings_show_thirty_six_organisations_and_a_dot_for_each_member(demo: str) -> None:
    page = browser("org").get(reverse("answers:sheet")).content.decode()
    assert page.count('class="b s"') == 32
    assert "1＋1＋1＋1＋32＝36" in page
    assert [page.count(f'class="{tie}"') for tie in ("reg", "flo")] == [8, 118]


def test_three_of_ten_powers_are_marked_as_named_in_the_article(demo: str) -> None:
    page = browser("org").get(reverse("answers:sheet")).content.decode()
    named = re.findall(r'<li class="src"><span>(\d+)</span>([^<]+)', page)
    assert named == [("3", "重大项目实施"), ("7", "集体经济组织股份分红"), ("8", "补偿款（土地补偿费等）分配")]


def test_villages_add_up_to_the_town(demo: str) -> None:
    xintian = by_command("--division", XINTIAN)
    assert (xintian["F06"]["value"], xintian["F05"]["value"]) == (1, "1")
    client = browser("org")
    drawer = client.get(reverse("answers:figure", kwargs={"code": TOWN, "figure_id": "F03"})).content.decode()
    whole = drawer.split("<details>")[1].split("</details>")[0]
    texts = re.findall(r'<tr><td>[^<]+</td><td class="r">([\d,]+)</td>', whole)
    counts = [int(text.replace(",", "")) for text in texts]
    assert (len(counts), sum(counts)) == (32, 346_000)


def test_the_village_secretary_sees_her_own_village_and_no_other(demo: str) -> None:
    client = browser("secretary")
    assert "新田村" in client.get(reverse("answers:sheet")).content.decode()
    for code, status in ((TOWN, 404), (XINTIAN, 200)):
        assert client.get(reverse("answers:division", kwargs={"code": code})).status_code == status
