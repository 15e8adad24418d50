"""My data through the pages: asked, answered by another, taken as a file that holds all and only mine."""

import json
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from redhouse.desk.queries.copy import copy_of
from redhouse.ground.access import actions
from redhouse.ground.access.models import DataRequest
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household
from tests.cast import TODAY, person
from tests.desk.pages import clean
from tests.house.filled import about
from tests.house.test_personal_data import OWN_ROW


@pytest.fixture
def granted(people) -> DataRequest:
    row = actions.ask_for_copy(by=person("member"), on=TODAY)
    return actions.grant_request(row=row, by=person("secretary"), on=TODAY)


def test_a_request_goes_from_my_page_to_the_queue_and_back(people, signed) -> None:
    member, secretary = signed("member"), signed("secretary")
    member.post("/me/data/copy/")
    member.post("/me/data/correction/", {"part": "phone", "wish": "换成新号码"})
    assert "最迟" in clean(member.get("/me/data/"))
    queue = clean(secretary.get("/data-requests/"))
    assert "2份资料申请等您答复" in queue
    assert "户常访" not in queue
    assert clean(secretary.get("/")).count("您欠<b>答复资料申请</b>") == 2
    assert "您欠<b>答复资料申请</b>" not in clean(member.get("/"))
    for row in DataRequest.objects.order_by("pk"):
        page = clean(secretary.get(f"/data-requests/{row.pk}/"))
        assert ("换成新号码" in page) == (row.kind == "correction")
        answer = {"answer": "grant"} if row.kind == "copy" else {"answer": "refuse", "reason": "请带证件来核对"}
        secretary.post(f"/data-requests/{row.pk}/answer/", answer)
    page = clean(member.get("/me/"))
    assert "田大业于" in page
    assert "请带证件来核对" in page
    assert "下载 Excel" in page
    assert "没有等您答复的资料申请" in clean(secretary.get("/data-requests/"))
    assert "您欠<b>答复资料申请</b>" not in clean(secretary.get("/"))


def test_a_refusal_without_a_reason_comes_back_with_a_sentence(people, signed) -> None:
    row = actions.ask_for_copy(by=person("member"), on=TODAY)
    answer = signed("org").post(f"/data-requests/{row.pk}/answer/", {"answer": "refuse"}, follow=True)
    assert "不同意要说明理由" in clean(answer)
    row.refresh_from_db()
    assert row.state == "waiting"


def test_a_correction_that_says_nothing_is_asked_again(people, signed) -> None:
    answer = signed("member").post("/me/data/correction/", {"part": "", "wish": ""})
    assert answer.status_code == 422
    assert "请写明应当怎样更正" in clean(answer)


@pytest.mark.parametrize(("who", "status"), [("neighbour", 404), ("outsider", 404), ("member", 404), ("org", 200)])
def test_strangers_cannot_tell_that_a_request_exists(granted, signed, who: str, status: int) -> None:
    assert signed(who).get(f"/data-requests/{granted.pk}/").status_code == status
    if who != "member":
        assert signed(who).post(f"/me/data/{granted.pk}/take/").status_code == 404


def test_the_queue_is_for_those_who_answer(people, signed) -> None:
    assert signed("supervisor").get("/data-requests/").status_code == 403
    assert "资料申请" not in clean(signed("supervisor").get("/"))
    assert "资料申请" in clean(signed("secretary").get("/"))


def test_the_queue_costs_the_same_for_one_and_for_three(people, signed) -> None:
    client, counts = signed("org"), []
    for who in ("member", "outsider", "grid"):
        actions.ask_for_copy(by=person(who), on=TODAY)
        with CaptureQueriesContext(connection) as queries:
            clean(client.get("/data-requests/"))
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_the_copy_is_json_or_excel_and_each_taking_is_a_fact(granted, signed) -> None:
    client = signed("member")
    answer = client.post(f"/me/data/{granted.pk}/take/", {"kind": "json"})
    copy = json.loads(b"".join(answer.streaming_content))
    [me] = copy["people.person"]["rows"]
    assert (me["name"], me["phone"]) == ("户常访", "13800138000")
    assert {row["kind"] for row in copy["facts"]["rows"]} >= {"data_requested", "data_request_granted"}
    assert copy["people.membership"]["rows"][0]["person"] == "本人"
    answer = client.post(f"/me/data/{granted.pk}/take/", {"kind": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names[0].endswith(("登记信息", "户联系", "账号"))
    cells = {str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert "13800138000" in cells
    assert Fact.objects.filter(kind="data_copy_taken", actor_id=granted.person_id).count() == 2


def test_no_copy_before_it_is_granted_nor_after_its_time(granted, signed) -> None:
    waiting = actions.ask_for_copy(by=person("member"), on=TODAY)
    client = signed("member")
    assert client.post(f"/me/data/{waiting.pk}/take/").status_code == 403
    DataRequest.objects.filter(pk=granted.pk).update(answered_at=timezone.now() - timezone.timedelta(days=40))
    assert client.post(f"/me/data/{granted.pk}/take/").status_code == 403


def test_every_walled_table_is_in_the_copy_and_no_stranger_is(people) -> None:
    member = person("member")
    about(member)
    sections = {section.name: list(section.rows) for section in copy_of(member)}
    tables = {apps.get_model(name)._meta.db_table for name in sections if "." in name}
    assert set(OWN_ROW) <= tables, "the copy must hold every table that holds a person"
    words = {str(cell) for rows in sections.values() for row in rows for cell in row}
    assert not words & {"田大业", "办一心", "外来客", member.account.password}
    # the home where the member lives with others is there too, though somebody else is its head
    assert len(sections["people.household"]) == 2
    assert Household.objects.count() > 2


def test_the_pages_stand_where_the_navigation_says(people, signed) -> None:
    assert reverse("desk:mine:data") in clean(signed("member").get(reverse("desk:account")))
