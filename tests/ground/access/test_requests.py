"""A copy or a correction of one's own data: asked, answered in time by somebody else, every step a fact."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from redhouse.ground.access import actions
from redhouse.ground.access.enums import DataPart, RequestState
from redhouse.ground.access.queries import requests_to_answer
from redhouse.ground.access.rules import may_take_copy
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from tests.cast import TODAY, XINTIAN, person


def kinds() -> list[tuple[str, str]]:
    return list(Fact.objects.filter(kind__startswith="data_").order_by("fact_id").values_list("kind", "label"))


def test_a_copy_is_asked_granted_and_taken_by_its_owner_only(town: str) -> None:
    member, secretary = person("member"), person("secretary")
    row = actions.ask_for_copy(by=member, on=TODAY)
    assert (row.due_on, row.division_code) == (TODAY + timedelta(days=30), XINTIAN)
    with pytest.raises(PermissionDenied):
        actions.take_copy(row=row, by=member, on=TODAY)
    row = actions.grant_request(row=row, by=secretary, on=TODAY)
    today = timezone.localdate()
    with pytest.raises(PermissionDenied):
        actions.take_copy(row=row, by=secretary, on=today)
    actions.take_copy(row=row, by=member, on=today)
    assert may_take_copy(member, row, on=today + timedelta(days=30))
    assert not may_take_copy(member, row, on=today + timedelta(days=31))
    assert kinds() == [("data_requested", "copy"), ("data_request_granted", "copy"), ("data_copy_taken", "")]


def test_a_correction_says_what_and_a_refusal_says_why(town: str) -> None:
    with pytest.raises(ValidationError, match="写明"):
        actions.ask_for_correction(part=DataPart.PHONE, wish="  ", by=person("member"), on=TODAY)
    row = actions.ask_for_correction(part=DataPart.PHONE, wish="号码换了", by=person("member"), on=TODAY)
    with pytest.raises(ValidationError, match="理由"):
        actions.refuse_request(row=row, reason=" ", by=person("org"), on=TODAY)
    row = actions.refuse_request(row=row, reason="请带证件来", by=person("org"), on=TODAY)
    assert (row.state, row.reason) == (RequestState.REFUSED, "请带证件来")
    assert kinds() == [("data_requested", "correction"), ("data_request_refused", "correction")]


def test_the_same_waits_once_and_a_withdrawn_one_makes_room(town: str) -> None:
    member = person("member")
    row = actions.ask_for_copy(by=member, on=TODAY)
    with pytest.raises(ValidationError, match="已在等待"):
        actions.ask_for_copy(by=member, on=TODAY)
    with pytest.raises(PermissionDenied):
        actions.withdraw_request(row=row, by=person("org"), on=TODAY)
    actions.withdraw_request(row=row, by=member, on=TODAY)
    with pytest.raises(NotYet):
        actions.grant_request(row=row, by=person("org"), on=TODAY)
    assert actions.ask_for_copy(by=member, on=TODAY).state == RequestState.WAITING


@pytest.mark.parametrize("who", ["supervisor", "neighbour", "grid", "admin", "auditor", "outsider", "member"])
def test_nobody_else_answers(town: str, who: str) -> None:
    row = actions.ask_for_copy(by=person("member"), on=TODAY)
    with pytest.raises(PermissionDenied):
        actions.grant_request(row=row, by=person(who), on=TODAY)
    assert requests_to_answer(person(who), TODAY) == ([], [])


def test_a_secretary_does_not_answer_herself_but_the_town_does(town: str) -> None:
    row = actions.ask_for_copy(by=person("secretary"), on=TODAY)
    with pytest.raises(PermissionDenied):
        actions.grant_request(row=row, by=person("secretary"), on=TODAY)
    assert requests_to_answer(person("secretary"), TODAY) == ([], [])
    assert requests_to_answer(person("org"), TODAY)[0] == [row]
    assert actions.grant_request(row=row, by=person("org"), on=TODAY).answered_by == person("org")
