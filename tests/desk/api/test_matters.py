"""Matters by the API: who it is for, what it refuses and how, once for each key."""

from datetime import timedelta
from time import time
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.desk.terminal import enter
from redhouse.desk.verbs import ALL
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import set_reach
from redhouse.ground.clients.actions import issue_token
from redhouse.ground.clients.models import Entry
from redhouse.ground.papers.models import PaperVersion
from redhouse.ground.process.models import RunStep
from redhouse.kit.errors import HouseError
from redhouse.kit.today import stand_at
from redhouse.work.decisions.models import Opinion
from tests.cast import TOWN, person
from tests.work.decisions.factories import ON, dividend, now

JSON = "application/json"


@pytest.fixture
def matter(town: str) -> Any:
    stand_at(ON)
    return dividend()


def as_(name: str, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(Account.objects.get(username=name))
    return client


def test_it_is_for_people_alone_and_says_what_is_wrong(matter: Any) -> None:
    at = f"/api/v1/matters/{matter.pk}"
    _token, secret = issue_token(
        name="区平台",
        scopes=["file", "follow"],
        division_code=TOWN,
        until_on=ON + timedelta(30),
        by=person("admin"),
        on=ON,
    )
    assert Client().get(at).status_code == 401
    key = Client(headers={"Authorization": f"Bearer {secret}"})
    assert key.get(at).status_code == 403
    assert key.post(f"{at}/close", "{}", JSON).status_code == 403, "a system closes nothing"
    strict = as_("director", enforce_csrf_checks=True)
    assert strict.post(f"{at}/opinions", '{"text": "好"}', JSON).status_code == 403, "no token, no deed"
    director = as_("director")
    wrong = director.post(f"{at}/close", '{"outcome": "flown"}', JSON)
    assert (wrong.status_code, wrong.json()["fields"][0]["field"]) == (422, "outcome")
    lacking = director.post(f"{at}/close", '{"outcome": "submitted"}', JSON)
    assert lacking.status_code == 409
    assert any("还没有冻结份额登记册" in sentence for sentence in lacking.json()["missing"])
    assert lacking.json()["clauses"], "with the articles that the step stands on"
    for broken in ("[1]", "{", '"x"'):
        assert director.post(f"{at}/close", broken, JSON).status_code == 422
    assert now(matter).key == "draft"


def test_the_same_key_does_it_once_and_what_was_refused_may_come_again(matter: Any) -> None:
    client, key, at = as_("director"), str(uuid4()), f"/api/v1/matters/{matter.pk}"

    def post(text: str, key: str) -> Any:
        answer = client.post(f"{at}/opinions", {"text": text}, JSON, headers={"Idempotency-Key": key})
        set_reach("*")
        return answer

    assert post("", key).status_code == 422
    assert [post("好", key).json()["repeated"] for _ in range(3)] == [False, True, True]
    assert Opinion.objects.count() == Entry.objects.filter(kind="api").count() == 1
    assert post("好", "x").status_code == 422
    other = as_("secretary").post(f"{at}/opinions", {"text": "好"}, JSON, headers={"Idempotency-Key": key})
    assert other.status_code == 409, "somebody else's key"


def test_who_only_sees_a_matter_changes_none_of_its_papers(matter: Any) -> None:
    paper = now(matter).papers.get().paper
    form: dict[str, Any] = {"file": ("plan.pdf", b"%PDF-1.7 mine"), "is_material": "no", "reason": "我改的"}
    for name, path in (("member", "papers"), ("member", f"papers/{paper.pk}/amend"), ("secretary", "papers")):
        sent = form | {"file": SimpleUploadedFile(*form["file"]), "kind": "plan", "title": "方案"}
        answer = as_(name).post(f"/api/v1/matters/{matter.pk}/{path}", sent)
        assert answer.status_code == 403, (name, path, answer.content)
    set_reach("*")
    assert PaperVersion.objects.filter(paper=paper).count() == 1


def test_the_description_names_every_verb_with_its_fields(town: str) -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    for verb in ALL.values():
        body = paths[f"/api/v1/{verb.address}"]["post"]["requestBody"]
        assert set(body["content"]["multipart/form-data"]["schema"]["properties"]) == set(
            verb.form.base_fields or verb.form().fields
        ), verb.name
    photo = paths["/api/v1/matters/{matter_id}/sheets/{publicity_id}/photo"]["post"]["requestBody"]["content"]
    assert "application/json" not in photo, "files come in parts"


def code_of_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time()) // 30))


def test_at_a_terminal_one_is_oneself(town: str, settings: LazySettings) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # the thirty seconds of a code may end on its way
    account = Account.objects.create_user(username="boss", password="一生平安2026")
    assert enter("admin", password=str, code=str) == person("admin"), "a role of the demo"
    with pytest.raises(HouseError, match="密码不对"):
        enter("boss", password=lambda: "x", code=str)
    with pytest.raises(HouseError, match="还没有对应的人"):
        enter("boss", password=lambda: "一生平安2026", code=str)
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    with pytest.raises(HouseError, match="验证码不对"):
        enter("boss", password=lambda: "一生平安2026", code=lambda: "x")
    with pytest.raises(HouseError, match="还没有对应的人"):
        enter("boss", password=lambda: "一生平安2026", code=lambda: code_of_now(secret))
    set_reach("*")
    assert RunStep.objects.count() == 0
