"""Founding, dissolving, relating, adopting."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from redhouse.ground.bodies.actions import (
    NewBody,
    NewRelation,
    adopt,
    dissolve_body,
    found_bodies,
    found_body,
    name_demonstration,
    record_relations,
)
from redhouse.ground.bodies.enums import BodyKind, RelationKind
from redhouse.ground.bodies.facts import GOAL_ADOPTED, POWER_ADOPTED
from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.bodies.queries import below, line_up
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.kit.ids import make_credit_code
from tests.cast import SOCIETY, TOWN, XINTIAN

ON = date(2018, 3, 1)


@pytest.fixture
def committee(town: str) -> Body:
    return Body.objects.get(name="新田村党委")


def last_fact() -> Fact:
    fact = Fact.objects.order_by("-fact_id").first()
    assert fact is not None
    return fact


def test_body_is_founded_with_its_fact(committee: Body) -> None:
    branch = found_body(
        kind=BodyKind.PARTY_BRANCH,
        name="田园居党支部",
        division_code=f"{XINTIAN}301",
        parent=committee,
        by=7,
        on=ON,
    )
    fact = last_fact()
    assert (fact.kind, fact.subject_id, fact.object_id, fact.label, fact.happened_on) == (
        "body_founded", branch.pk, committee.pk, "party_branch", ON,
    )  # fmt: skip
    assert line_up(branch) == [committee, committee.parent]
    assert branch in below(committee, ON)
    assert branch not in below(committee, date(2018, 2, 28))


def test_batch_writes_what_singles_write(committee: Body) -> None:
    single = found_body(kind=BodyKind.PARTY_BRANCH, name="甲支部", division_code=SOCIETY, parent=committee, by=7, on=ON)
    [pk] = found_bodies(bodies=[NewBody(BodyKind.PARTY_BRANCH, "乙支部", SOCIETY, ON, committee.pk)], by=7)
    batch = Body.objects.get(pk=pk)
    skipped = {"id", "name", "initials"}
    fields = [field.attname for field in Body._meta.concrete_fields if field.attname not in skipped]
    assert [getattr(single, name) for name in fields] == [getattr(batch, name) for name in fields]
    first, second = Fact.objects.filter(kind="body_founded").order_by("fact_id")
    assert (first.label, first.object_id, first.quantity) == (second.label, second.object_id, second.quantity)


def test_body_under_the_wrong_kind_is_refused(committee: Body) -> None:
    with pytest.raises(NotYet) as refused:
        found_body(kind=BodyKind.PARTY_GROUP, name="第一党小组", division_code=SOCIETY, parent=committee, by=7, on=ON)
    assert refused.value.missing == ["“第一党小组”是党小组，不能设在党委“新田村党委”之下，请另选上级"]


def test_joint_is_for_branches_and_credit_codes_are_checked(committee: Body) -> None:
    with pytest.raises(NotYet) as refused:
        found_body(
            kind=BodyKind.ECON_UNION,
            name="新田村经济联合社",
            division_code=XINTIAN,
            is_joint=True,
            credit_code="N2440605MF00000000",
            by=7,
            on=ON,
        )
    joint, code = refused.value.missing
    assert joint == "“新田村经济联合社”不是党支部，不能设为联合支部"
    assert code.startswith("统一社会信用代码的校验位不对")


def test_credit_code_belongs_to_one_body(committee: Body) -> None:
    code = make_credit_code("N2440605MF0000000")
    founding = {"kind": BodyKind.ECON_UNION, "division_code": XINTIAN, "credit_code": code, "by": 7, "on": ON}
    found_body(name="甲社", **founding)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="这个统一社会信用代码已属于另一组织"):
        found_body(name="乙社", **founding)  # type: ignore[arg-type]


def test_body_is_not_founded_before_its_superior(committee: Body) -> None:
    with pytest.raises(NotYet, match="不存在"):
        found_body(
            kind=BodyKind.PARTY_BRANCH,
            name="早支部",
            division_code=SOCIETY,
            parent=committee,
            by=7,
            on=date(2017, 1, 1),
        )


def test_body_with_others_under_it_is_not_dissolved(committee: Body) -> None:
    with pytest.raises(NotYet) as refused:
        dissolve_body(body=committee, by=7, on=ON)
    assert refused.value.missing == ["“新田村党委”之下还有“新田第一党支部”，请先撤销或划转"]


def test_dissolved_body_stands_no_longer_and_is_dissolved_once(committee: Body) -> None:
    branch = Body.objects.get(name="新田第一党支部")
    dissolve_body(body=branch, by=7, on=ON)
    assert last_fact().kind == "body_dissolved"
    assert not Body.objects.as_of(ON).filter(pk=branch.pk).exists()
    with pytest.raises(NotYet, match="已于2018-03-01撤销"):
        dissolve_body(body=branch, by=7, on=date(2018, 4, 1))


def test_relation_is_a_row_and_a_fact(committee: Body) -> None:
    supervisors = Body.objects.get(name="新田村务监督委员会")
    record_relations(relations=[NewRelation(RelationKind.SUPERVISES, supervisors.pk, committee.pk, ON)], by=7)
    assert Relation.objects.get().kind == RelationKind.SUPERVISES
    fact = last_fact()
    assert (fact.kind, fact.subject_id, fact.object_id, fact.label) == (
        "relation_recorded", supervisors.pk, committee.pk, "supervises",
    )  # fmt: skip


@pytest.mark.parametrize(("is_named", "object_id"), [(True, 1), (False, None)])
def test_adoption_keeps_whether_the_source_names_the_item(town: str, is_named: bool, object_id: int | None) -> None:
    body = Body.objects.get(name="西樵镇党委")
    adopt(kind=POWER_ADOPTED, label="p03", body=body, is_named=is_named, by=7, on=ON)
    fact = last_fact()
    assert (fact.kind, fact.subject_id, fact.object_id, fact.label, fact.division_code) == (
        POWER_ADOPTED, body.pk, object_id, "p03", TOWN,
    )  # fmt: skip


def test_only_adoptions_are_adopted(town: str) -> None:
    body = Body.objects.get(name="西樵镇党委")
    assert adopt(kind=GOAL_ADOPTED, label="revival_culture", body=body, by=7, on=ON) > 0
    with pytest.raises(ValueError, match="body_founded"):
        adopt(kind="body_founded", label="x", body=body, by=7, on=ON)


def test_demonstration_is_a_fact(committee: Body) -> None:
    name_demonstration(body=committee, by=7, on=ON)
    assert (last_fact().kind, last_fact().subject_id) == ("body_named_demonstration", committee.pk)
