"""A month of the cast's town: what the four ledgers are filled from."""

from datetime import date

from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Household, Person, Post
from redhouse.ground.process.models import Report
from redhouse.work.gridwork import actions as grid
from redhouse.work.gridwork.models import Site
from redhouse.work.visits import actions as visits
from tests.cast import BEGIN, SOCIETY, TOWN, XINTIAN, person
from tests.ground.process.cases import reported

NOVEMBER = date(2018, 11, 1)
DAY = date(2018, 11, 20)


def leader() -> Person:
    """A leader of the town, who approves forms."""
    row = Person.objects.create(name="镇当家", division_code=TOWN, is_demo=True)
    Post.objects.create(person=row, body=Body.objects.get(name="西樵镇党委"), kind="town_leader", from_on=BEGIN)
    return row


def visited(count: int = 2) -> None:
    """So many households of the first society were visited by the member, one a household, on one day."""
    for home in Household.objects.filter(division_code=SOCIETY).order_by("pk")[:count]:
        if home.contacts.exists():
            continue
        visits.assign_contact(household=home, member=person("member"), by=person("org"), on=BEGIN)
        visits.record_visit(household=home, member=person("member"), happened_on=DAY, by=person("member"), on=DAY)


def inspected() -> None:
    """One shop with one hazard."""
    items = [("灭火器在有效期内", "asked", "ordinary")]
    dispatcher, chief = person("org"), leader()
    Post.objects.create(
        person=dispatcher, body=Body.objects.get(name="西樵镇党委"), kind="grid_dispatcher", from_on=BEGIN
    )
    dispatcher = person("org")
    form = grid.draft_form(topic="fire", title="消防", items=items, reason="冬季多发", minutes=5, by=dispatcher, on=DAY)
    form = grid.approve_form(form=form, by=chief, on=DAY)
    round_ = grid.plan_round(form=form, division_code=XINTIAN, due_on=DAY, by=dispatcher, on=DAY)
    site = Site.objects.create(kind="shop", name="便利店", division_code=XINTIAN, spot="1号", from_on=BEGIN)
    grid.inspect(round=round_, site=site, marks={1: "bad"}, by=person("grid"), on=DAY)


def logged() -> None:
    """A stationed team wrote its log of one day."""
    team = Body.objects.create(kind="station_team", name="新田第二驻点团队", division_code=XINTIAN, from_on=BEGIN)
    Post.objects.create(person=person("grid"), body=team, kind="station_member", from_on=BEGIN)
    visits.write_day_log(team=team, logged_on=DAY, summary="接待群众", received=7, by=person("grid"), on=DAY)


def problem() -> Report:
    """What a visit found, as a grid event."""
    return reported(origin="visit", on=DAY)
