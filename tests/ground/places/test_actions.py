"""Divisions, dwellings and stated numbers."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.places.actions import (
    NewDivision,
    NewDwelling,
    register_division,
    register_divisions,
    register_dwellings,
    state_profile,
)
from redhouse.ground.places.enums import DivisionKind
from redhouse.ground.places.models import Division, Dwelling
from tests.cast import HAIZHOU, SOCIETY, TOWN, XINTIAN

ON = date(2018, 3, 1)


def facts_of(kind: str) -> list[tuple[object, ...]]:
    columns = ("division_code", "happened_on", "recorder_id", "subject_id", "quantity", "label")
    return list(Fact.objects.filter(kind=kind).order_by("fact_id").values_list(*columns))


def test_division_is_registered_with_its_fact(town: str) -> None:
    park = register_division(code=f"{XINTIAN}601", kind=DivisionKind.PARK, name="新田工业园", by=7, on=ON)
    assert (park.name, park.from_on, park.until_on) == ("新田工业园", ON, None)
    assert facts_of("division_registered") == [(park.code, ON, 7, park.pk, 1, "park")]


def test_batch_writes_what_singles_write(town: str) -> None:
    singles = [
        register_division(code=f"{XINTIAN}60{n}", kind=DivisionKind.PARK, name=f"园{n}", by=7, on=ON) for n in (1, 2)
    ]
    rows = [NewDivision(f"{HAIZHOU}60{n}", DivisionKind.PARK, f"园{n}", ON) for n in (1, 2)]
    ids = register_divisions(divisions=rows, by=7)
    batch = list(Division.objects.filter(pk__in=ids).order_by("code"))
    for single, one in zip(singles, batch, strict=True):
        assert single.code[12:] == one.code[12:]
        for field in ("kind", "name", "source", "is_inferred", "from_on", "until_on"):
            assert getattr(single, field) == getattr(one, field)
    written = facts_of("division_registered")
    assert [row[1:3] + row[4:] for row in written[:2]] == [row[1:3] + row[4:] for row in written[2:]]


def test_batch_may_bring_its_own_village(town: str) -> None:
    rows = [
        NewDivision("440605122224", DivisionKind.VILLAGE, "七星", ON),
        NewDivision("440605122224001", DivisionKind.SOCIETY, "第一经济社", ON),
    ]
    assert len(register_divisions(divisions=rows, by=None)) == 2


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (
            f"{XINTIAN}301",
            DivisionKind.PARK,
            "“园区”代码的第13位应为6，“440605122220301”不是，请核对",
        ),
        (
            "440605122999601",
            DivisionKind.PARK,
            "“440605122999601”所在的村（社区）440605122999尚未登记，请先登记它",
        ),
        (XINTIAN, DivisionKind.PARK, "区划代码“440605122220”的层级与类别“园区”不符，请核对代码或类别"),
        (TOWN, DivisionKind.VILLAGE, "区划代码“440605122000”的层级与类别“村”不符，请核对代码或类别"),
        ("4406051222", DivisionKind.VILLAGE, "区划代码“4406051222”应为12位数字，村以下的地点为15位；请核对。"),
    ],
)
def test_code_that_does_not_fit_its_kind_is_refused(town: str, code: str, kind: DivisionKind, sentence: str) -> None:
    with pytest.raises(NotYet) as refused:
        register_division(code=code, kind=kind, name="某地", by=7, on=ON)
    assert refused.value.missing == [sentence]


def test_one_slip_refuses_the_whole_batch(town: str) -> None:
    before = Division.objects.count()
    rows = [
        NewDivision(f"{XINTIAN}601", DivisionKind.PARK, "园", ON),
        NewDivision(f"{XINTIAN}301", DivisionKind.PARK, "园二", ON),
    ]
    with pytest.raises(NotYet):
        register_divisions(divisions=rows, by=7)
    assert Division.objects.count() == before


def test_code_is_taken_once_at_a_time(town: str) -> None:
    with pytest.raises(ValidationError, match="同一代码在同一时期只能有一个区划"):
        register_division(code=XINTIAN, kind=DivisionKind.VILLAGE, name="新田", by=7, on=ON)
    assert facts_of("division_registered") == []


def test_dwellings_are_rows_without_facts(town: str) -> None:
    before = Fact.objects.count()
    ids = register_dwellings(dwellings=[NewDwelling(SOCIETY, f"{XINTIAN}901", f"东街{n}号", ON) for n in (1, 2)])
    assert [Dwelling.objects.get(pk=pk).door for pk in ids] == ["东街1号", "东街2号"]
    assert Fact.objects.count() == before


def test_stated_number_is_a_fact(town: str) -> None:
    place = Division.objects.get(code=TOWN)
    state_profile(division=place, label="fabric_metres_a_year", quantity=3_000_000_000, by=7, on=ON)
    assert facts_of("profile_stated") == [(TOWN, ON, 7, place.pk, 3_000_000_000, "fabric_metres_a_year")]


def test_number_that_nobody_declared_is_refused(town: str) -> None:
    with pytest.raises(ValueError, match="cows"):
        state_profile(division=Division.objects.get(code=TOWN), label="cows", quantity=1, by=7, on=ON)
