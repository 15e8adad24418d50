"""What is said at a visit, and a visit that is sent twice."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household
from redhouse.work.visits.actions import correct_visit, record_visit
from redhouse.work.visits.models import Visit, VisitPhoto
from redhouse.work.visits.queries import standing_visits
from tests.cast import ESTATE, person
from tests.kit.test_photos import PNG, TAIL, exif, jpeg
from tests.work.visits.factories import MAY_DAY, TODAY, contact, household


def test_details_stand_beside_the_fact_and_follow_its_correction(town: str) -> None:
    contact()
    member = person("member")
    number = record_visit(
        household=household(), member=member, happened_on=MAY_DAY, topics=["fire", "health", "fire"], people_met=2,
        needs="  上门体检何时来？𠮷龑🙂 ", opinion="多修路", supplies="米、油各一", follow_up_on=date(2018, 5, 20),
        photos=[jpeg(exif(6)), PNG + TAIL], by=member, on=TODAY,
    )  # fmt: skip
    row = Visit.objects.get(fact_id=number)
    assert (row.topics, row.people_met, row.needs) == (["fire", "health"], 2, "上门体检何时来？𠮷龑🙂")
    assert [p.paper.versions.get().media_type for p in row.photos.order_by("pk")] == ["image/jpeg", "image/png"]
    later = correct_visit(fact_id=number, happened_on=date(2018, 5, 2), by=member, on=TODAY)
    row.refresh_from_db()
    assert (row.fact_id, row.visited_on) == (later, date(2018, 5, 2))
    with pytest.raises(ValidationError, match="回访日应晚于走访日"):
        correct_visit(fact_id=later, happened_on=date(2018, 6, 1), by=member, on=TODAY)
    assert standing_visits().get().fact_id == later


def test_one_tap_needs_no_row(town: str) -> None:
    contact()
    member = person("member")
    assert record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)
    assert not Visit.objects.exists()


def test_the_same_key_is_the_same_visit(town: str) -> None:
    contact()
    member, key = person("member"), uuid4()
    visit = {"household": household(), "member": member, "by": member, "on": TODAY, "key": key}
    first = record_visit(**visit, happened_on=MAY_DAY, needs="路灯不亮")  # type: ignore[arg-type]
    facts = Fact.objects.count()
    assert record_visit(**visit, happened_on=MAY_DAY, needs="别的", photos=[b"broken"]) == first  # type: ignore[arg-type]
    assert (Visit.objects.get().needs, Fact.objects.count()) == ("路灯不亮", facts)
    with pytest.raises(NotYet, match="这个编号已用于另一次走访"):
        record_visit(**visit, happened_on=date(2018, 5, 2))  # type: ignore[arg-type]
    later = correct_visit(fact_id=first, happened_on=date(2018, 5, 2), by=member, on=TODAY)
    assert record_visit(**visit, happened_on=MAY_DAY) == later  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        record_visit(**visit | {"by": person("outsider")}, happened_on=MAY_DAY)  # type: ignore[arg-type]
    other = visit | {"household": Household.objects.get(division_code=ESTATE), "member": person("grid")}
    with pytest.raises(NotYet, match="这个编号"):
        record_visit(**other | {"by": person("grid")}, happened_on=MAY_DAY)  # type: ignore[arg-type]


def test_what_may_not_stand_leaves_nothing(town: str) -> None:
    contact()
    member, facts = person("member"), Fact.objects.count()
    wrong: list[tuple[dict[str, object], str]] = [
        ({"people_met": 100}, "见到的人数"),
        ({"follow_up_on": MAY_DAY}, "回访日应晚于走访日"),
        ({"topics": ["gossip"]}, "谈话内容"),
        ({"photos": [b"\xff\xd8"]}, "照片不完整"),
        ({"photos": [b"x"] * 10}, "最多存9张"),
    ]
    for details, sentence in wrong:
        with pytest.raises(ValidationError, match=sentence):
            record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY, **details)  # type: ignore[arg-type]
        assert (Visit.objects.count(), VisitPhoto.objects.count(), Fact.objects.count()) == (0, 0, facts)
