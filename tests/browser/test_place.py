"""Where one stands goes with a report when one presses for it, and never otherwise or where it cannot be."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from redhouse.ground.process.models import Report
from redhouse.kit.today import today
from redhouse.work.gridwork.actions import adopt_life
from tests.browser.conftest import PHONE
from tests.ground.process.factories import society

pytestmark = pytest.mark.browser
HERE = {"latitude": 22.931231, "longitude": 112.970009, "accuracy": 20}


def test_a_place_that_cannot_be_is_not_sent(address: str, open_browser: Callable[..., Page]) -> None:
    society()
    adopt_life(on=today())
    page = open_browser(address, PHONE, geolocation=HERE, permissions=["geolocation"])
    page.goto("/open/report/")
    lat, said = page.locator("[name=lat]"), page.locator("#located")
    expect(page.get_by_role("button", name="加上定位")).to_be_visible()
    expect(lat).to_have_value("")
    for wrong in ({"latitude": 0, "longitude": 0}, {"accuracy": 9000}, None, {}):
        if wrong is None:
            page.context.clear_permissions()
        else:
            page.context.grant_permissions(["geolocation"])
            page.context.set_geolocation(HERE | wrong)
        page.get_by_role("button", name="加上定位").click()
        expect(said).to_have_text("22.93123, 112.97001" if wrong == {} else "定位不可靠，没有使用：请用文字写地点")
        expect(lat).to_have_value("22.93123" if wrong == {} else "")
        said.evaluate("said => { said.textContent = ''; }")
    page.locator("[name=type_code]").select_option(index=1)
    page.locator("[name=division_code]").select_option(index=1)
    page.locator("[name=spot]").fill("文化楼后巷")
    page.locator("[name=words]").fill("堆了垃圾")
    page.get_by_role("button", name="上报", exact=True).click()
    page.wait_for_url("**/open/report/*-*/")
    row = Report.objects.get()
    assert (str(row.lat), str(row.lon)) == ("22.93123", "112.97001")
