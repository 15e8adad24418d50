"""Systems of others: by key, inside the place of the key, once for each key of an event, and Open311 alike."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.ground.access.reach import set_reach
from redhouse.ground.clients.actions import issue_token, revoke_token
from redhouse.ground.clients.models import Token, TokenUse
from redhouse.ground.process.models import Report
from redhouse.kit.today import stand_at
from tests.cast import TODAY, TOWN, XINTIAN, person
from tests.desk.api.phone import JPEG, push, states, visit
from tests.desk.pages import clean
from tests.ground.process.cases import ready
from tests.work.visits.factories import contact, household

REPORTS, OPEN311 = "/api/v1/reports", "/api/v1/open311/v2"


def issued(*scopes: str) -> tuple[Token, dict[str, str]]:
    token, secret = issue_token(
        name="区网格平台",
        scopes=scopes or ("file", "follow"),
        division_code=TOWN,
        until_on=TODAY + timedelta(days=30),
        by=person("admin"),
        on=TODAY,
    )
    return token, {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def system(town: str) -> Client:
    stand_at(TODAY)
    ready()
    return Client(headers=issued()[1])


def new(**more: Any) -> dict[str, Any]:
    said = {"key": str(uuid4()), "type_code": "0101", "words": "路边堆了垃圾 𠮷 龑 🗑", "spot": "文化楼后巷"}
    return said | {"division_code": XINTIAN} | more


def post(client: Client, body: dict[str, Any]) -> Any:
    answer = client.post(REPORTS, body, content_type="application/json")
    set_reach("*")
    return answer


def photos(count: int = 2, content: bytes = JPEG) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{number}.jpg", content) for number in range(count)]


def test_an_event_is_filed_once_and_followed_and_every_call_is_written_down(system: Client) -> None:
    body = new(name="热心人", phone="13800138000", lat=22.93, lon=112.97)
    first, again = post(system, body), post(system, body)
    assert (first.status_code, first.json()["code"]) == (201, again.json()["code"])
    report = Report.objects.get()
    assert (report.origin, report.phone, str(report.lat)) == ("system", "13800138000", "22.93000")
    followed = system.get(f"{REPORTS}/{report.status_code}").json()
    assert (followed["is_over"], followed["words"]) == (False, "路边堆了垃圾 𠮷 龑 🗑")
    assert "13800138000" not in str(followed)
    page = system.get(REPORTS).json()
    assert [row["number"] for row in page["reports"]] == [report.pk]
    assert system.get(REPORTS, {"after": page["after"]}).json()["reports"] == []
    assert TokenUse.objects.count() == 5
    form = new()
    sent = [system.post(f"{REPORTS}/photographed", form | {"photo": photos()}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    set_reach("*")
    taken = Report.objects.get(status_code=sent[0].json()["code"])
    assert taken.run.steps.get().papers.count() == 2
    for parts, status in ((photos(10), 413), (photos(1, b"no picture"), 422), ([], 422)):
        assert system.post(f"{REPORTS}/photographed", new() | {"photo": parts}).status_code == status


def test_what_may_not_stand_is_refused_in_words(system: Client) -> None:
    for body, status, sentence in [
        (new(lat=0.0, lon=0.0), 422, "经纬度不在国内"),
        (new(lat=1e30, lon=112.9), 422, "“lat”的值不对"),
        (new(type_code="9999"), 409, "没有编码为“9999”的事件类型"),
        (new(division_code="440605123001"), 403, "只能上报440605122000以内"),
        (new(words="a\x00b"), 422, "“words”的值不对"),
        (new(words="一" * 501), 422, "“words”最多500字"),
        ({}, 422, "缺少“key”"),
    ]:
        answer = post(system, body)
        assert (answer.status_code, sentence in answer.json()["detail"]) == (status, True), answer.content.decode()
    assert not Report.objects.exists()


def test_a_key_opens_its_scopes_until_it_ends(system: Client) -> None:
    token, header = issued("follow")
    client = Client(headers=header)
    assert post(client, new()).status_code == 403
    assert client.post("/api/v1/sync").status_code == 403, "a key is nobody's sign-in"
    assert client.get(REPORTS).status_code == 200
    stand_at(TODAY + timedelta(days=30))
    assert client.get(REPORTS).status_code == 401
    stand_at(TODAY)
    set_reach("*")
    revoke_token(token=token, by=person("admin"), on=TODAY)
    assert client.get(REPORTS).status_code == 401
    set_reach("*")
    assert header["Authorization"].split()[1] not in str(Token.objects.values_list())


def test_open311_speaks_json_and_xml(system: Client) -> None:
    [service] = Client().get(f"{OPEN311}/services.json").json()
    assert (service["service_code"], service["group"]) == ("0101", "市容环境")
    secret = system.defaults["HTTP_AUTHORIZATION"].split()[1]
    form = {"api_key": secret, "service_code": "0101", "description": "灯不亮", "address_string": "村口"}
    key = str(uuid4())
    url = f"{OPEN311}/requests.json"
    sent = [
        Client(headers={"Idempotency-Key": key}).post(url, "&".join(f"{name}={value}" for name, value in form.items()),
        content_type="application/x-www-form-urlencoded").json()[0]["service_request_id"]
        for _ in range(2)
    ]  # fmt: skip
    assert sent[0] == sent[1]
    root = ElementTree.fromstring(system.get(f"{OPEN311}/requests/{sent[0]}.xml").content)
    assert (root.tag, root.findtext("request/description"), root.findtext("request/status")) == (
        "service_requests", "灯不亮", "open",
    )  # fmt: skip
    assert system.get(f"{OPEN311}/tokens/{key}.json").json()[0]["service_request_id"] == sent[0]
    assert system.get(url, {"status": "closed"}).json() == []
    assert system.get(f"{OPEN311}/requests/NONE.json").status_code == 404
    assert system.get(url, {"service_code": "a\x00b"}).status_code == 422
    nowhere = system.post(url, "service_code=0101&description=lamp", content_type="application/x-www-form-urlencoded")
    assert (nowhere.status_code, nowhere.json()["detail"]) == (422, "缺少“address_string”，请补上")
    assert Client().get(url).status_code == 401
    assert "/open311/v2/requests.{kind}" in str(Client().get("/api/v1/openapi.json").json()["paths"])


def test_a_key_is_shown_once_to_who_keeps_accounts(system: Client, signed: Callable[[str], Client]) -> None:
    admin = signed("admin")
    page = clean(admin.post("/keys/issue/", {"name": "区平台", "scopes": ["file"], "until_on": "2019-01-31"}))
    assert "rh_" in page
    assert "rh_" not in clean(admin.get("/keys/"))
    assert signed("org").get("/keys/").status_code == 403
    set_reach("*")
    token = Token.objects.get(name="区平台")
    assert admin.post(f"/keys/{token.pk}/revoke/").status_code == 302
    assert "已停用" in clean(admin.get("/keys/"))


def test_a_problem_found_at_a_visit_is_a_report_of_that_visit(system: Client, signed: Callable[[str], Client]) -> None:
    contact()
    made = visit(household().pk)
    problem = {
        "kind": "problem", "key": str(uuid4()), "written_at": made["written_at"], "type_code": "0101",
        "words": "电线老化", "spot": "厨房", "household": household().pk, "visit": made["key"],
    }  # fmt: skip
    phone = signed("member")
    assert states(push(phone, [problem])) == ["refused"], "the visit first"
    assert states(push(phone, [made, problem, problem])) == ["accepted", "accepted", "duplicate"]
    report = Report.objects.get()
    assert (report.origin, report.origin_fact.kind) == ("visit", "visit_recorded")
    [lost] = push(phone, [problem | {"key": str(uuid4()), "lat": 0.0, "lon": 0.0}])
    assert (lost["state"], "经纬度不在国内" in lost["reason"]) == ("refused", True)
