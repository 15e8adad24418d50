"""Every page of the house, found by its addresses: whoever adds one is walked without asking, and where an address
names an object that nobody put in the scene, the walk says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from redhouse.ground.access.actions import ask_for_copy, ask_for_correction
from redhouse.ground.access.enums import DataPart
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import TreeHead
from redhouse.ground.people.models import Post
from redhouse.work.answers.actions import approve, ask_for_book, submit
from redhouse.work.answers.queries import load_figures, run
from tests.browser.contact import add_contact
from tests.browser.grid import add_grid
from tests.browser.matters import add_matters
from tests.browser.report_forms import add_report_forms
from tests.cast import HAIZHOU, TOWN, XINTIAN, person
from tests.house.test_addresses import ALL
from tests.house.ways_to_break import saved, workbook
from tests.work.answers.factories import AS_OF, fill_town, log

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SERIOUS = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
    .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message)
      .slice(0, 3).join(' | ')}`);
}"""
# Addresses that are no pages: files, words for machines, an answer to one press. A new one is decided here.
NO_PAGE = {
    "account/logout/", "account/2fa/authenticate/", "account/inactive/", "robots.txt", "open/look/",
    "account/2fa/recovery-codes/", "account/2fa/recovery-codes/download/", "account/2fa/recovery-codes/generate/",
    "account/2fa/totp/deactivate/", "account/2fa/reauthenticate/", "account/2fa/webauthn/reauthenticate/",
    "account/2fa/webauthn/keys/<int:pk>/edit/", "account/2fa/webauthn/keys/<int:pk>/remove/",
}  # fmt: skip
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE"}


@dataclass
class Scene:
    """What the parameters of an address stand for, by address where one name means several things."""

    values: dict[str, object]
    by_start: dict[str, dict[str, object]] = field(default_factory=dict)

    def fill(self, route: str) -> str | None:
        """The address of a route; None where it names something that is not in the scene."""
        values = dict(self.values)
        for start, more in self.by_start.items():
            if route.startswith(start):
                values |= more
        missing = [name for name in re.findall(r"<\w+:(\w+)>", route) if name not in values]
        return None if missing else "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), route)


def build_scene() -> Scene:
    """The cast's town with figures, an approved sheet and one that waits, requests about data, a workbook, matters."""
    fill_town()
    secretary, org = person("secretary"), person("org")
    cut = TreeHead.objects.order_by("-size").values_list("last_fact_id", flat=True)[0]
    approved = submit(division_code=XINTIAN, as_of=AS_OF, last_fact_id=cut, by=secretary, on=AS_OF)
    neighbour = person("neighbour")
    town = Body.objects.get(name="西樵镇党委")
    Post.objects.create(person=neighbour, body=town, kind="secretary", from_on=AS_OF)
    approve(sheet=approved, by=neighbour, on=AS_OF)
    waiting = submit(division_code=HAIZHOU, as_of=AS_OF, last_fact_id=cut, by=neighbour, on=AS_OF)
    request = ask_for_correction(part=DataPart.PHONE, wish="换成新号码", by=person("member"), on=AS_OF)
    ask_for_copy(by=secretary, on=AS_OF)
    upload = saved(workbook(created_by=org))
    book = ask_for_book(answer=run(load_figures()["F03"], TOWN, AS_OF, cut), month=None, by=org)
    log()
    member = person("member")
    of_matters, by_start = add_matters()
    return Scene(
        of_matters
        | {
            "code": XINTIAN,
            "body_id": town.pk,
            "person_id": member.pk,
            "request_id": request.pk,
            "import_id": upload.pk,
            "book_id": book.pk,
            "page": 1,
            "kind": "xlsx",
            "day": AS_OF.isoformat(),
            "dataset": "figures",
            "fact_id": cut,
            "key_id": TreeHead.objects.order_by("-size").values_list("key_id", flat=True)[0],
            "figure_id": "F03",
            "sheet_id": approved.pk,
        },
        by_start
        | add_contact()
        | add_grid()
        | add_report_forms()
        | {
            "answers/<slug:code>/figure/": {"code": TOWN},
            "answers/<slug:code>/compare/": {"code": TOWN},
            "registry/exchange/": {"kind": "posts"},
            "waiting": {"sheet_id": waiting.pk},
        },
    )


def methods_of(view: object) -> set[str]:
    """The methods that a view answers, as its decorators of django.views.decorators.http say; GET where none speaks."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and held and set(held) <= METHODS:
                return set(held)
        view = getattr(view, "__wrapped__", None)
    return {"GET"}


def is_page(route: str) -> bool:
    """The API answers in JSON wherever it names an object; its own tests walk those addresses."""
    machine = route.startswith("api/") and "<" in route
    return route not in NO_PAGE and not machine and "GET" in methods_of(ALL[route].callback)


ROUTES = [route for route in sorted(ALL) if is_page(route)]


def pages(page: Page, scene: Scene) -> Iterator[str]:
    """Open every page that this visitor may open, one after the other; files and refusals are passed over."""
    for route in ROUTES:
        address = scene.fill(route)
        if address is None:
            continue
        asked = page.request.get(address, max_redirects=0)
        assert asked.status < 500, address
        if asked.status == 200 and asked.text().lstrip().lower().startswith("<!doctype html"):  # no fragment, no file
            page.goto(address)
            yield address


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page that is open."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(SERIOUS)
    return found
