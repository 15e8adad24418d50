import pytest
from django.core.exceptions import PermissionDenied

from redhouse.ground.access.actions import look_behind_mask, open_account
from redhouse.ground.access.enums import LookField, LookReason
from redhouse.ground.ledger.models import Fact
from tests.cast import TODAY, XINTIAN, person


def look(who: str, whom: str, field: str = LookField.PHONE, reason: str = LookReason.VISIT) -> str:
    return look_behind_mask(person=person(whom), field=field, reason=reason, by=person(who), on=TODAY)  # type: ignore[arg-type]


def test_a_look_gives_the_value_and_leaves_exactly_one_fact(town: str) -> None:
    assert look("secretary", "member") == "13800138000"
    fact = Fact.objects.get(kind="personal_field_looked_at")
    assert (fact.actor_id, fact.recorder_id, fact.subject_id) == (
        person("secretary").pk,
        person("secretary").pk,
        person("member").pk,
    )
    assert (fact.label, fact.division_code, fact.happened_on, fact.quantity) == ("phone.visit", XINTIAN, TODAY, 1)


@pytest.mark.parametrize("field", LookField)
@pytest.mark.parametrize("reason", LookReason)
def test_field_and_reason_make_the_label(town: str, field: LookField, reason: LookReason) -> None:
    assert look("org", "member", field, reason) == {"name": "户常访", "phone": "13800138000", "citizen_id": ""}[field]
    assert Fact.objects.get(kind="personal_field_looked_at").label == f"{field}.{reason}"


def test_ones_own_data_leave_no_fact(town: str) -> None:
    assert look("member", "member", LookField.NAME) == "户常访"
    assert Fact.objects.filter(kind="personal_field_looked_at").count() == 0


@pytest.mark.parametrize("who", ["supervisor", "grid", "neighbour", "admin", "auditor", "outsider"])
def test_others_are_refused_and_told_who_may(town: str, who: str) -> None:
    with pytest.raises(PermissionDenied, match="书记、组织干部"):
        look(who, "member")
    assert Fact.objects.filter(kind="personal_field_looked_at").count() == 0


@pytest.mark.parametrize(("field", "reason"), [("password", "visit"), ("account", "visit"), ("phone", "curiosity")])
def test_a_field_or_reason_off_the_list_is_refused(town: str, field: str, reason: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Look"):
        look("secretary", "member", field, reason)
    assert Fact.objects.filter(kind="personal_field_looked_at").count() == 0


def test_one_may_not_look_into_ones_own_record_for_what_is_no_field_either(town: str) -> None:
    with pytest.raises(ValueError, match="is not a valid LookField"):
        look("member", "member", "account")


def test_an_account_without_a_password_cannot_be_entered_by_one(house: str) -> None:
    from redhouse.ground.people.models import Person

    someone = Person.objects.create(name="某人", division_code=XINTIAN, is_demo=True)
    account = open_account(username="x", person=someone, demo_note="演示")
    assert (account.has_usable_password(), account.is_demo) == (False, True)
    other = Person.objects.create(name="他人", division_code=XINTIAN)
    account = open_account(username="y", person=other, password="西樵山下-2018")
    assert (account.check_password("西樵山下-2018"), account.is_demo) == (True, False)
