"""The pages of contact, through HTTP and behind the wall: a plain member has no post and sees their own households."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.people.models import Household
from redhouse.kit.today import today
from redhouse.work.visits.actions import assign_contact, record_visit
from redhouse.work.visits.models import CareMark, Checklist, Visit, VisitPhoto
from redhouse.work.visits.queries import standing_visits
from redhouse.work.visits.queries.homes import homes_of
from tests.cast import ESTATE, TOWN, person
from tests.kit.test_photos import PNG, TAIL
from tests.work.visits.factories import TODAY, contact, household


class Visitor(Client):
    """Leaves the wall open behind each request, for the test itself to look."""

    def request(self, **asked: Any) -> Any:
        answer = super().request(**asked)
        set_reach("*")
        return answer


def signed_in(username: str) -> Client:
    client = Visitor()
    client.force_login(Account.objects.get(username=username))
    return client


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("x.png", PNG + TAIL, content_type="text/html")


def test_a_member_records_with_one_tap_and_completes_later(town: str) -> None:
    contact()
    home, client = household(), signed_in("member")
    page = client.get("/visits/").content.decode()
    assert "我的1户" in page
    assert "户＊1户" in page
    assert "还没有走访过" in page
    answer = client.post(f"/visits/{home.pk}/record/")
    fact = standing_visits().get()
    assert (fact.actor_id, fact.happened_on, fact.label) == (person("member").pk, today(), "household")
    assert answer.url == f"/visits/{home.pk}/visits/{fact.fact_id}/"
    assert client.post(f"/visits/{home.pk}/record/").url == answer.url  # a second tap
    sheet = Checklist.objects.create(
        division_code=TOWN,
        topic="fire",
        items=["灭火器在有效期内", "电线没有老化"],
        from_on=today(),
        made_by=person("org"),
    )
    assert "消防清单" in client.get(f"{answer.url}?checklist={sheet.pk}").content.decode()
    said = {
        "topics": ["fire", "health"],
        "needs": "上门体检何时来",
        "checklist": sheet.pk,
        "unmet": ["2"],
        "people_met": 2,
    }
    wrong = client.post(answer.url, said | {"follow_up_on": today().isoformat()})
    assert wrong.status_code == 422
    assert "回访日应晚于走访日" in wrong.content.decode()
    again = (today() + timedelta(days=20)).isoformat()
    assert client.post(answer.url, said | {"follow_up_on": again, "photos": photo()}).url == "/visits/"
    row = Visit.objects.get()
    assert (row.topics, row.unmet, row.checklist, row.photos.count()) == (["fire", "health"], [2], sheet, 1)
    page = client.get("/visits/").content.decode()
    assert "已记" in page
    page = client.get(f"/visits/{home.pk}/").content.decode()
    assert "上门体检何时来" in page
    assert "电线没有老化" in page
    picture = client.get(f"/visits/photos/{VisitPhoto.objects.get().pk}/")
    assert b"".join(picture.streaming_content) == PNG + TAIL
    assert signed_in("outsider").get(f"/visits/photos/{VisitPhoto.objects.get().pk}/").status_code == 404
    client.post(f"{answer.url}void/")
    assert not standing_visits().exists()
    assert client.get(answer.url).status_code == 404


def test_care_and_a_visit_keyed_in_for_a_member(town: str) -> None:
    contact()
    home, client = household(), signed_in("member")
    until = today() + timedelta(days=100)
    client.post(f"/visits/{home.pk}/care/", {"kind": "aged_alone", "until_on": until.isoformat()})
    client.post(f"/visits/{home.pk}/care/", {"kind": "sick", "until_on": (today() + timedelta(days=400)).isoformat()})
    [mark] = CareMark.objects.all()
    assert "独居老人" in client.get("/visits/").content.decode()
    client.post(f"/visits/{home.pk}/care/{mark.pk}/end/")
    assert not CareMark.objects.exists()  # of the same day: it never stood
    secretary = signed_in("secretary")
    assert "户常访" in secretary.get(f"/visits/{home.pk}/").content.decode()
    said = {
        "happened_on": (today() - timedelta(days=3)).isoformat(),
        "member": person("member").pk,
        "mode": "household",
    }
    secretary.post(f"/visits/{home.pk}/", said)
    fact = standing_visits().get()
    assert (fact.actor_id, fact.recorder_id) == (person("member").pk, person("secretary").pk)
    assert "户＊1户" in secretary.get("/visits/find/?q=1号").content.decode()


@pytest.mark.parametrize("username", ["neighbour", "outsider", "admin", "supervisor", "member"])
def test_a_stranger_finds_no_household(town: str, username: str) -> None:
    contact()
    client: Client = signed_in(username)
    home = Household.objects.get(division_code=ESTATE) if username == "member" else household()
    for address in (f"/visits/{home.pk}/", f"/visits/{home.pk}/record/"):
        assert client.post(address).status_code == 404
    assert not standing_visits().exists()


def test_the_list_costs_the_same_for_one_household_and_for_three(town: str) -> None:
    contact()
    member, counts = person("member"), []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert homes_of(member, today())
        counts.append(len(queries))
        for home in Household.objects.exclude(pk=household().pk) if _round == 0 else ():
            assign_contact(household=home, member=member, by=person("org"), on=TODAY)
            record_visit(household=home, member=member, happened_on=TODAY, needs="修路", by=member, on=TODAY)
    assert counts[0] == counts[1]
