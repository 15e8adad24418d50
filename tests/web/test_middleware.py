"""What every request passes: the headers, and the second wall set for this person and nobody else."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from redhouse.ground.access.models import Account
from redhouse.ground.people.models import Person
from redhouse.web.middleware import PersonAndReach
from tests.cast import HAIZHOU, XINTIAN


def list_people(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(sorted(Person.objects.values_list("name", flat=True))))


def people_seen_by(username: str | None) -> list[str]:
    request = RequestFactory().get("/")
    request.user = Account.objects.get(username=username) if username else AnonymousUser()
    names = PersonAndReach(list_people)(request).content.decode()
    return names.split(",") if names else []


def test_a_secretary_reads_the_own_village_and_no_other(town: str) -> None:
    codes = dict(Person.objects.values_list("name", "division_code"))
    seen = people_seen_by("secretary")
    assert {codes[name][:12] for name in seen} == {XINTIAN}
    assert "户常访" in seen
    assert {codes[name][:12] for name in people_seen_by("neighbour")} == {HAIZHOU}


def test_the_office_reads_the_whole_town(town: str) -> None:
    assert len(people_seen_by("org")) == 12


def test_who_has_no_post_reads_only_themselves(town: str) -> None:
    assert people_seen_by("member") == ["户常访"]
    assert people_seen_by("outsider") == ["外来客"]


def test_the_administrator_reads_no_resident(town: str) -> None:
    assert people_seen_by("admin") == ["管无私"]


def test_nothing_is_inherited_from_the_request_before(town: str) -> None:
    assert len(people_seen_by("org")) == 12
    assert people_seen_by(None) == []
    assert people_seen_by("member") == ["户常访"]


def test_every_answer_carries_the_policy(house: str) -> None:
    for path in ("/account/login/", "/no/such/page/", "/"):
        answer = Client().get(path)
        assert "script-src 'self'; style-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
