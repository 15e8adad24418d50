"""Gaps, hand-over, figures, call-backs, checklists and stations, through their pages."""

from datetime import timedelta

from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Household, Membership, Post
from redhouse.kit.today import today
from redhouse.work.visits.actions import record_visit
from redhouse.work.visits.models import (
    Callback,
    CallbackSample,
    Checklist,
    DayLog,
    HouseholdContact,
    Mentorship,
    StationDay,
)
from redhouse.work.visits.queries.callbacks import visits_drawn
from tests.cast import BEGIN, ESTATE, SOCIETY, XINTIAN, person
from tests.house.ways_to_break_visits import team
from tests.work.visits.factories import contact, household
from tests.work.visits.test_pages import signed_in


def test_gaps_are_shared_out_and_handed_over_with_history(town: str) -> None:
    contact()
    branch = Membership.objects.get().body
    Membership.objects.create(
        person=person("secretary"), body=branch, division_code=SOCIETY, tie="registered", from_on=BEGIN
    )
    client = signed_in("secretary")
    page = client.get("/visits/gaps/").content.decode()
    assert "还有2户没有人联系" in page
    page = client.get(f"/visits/gaps/{SOCIETY}/").content.decode()
    assert "现有1户" in page
    assert "2号" in page
    client.post(f"/visits/gaps/{SOCIETY}/share/", {"members": [person("member").pk, person("secretary").pk]})
    newest = HouseholdContact.objects.latest("pk")
    assert (newest.member, newest.from_on) == (person("secretary"), today()), "whoever has fewest gets most"
    assert "还有1户没有人联系" in client.get("/visits/gaps/").content.decode()
    first = HouseholdContact.objects.earliest("pk")
    client.post(f"/visits/gaps/{SOCIETY}/hand-over/", {"contacts": [first.pk], "to": person("secretary").pk})
    first.refresh_from_db()
    assert first.until_on == today()
    page = client.get(f"/visits/{household().pk}/").content.decode()
    assert page.index("田大业") < page.index("户常访")
    for username in ("neighbour", "member", "grid"):
        assert signed_in(username).get(f"/visits/gaps/{SOCIETY}/").status_code == 404
        assert signed_in(username).post(f"/visits/gaps/{SOCIETY}/share/").status_code == 404
    assert client.get("/visits/gaps/nowhere/").status_code == 404


def visited(days: int = 3) -> None:
    contact()
    member = person("member")
    for back in range(1, days + 1):
        day = today() - timedelta(days=back)
        record_visit(household=household(), member=member, happened_on=day, by=member, on=today())


def test_figures_add_up_and_name_no_member_beside_others(town: str) -> None:
    visited(4)
    client = signed_in("org")
    assert client.get("/visits/figures/").url == "/visits/figures/440605122000/"
    page = client.get("/visits/figures/440605122000/").content.decode()
    assert "133.3%" in page  # four visits, three households
    assert "33.3%" in page
    assert "户常访" not in page
    page = client.get(f"/visits/figures/{XINTIAN}/").content.decode()
    assert "户常访" in page
    assert "户常访" not in signed_in("supervisor").get(f"/visits/figures/{XINTIAN}/").content.decode()
    assert signed_in("neighbour").get(f"/visits/figures/{XINTIAN}/").status_code == 404
    assert client.get(f"/visits/figures/{XINTIAN}/?from_on=2018-13-45&last_on=x").status_code == 200


def test_a_sample_is_drawn_again_alike_and_another_person_asks(town: str) -> None:
    visited(5)
    office, supervisor = signed_in("secretary"), signed_in("supervisor")
    begin = (today() - timedelta(days=30)).isoformat()
    said = {"division": XINTIAN, "from_on": begin, "last_on": today().isoformat(), "size": 3}
    office.post("/visits/samples/", said)
    sample = CallbackSample.objects.get()
    assert (sample.size, sample.visits) == (3, 5)
    rows = list(Callback.objects.order_by("pk"))
    assert {row.fact_id for row in rows} == set(visits_drawn(sample))
    for row, answer in zip(rows, ("yes", "no", "unreached"), strict=True):
        supervisor.post(f"/visits/samples/answers/{row.pk}/", {"answer": answer})
    page = supervisor.get(f"/visits/samples/{sample.pk}/").content.decode()
    assert "50.0%" in page
    assert "九成五把握在1.2%至98.8%之间" in page
    supervisor.post(f"/visits/samples/answers/{rows[0].pk}/", {"answer": "no"})  # a given answer stays
    supervisor.post(
        f"/visits/samples/answers/{rows[2].pk}/", {"answer": "yes"}
    )  # who was not reached may be asked again
    assert list(Callback.objects.order_by("pk").values_list("answer", flat=True)) == ["yes", "no", "yes"]
    Post.objects.create(
        person=person("member"), body=Post.objects.filter(kind="grid_worker")[0].body, kind="grid_worker", from_on=BEGIN
    )
    Callback.objects.filter(pk=rows[1].pk).update(answer="", asked_on=None, asked_by=None)
    signed_in("member").post(f"/visits/samples/answers/{rows[1].pk}/", {"answer": "yes"})  # who visited may not ask
    assert Callback.objects.get(pk=rows[1].pk).answer == ""
    assert signed_in("neighbour").get(f"/visits/samples/{sample.pk}/").status_code == 404


def test_a_checklist_is_edited_by_versions(town: str) -> None:
    office = signed_in("org")
    office.post("/visits/checklists/fire/", {"items": "灭火器在有效期内\n\n 电线没有老化 "})
    Checklist.objects.update(from_on=today() - timedelta(days=1))
    office.post("/visits/checklists/fire/", {"items": "灭火器在有效期内"})
    office.post("/visits/checklists/fire/", {"items": "灭火器在有效期内"})
    first, second = Checklist.objects.order_by("version_no")
    assert (first.items, first.until_on, second.items, second.until_on) == (
        ["灭火器在有效期内", "电线没有老化"], today(), ["灭火器在有效期内"], None,
    )  # fmt: skip
    assert office.post("/visits/checklists/fire/", {"items": " "}).status_code == 422
    assert signed_in("secretary").post("/visits/checklists/fire/", {"items": "x"}).status_code == 422
    assert "第1版" in signed_in("member").get("/visits/checklists/fire/").content.decode()
    assert office.get("/visits/checklists/gossip/").status_code == 404


def test_a_team_has_its_day_its_log_and_whom_it_takes_by_the_hand(town: str) -> None:
    body = team()
    Post.objects.create(person=person("outsider"), body=body, kind=PostKind.STATION_LEADER, from_on=BEGIN)
    client, address = signed_in("outsider"), f"/visits/stations/{body.pk}/"
    client.post(f"{address}day/", {"weekday": "1", "every_weeks": "1", "begins": "14:30", "place": "党群服务中心"})
    assert StationDay.objects.get().weekday == 1
    assert "星期二 14:30" in client.get("/visits/stations/").content.decode()
    said = {"logged_on": today().isoformat(), "received": 5, "summary": "走访三户，查消防"}
    client.post(f"{address}log/", said)
    client.post(f"{address}log/", said)  # once a day
    assert DayLog.objects.get().received == 5
    client.post(f"{address}mentorships/", {"mentee": person("secretary").pk, "goals": "组织生活正常"})
    client.post(f"{address}mentorships/", {"mentee": "", "goals": "班子议事有记录"})
    assert Mentorship.objects.count() == 2
    row = Mentorship.objects.get(mentee=person("secretary"))
    client.post(f"/visits/mentorships/{row.pk}/notes/", {"text": "谈了党员大会"})
    page = client.get(address).content.decode()
    for words in ("田大业", "谈了党员大会", "班子议事有记录", "查消防"):
        assert words in page
    assert signed_in("neighbour").get(address).status_code == 404
    signed_in("secretary").post(f"{address}log/", said | {"logged_on": "2026-01-01"})
    assert DayLog.objects.count() == 1, "whoever keeps the registry does not write the team's log"
    outsider = person("outsider")
    home = Household.objects.get(division_code=ESTATE)
    client.post(f"/visits/{home.pk}/record/")
    assert Fact.objects.filter(kind="visit_recorded", actor_id=outsider.pk).exists()
