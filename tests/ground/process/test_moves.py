"""Running matters and new versions; facts stated anew; the town's own version."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import (
    adopt_version,
    adopt_versions,
    move_run,
    move_runs,
    preview_moves,
    restate_facts,
)
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.procedure import ProcedureError
from redhouse.ground.process.queries import history, open_step, version_in_force
from redhouse.ground.process.queries.versions import unfaithful_versions
from redhouse.work.decisions.definitions import FOLDER
from tests.cast import SOCIETY, person
from tests.ground.process.factories import D1, TEXT, adopted, close, file_evidence, opened, society, walk_to

LATER = (FOLDER / "p07-2025-05-01.toml").read_text(encoding="utf-8")
IN_2025 = date(2025, 6, 2)
LONGER = TEXT.replace('bound = "at_least", count = 7,', 'bound = "at_least", count = 10,')


def town_version(text: str, **changes: object) -> ProcedureVersion:
    society()
    asked = {"author": person("org"), "approver": person("leader"), "reason": "本镇公示10日", "on": D1}
    return adopt_version(text=text, origin="town", **asked | changes)  # type: ignore[arg-type]


def test_a_run_keeps_its_version_until_it_is_moved(town: str) -> None:
    run = opened()
    walk_to(run, "review")
    later = adopted(LATER)
    assert run.version != version_in_force("P07", SOCIETY, IN_2025) == later
    following = move_run(run=run, version=later, to_key="review", reason="新法施行", by=person("leader"), on=IN_2025)
    assert (following.key, following.number, following.run.version) == ("review", 8, later)
    assert [step.outcome for step in history(run)][-2:] == ["moved", ""]
    assert Fact.objects.get(kind="run_moved").label == "P07.review"
    assert walk_to(run, "check", IN_2025).number == 9


def test_a_move_never_leads_past_a_gate(town: str) -> None:
    run = opened()
    walk_to(run, "lead")
    later = adopted(LATER)
    [planned] = preview_moves(later)
    assert planned.gates == ("lead", "branch_committee", "inform", "draft")
    for key in ("review", "check", "village_party", "vote_members", "archive"):
        with pytest.raises(NotYet, match="不能越过环节"):
            move_run(run=run, version=later, to_key=key, reason="新法", by=person("leader"), on=IN_2025)
    with pytest.raises(NotYet, match="要写明理由"):
        move_run(run=run, version=later, to_key="lead", reason=" ", by=person("leader"), on=IN_2025)
    with pytest.raises(PermissionDenied):
        move_run(run=run, version=later, to_key="lead", reason="新法", by=person("secretary"), on=IN_2025)


def test_many_are_moved_as_previewed(town: str) -> None:
    first, second = opened(), opened()
    walk_to(first, "inform")
    later = adopted(LATER)
    gates = {planned.step.run_id: planned.gates[0] for planned in preview_moves(later)}
    assert move_runs(version=later, gates=gates, reason="新法施行", by=person("leader"), on=IN_2025) == 2
    assert [open_step(run).key for run in (first, second)] == ["inform", "draft"]  # type: ignore[union-attr]
    assert preview_moves(later) == []


def test_facts_are_stated_anew_only_at_the_draft(town: str) -> None:
    run = opened()
    following = restate_facts(
        run=run, facts={"delegated_by_charter": "yes"}, reason="章程已授权", by=person("director"), on=D1
    )
    assert (following.key, following.number) == ("draft", 2)
    walk_to(run, "inform")
    with pytest.raises(PermissionDenied):
        restate_facts(run=run, facts={"delegated_by_charter": "no"}, reason="改", by=person("director"), on=D1)
    walk_to(run, "notice")
    file_evidence(open_step(run))  # type: ignore[arg-type]
    assert close(run, "notified").key == "vote_reps"  # type: ignore[union-attr]


def test_versions_of_the_law_are_brought_up_to_date_once(house: str, town: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("p0[12]-*.toml"))]
    assert len(adopt_versions(texts, on=D1)) == 6
    assert adopt_versions(texts, on=D1) == []
    assert Fact.objects.filter(kind="version_adopted").count() == 6


def test_an_unsafe_version_is_refused_with_its_witness(town: str) -> None:
    unsafe = TEXT.replace('failed = "rejected"', 'failed = "decision"', 1)
    assert unsafe != TEXT
    with pytest.raises(ProcedureError, match="O2：") as refused:
        adopted(unsafe)
    assert "走法" in refused.value.message


def test_a_town_may_add(town: str) -> None:
    adopted()
    own = town_version(LONGER)
    assert version_in_force("P07", SOCIETY, D1) == own
    assert version_in_force("P07", "440605123001", D1) == own.based_on
    adopted(TEXT + "# 更正一处文字\n")  # the law's text is published anew: the town's version has lost its ground
    assert version_in_force("P07", SOCIETY, D1).origin == "law"  # type: ignore[union-attr]


def test_a_town_may_not_take_away(town: str) -> None:
    adopted()
    with pytest.raises(NotYet, match=r"“表决前公示”的期限不少于7日被放宽或删去（依据：表决前公示"):
        town_version(TEXT.replace('bound = "at_least", count = 7,', 'bound = "at_least", count = 6,'))
    with pytest.raises(NotYet, match="少要了材料"):
        town_version(TEXT.replace('evidence = ["notice"]\n', ""))


def test_two_people_stand_for_a_town_version(town: str) -> None:
    adopted()
    society()
    with pytest.raises(NotYet, match="由镇组织办拟订"):
        town_version(LONGER, author=person("secretary"))
    with pytest.raises(NotYet, match="由镇党委书记或镇领导批准"):
        town_version(LONGER, approver=person("secretary"))
    with pytest.raises(ValidationError):
        town_version(LONGER, reason="")


def test_a_version_written_around_its_adoption_is_found(town: str) -> None:
    version = adopted()
    assert unfaithful_versions() == []
    text = TEXT + "# 夹带\n"
    forged = ProcedureVersion(
        code="P07", origin="law", text=text, digest=sha256(text.encode()).hexdigest(), reason="夹带", adopted_on=D1,
        steps=version.steps, ways={**version.ways, "draft": {"submitted": [[{}, "vote_members"]]}}, from_on=D1,
    )  # fmt: skip
    forged.save()
    assert unfaithful_versions() == [forged]
