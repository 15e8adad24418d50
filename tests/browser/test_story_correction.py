"""The story of a number: opened to one visit of one person (masked), corrected, and explained on the frozen sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact, TreeHead
from redhouse.ground.people.models import Post
from redhouse.work.answers.actions import approve, submit
from redhouse.work.visits.actions import void_visit
from tests.cast import BEGIN, TODAY, TOWN, XINTIAN, person
from tests.work.answers.factories import AS_OF, fill_town, log

pytestmark = pytest.mark.browser


def count(page: Page) -> str:
    """The person-times of the year as the drawer states them, opened by a click on the sheet."""
    page.goto(f"/answers/{TOWN}/?as_of={AS_OF}")
    page.locator(f"a.fig[hx-get*='{TOWN}/figure/F03']").first.click()
    expect(page.locator("#drawer h2")).to_be_focused()
    return page.locator("#drawer .big").inner_text().split()[0]


def test_a_figure_opens_to_a_visit_and_a_correction_moves_the_live_sheet_only(enter) -> None:
    fill_town()
    secretary = person("secretary")
    Post.objects.create(
        person=person("neighbour"), body=Body.objects.get(name="西樵镇党委"), kind="secretary", from_on=BEGIN
    )
    cut = TreeHead.objects.order_by("-size").values_list("last_fact_id", flat=True)[0]
    sheet = submit(division_code=TOWN, as_of=AS_OF, last_fact_id=cut, by=person("org"), on=AS_OF)
    approve(sheet=sheet, by=person("neighbour"), on=AS_OF)

    page: Page = enter("org")
    assert count(page) == "4"
    page.locator("#drawer a", has_text="逐条看").click()
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("走访")
    text = page.locator("main").inner_text()
    assert re.search(r".＊", text)
    assert not re.search(r"[123]号|户主\d", text)

    visit = Fact.objects.filter(kind="visit_recorded", happened_on="2018-11-02").order_by("fact_id")[0]
    later = void_visit(fact_id=visit.fact_id, by=secretary, on=TODAY)
    log()

    assert visit.division_code.startswith(XINTIAN)
    assert count(page) == "3"
    page.goto(f"/answers/{TOWN}/approval/{sheet.pk}/")
    line = page.locator("#F03")
    expect(line.locator("td").nth(1)).to_have_text("4")
    expect(line.locator("td").nth(2)).to_have_text("3")
    expect(line).to_contain_text(f"第{later}条更正第{visit.fact_id}条")
    expect(page.locator("#F06")).to_contain_text("相同")
    expect(page.locator("main")).to_contain_text("内容与摘要相符")
