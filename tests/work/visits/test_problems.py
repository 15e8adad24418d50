"""A problem found at a door: raised once, settled step by step by others, passed up, seen on the household's page."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from redhouse.ground.process.models import Report
from redhouse.ground.process.procedure.proofs import prove
from redhouse.ground.process.queries import open_step
from redhouse.kit.today import today
from redhouse.work.visits.actions import adopt_procedure, record_visit
from redhouse.work.visits.definitions import all_versions
from tests.cast import person
from tests.ground.process.factories import society
from tests.kit.test_photos import PNG, TAIL
from tests.work.visits.factories import contact, household
from tests.work.visits.test_pages import signed_in


def test_the_procedure_is_proved() -> None:
    assert [procedure.code for procedure in all_versions()] == ["G02"]
    assert [prove(procedure) for procedure in all_versions()] == [[]]


@pytest.fixture
def raised(town: str) -> Report:
    """The member found a dark lamp yesterday and raised it, twice."""
    adopt_procedure(on=date(2018, 11, 15))
    society()
    contact()
    member, home = person("member"), household()
    fact = record_visit(
        household=home, member=member, happened_on=today() - timedelta(days=1), needs="路灯不亮", photos=[PNG + TAIL],
        by=member, on=today(),
    )  # fmt: skip
    client, address = signed_in("member"), f"/visits/{home.pk}/visits/{fact}/problem/"
    page = client.get(f"{address}?words=路灯不亮").content.decode()
    assert "联系问题：先由村" in page
    said = {"kind": "G02.", "words": "路灯不亮", "spot": "3巷口", "key": str(uuid4())}
    assert client.post(address, said | {"words": ""}).status_code == 422
    assert client.post(address, said).url == f"/visits/{home.pk}/"
    assert client.post(address, said).url == f"/visits/{home.pk}/"
    report = Report.objects.get()
    assert (report.origin_fact_id, report.reporter, report.run.version.code) == (fact, home.head, "G02")
    return report


def test_a_problem_is_settled_by_others_and_the_household_is_answered(raised: Report) -> None:
    home, address = household(), f"/visits/problems/{raised.pk}/"
    page = signed_in("member").get(f"/visits/{home.pk}/").content.decode()
    assert "待受理" in page
    assert "1个问题在办" in signed_in("member").get("/visits/").content.decode()
    secretary, grid = signed_in("secretary"), signed_in("grid")
    assert "路灯不亮" in secretary.get("/").content.decode(), "my to-do"
    for outcome in ("accepted", "dispatched"):
        secretary.post(f"{address}settle/", {"outcome": outcome})
    photo = SimpleUploadedFile("x.png", PNG + TAIL)
    grid.post(f"{address}settle/", {"outcome": "handled"})
    assert open_step(raised.run).key == "reply", "no evidence, no end"
    grid.post(f"{address}settle/", {"outcome": "handled", "photos": photo})
    assert open_step(raised.run).key == "verify"
    grid.post(f"{address}settle/", {"outcome": "verified"})
    assert open_step(raised.run).key == "verify", "whoever handled it does not verify"
    signed_in("supervisor").post(f"{address}settle/", {"outcome": "verified"})
    secretary.post(f"{address}settle/", {"outcome": "closed"})
    assert open_step(raised.run).key == "close", "nobody was answered"
    assert "答复反映的人" in secretary.get(address).content.decode()
    secretary.post(f"{address}reply/", {"way": "door", "result": "content", "words": "已换灯"})
    secretary.post(f"{address}settle/", {"outcome": "closed"})
    raised.run.refresh_from_db()
    assert raised.run.ending == "closed"
    page = signed_in("member").get(f"/visits/{home.pk}/").content.decode()
    assert "已结案" in page
    assert "已办结" in signed_in("member").get("/visits/problems/").content.decode()
    page = signed_in("org").get("/visits/figures/440605122000/").content.decode()
    assert "已答复1，按时1" in page
    assert signed_in("neighbour").get(address).status_code == 404


def test_what_the_village_cannot_do_goes_up(raised: Report) -> None:
    address, secretary = f"/visits/problems/{raised.pk}/", signed_in("secretary")
    secretary.post(f"{address}settle/", {"outcome": "accepted"})
    secretary.post(f"{address}settle/", {"outcome": "escalated"})
    assert open_step(raised.run).key == "assign", "passing up needs a reason"
    secretary.post(f"{address}settle/", {"outcome": "escalated", "reason": "涉及供电"})
    assert "镇级在办" in signed_in("member").get("/visits/problems/").content.decode()
    signed_in("org").post(f"{address}settle/", {"outcome": "escalated", "reason": "转供电部门"})
    assert "已交区级" in secretary.get("/visits/problems/").content.decode()
