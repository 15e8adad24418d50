"""Rows for every figure, small enough to count on one's fingers. Written over the cast (tests/cast.py)."""

from datetime import date

from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.actions import record
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.people.models import Household, Membership, Person
from redhouse.ground.places.models import Division, Space, Venue, VenueStatus
from tests.cast import BEGIN, ESTATE, HAIZHOU, TOWN, XINTIAN

AS_OF = date(2018, 12, 14)
ADOPTED = {
    "power_adopted": [f"p{number:02}" for number in range(1, 11)],
    "gate_adopted": ["party_inform", "party_deliberate", "party_lead", "leader_review"],
    "principle_adopted": ["key_powers", "party_leads_by_law", "joint_progress"],
    "goal_adopted": ["revival_industry", "revival_talent", "effective_governance"],
    "mode_adopted": ["themed", "checklist"],
    "role_adopted": ["party_member", "social_worker", "volunteer"],
}
NAMED_IN_THE_ARTICLE = {"p03", "p07", "p08"}


def log() -> None:
    """Put what was recorded into the signed log: only then it counts."""
    sequence_all()


def households() -> list[Household]:
    return list(Household.objects.order_by("pk"))


def visit(household: Household, *, on: date = date(2018, 5, 1), quantity: int = 1, label: str = "household") -> int:
    return record(
        "visit_recorded", happened_on=on, division_code=household.division_code, by=1, subject=household.pk,
        quantity=quantity, label=label,
    )  # fmt: skip


def contact(household: Household, *, on: date = BEGIN, ended: bool = False) -> int:
    kind = "contact_ended" if ended else "contact_assigned"
    return record(kind, happened_on=on, division_code=household.division_code, by=1, subject=household.pk)


def venue(
    name: str, kind: str, level: str, code: str, states: dict[str, date] | None = None, **fields: object
) -> Venue:
    """A venue that went through `states`, each from its day until the next."""
    made = Venue.objects.create(name=name, kind=kind, level=level, division_code=code, from_on=BEGIN, **fields)
    turns = list((states or {}).items())
    for place, (state, from_on) in enumerate(turns):
        until_on = turns[place + 1][1] if place + 1 < len(turns) else None
        VenueStatus.objects.create(venue=made, state=state, from_on=from_on, until_on=until_on)
    return made


def small_biz(name: str, sector: str, code: str, parent: Body | None, kind: str = "party_branch") -> Body:
    return Body.objects.create(name=name, sector=sector, kind=kind, division_code=code, parent=parent, from_on=BEGIN)


def member(body: Body, tie: str, until_on: date | None = None) -> Membership:
    person = Person.objects.create(name="冼小贞", division_code=body.division_code, is_demo=True)
    return Membership.objects.create(
        person=person, body=body, division_code=body.division_code, tie=tie, from_on=BEGIN, until_on=until_on
    )


def fill_town() -> None:
    """Everything that the twenty figures read: the centre of 新田 in use, that of 海舟 being built, and so on."""
    with everything():
        _fill_ground()
        _fill_ledger()
    log()


def _fill_ground() -> None:
    venue("新田中心", "centre", "village", XINTIAN, {"building": BEGIN, "in_use": date(2018, 6, 1)})
    venue("海舟中心", "centre", "village", HAIZHOU, {"planned": BEGIN, "building": date(2018, 6, 1)})
    venue("今年的阵地", "society_site", "society", XINTIAN, {"building": BEGIN}, target_on=date(2018, 12, 31))
    venue("明年的阵地", "society_site", "society", XINTIAN, {"building": BEGIN}, target_on=date(2019, 12, 31))
    venue("田园居红房子", "red_house", "society", ESTATE, {"in_use": date(2018, 8, 29)}, served=390)
    venue("故居", "heritage", "village", HAIZHOU)
    school = venue("镇党校", "party_school", "town", TOWN)
    for name, kind, seats, volumes in (
        ("大教室", "classroom", 80, 0), ("阶梯室", "lecture_hall", 100, 0), ("教育馆", "exhibition", 60, 0),
        ("书吧", "book_bar", 0, 500), ("会议室", "meeting_room", 12, 0),
    ):  # fmt: skip
        Space.objects.create(venue=school, name=name, kind=kind, seats=seats, volumes=volumes, from_on=BEGIN)
    committee = small_biz("小个专党委", "small_biz", TOWN, None, "party_committee")
    market = small_biz("市场支部", "specialised_market", HAIZHOU, committee)
    two_new = small_biz("新田两新支部", "new_two", XINTIAN, committee)
    for body, tie in ((market, "registered"), (market, "floating"), (two_new, "floating"), (two_new, "floating")):
        member(body, tie)
    member(two_new, "floating", until_on=date(2018, 3, 1))
    Division.objects.create(code=f"{XINTIAN}302", kind="estate", name="新苑", from_on=BEGIN, until_on=date(2018, 2, 1))


def _fill_ledger() -> None:
    for household in households()[:2]:
        contact(household)
        visit(household)
        visit(household, on=date(2018, 11, 2), label="themed")
    visit(households()[0], on=date(2017, 12, 31))
    party = Body.objects.get(name="西樵镇党委").pk
    for kind, labels in ADOPTED.items():
        for label in labels:
            stated(kind, date(2018, 11, 15), party, label=label, object=1 if label in NAMED_IN_THE_ARTICLE else None)
    stated("pilot_started", date(2016, 1, 1), party, label="one_street_two_markets")
    stated("body_named_demonstration", AS_OF, Body.objects.get(name="市场支部").pk, code=HAIZHOU)
    town = Division.objects.get(code=TOWN).pk
    for on, label, quantity in (
        (date(2018, 1, 1), "textile_firms", 700),
        (date(2018, 12, 1), "textile_firms", 851),
        (AS_OF, "fabric_metres_a_year", 3_000_000_000),
        (AS_OF, "high_grade_percent", 10),
    ):
        stated("profile_stated", on, town, label=label, quantity=quantity)


def stated(kind: str, on: date, subject: int, *, code: str = TOWN, **fields: object) -> int:
    """A fact about a body or a place."""
    return record(kind, happened_on=on, division_code=code, by=1, subject=subject, **fields)
