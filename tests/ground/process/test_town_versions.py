"""A town adds to the list: written as text, held against the law, proved, drafted by one and approved by another."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import approve_draft, draft_version, refuse_draft
from redhouse.ground.process.enums import Role, StepKind
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.procedure import Procedure, ProcedureError, read_procedure
from redhouse.ground.process.procedure.additions import Additions, ExtraStep, added
from redhouse.ground.process.procedure.differences import differences
from redhouse.ground.process.procedure.edits import weaker_than
from redhouse.ground.process.procedure.proofs import first_refusal
from redhouse.ground.process.procedure.writing import write_procedure
from redhouse.ground.process.queries import version_in_force
from redhouse.work.decisions.definitions import all_versions
from tests.cast import SOCIETY, person
from tests.ground.process.factories import adopted, society
from tests.ground.process.samples import DIVIDEND

FROM, ON = date(2026, 12, 1), date(2026, 11, 18)
BASE = read_procedure(DIVIDEND)
REVIEW = ExtraStep("review", StepKind.LEADER_REVIEW, "镇领导复核", "Town review", Role.TOWN_LEADER, 3, "镇党委会议纪要")
ALL = Additions(
    FROM,
    notes={"draft": "镇备注：附上年度对照表"},
    counts={("notice", 0): 12, ("review", 0): 2},
    passing={"vote_members": "for >= 3/4 electors"},
    papers={"check": ("minutes",)},
    extra=REVIEW,
)


def content(procedure: Procedure) -> Procedure:
    return replace(procedure, text="", digest="")


@pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")
def test_what_is_written_reads_back_to_the_same(procedure: Procedure) -> None:
    assert content(read_procedure(write_procedure(procedure))) == content(procedure)


def test_everything_a_form_may_add_is_proved_and_told_in_words() -> None:
    edited = read_procedure(added(BASE, ALL))
    assert weaker_than(BASE, edited) == []
    assert first_refusal(edited) is None
    said = [(change.step, change.how, change.sentence) for change in differences(BASE, edited)]
    assert ("镇领导复核", "added", "新增一步，由镇领导办") in said
    assert ("表决（成员大会）", "changed", "门槛提高到：应到人数的3/4以上") in said
    assert ("会议通知", "changed", "期限：不少于12日（原不少于10日）") in said
    assert ("监督审查", "added", "要归入：纪要") in said
    assert differences(edited, edited) == []


@pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")
def test_one_more_review_can_be_added_to_every_power(procedure: Procedure) -> None:
    after = next(step.key for step in procedure.steps if step.kind == StepKind.LEADER_REVIEW)
    edited = read_procedure(added(procedure, Additions(procedure.from_on, extra=replace(REVIEW, after=after))))
    refusal = first_refusal(edited)
    assert refusal is None, refusal.told(edited)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"counts": {("notice", 0): 9}}, "被放宽或删去"),
        ({"counts": {("decision", 0): 7}}, "被放宽或删去"),
        ({"counts": {("review", 0): 30}}, "被放宽或删去"),
    ],
)
def test_what_is_weaker_than_law_is_named_with_its_clause(changes: dict[str, object], said: str) -> None:
    weaker = weaker_than(BASE, read_procedure(added(BASE, Additions(FROM, **changes))))  # type: ignore[arg-type]
    assert weaker, changes
    assert all("依据：" in sentence for sentence in weaker)
    assert said in weaker[0]


def test_a_threshold_below_the_law_has_a_witness_and_a_slip_is_named() -> None:
    low = read_procedure(added(BASE, Additions(FROM, passing={"vote_members": "for > 1/2 present"})))
    refusal = first_refusal(low)
    assert refusal is not None
    assert refusal.obligation.name == "O3"
    assert "走法：起草" in refusal.told(low)
    with pytest.raises(ProcedureError, match="读不懂"):
        added(BASE, Additions(FROM, passing={"vote_members": "most of them"}))


def test_one_drafts_and_another_approves(town: str) -> None:
    society()
    base = adopted(DIVIDEND)
    text = added(BASE, ALL)
    with pytest.raises(PermissionDenied):
        draft_version(base=base, text=text, reason="本镇加严", by=person("leader"), on=ON)
    with pytest.raises(NotYet, match="溯及既往"):
        draft_version(base=base, text=DIVIDEND + "\n# 镇", reason="本镇加严", by=person("org"), on=ON)
    low = added(BASE, Additions(FROM, counts={("notice", 0): 9}))
    with pytest.raises(NotYet, match="被放宽或删去"):
        draft_version(base=base, text=low, reason="快一点", by=person("org"), on=ON)
    with pytest.raises(ProcedureError, match="不是合格的 TOML"):
        draft_version(base=base, text=text + "[[step", reason="断了", by=person("org"), on=ON)
    draft = draft_version(base=base, text=text, reason="本镇加严", by=person("org"), on=ON)
    for who in ("org", "secretary", "admin"):
        with pytest.raises(PermissionDenied):
            approve_draft(draft=draft, by=person(who), on=ON)
    version = approve_draft(draft=draft, by=person("leader"), on=ON)
    assert (version.origin, version.author, version.approver, version.reason) == (
        "town", person("org"), person("leader"), "本镇加严",
    )  # fmt: skip
    assert version_in_force("P07", SOCIETY, ON) == base
    assert version_in_force("P07", SOCIETY, FROM) == version
    with pytest.raises(NotYet, match="已于"):
        refuse_draft(draft=draft, reason="晚了", by=person("leader"), on=ON)
    other = draft_version(
        base=version, text=added(read_procedure(version.text), Additions(FROM, notes={"lead": "备注"})), reason="再加",
        by=person("org"), on=ON,
    )  # fmt: skip
    with pytest.raises(NotYet, match="理由"):
        refuse_draft(draft=other, reason=" ", by=person("leader"), on=ON)
    refuse_draft(draft=other, reason="不必", by=person("leader"), on=ON)
    assert ProcedureVersion.objects.filter(origin="town").count() == 1
    kinds = ["version_drafted", "version_adopted", "version_drafted", "version_refused"]
    assert list(Fact.objects.filter(label__startswith="P07").order_by("fact_id").values_list("kind", flat=True)) == [
        "version_adopted", *kinds,
    ]  # fmt: skip
