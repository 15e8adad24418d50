"""What each gate lacks, and who may fill it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages.actions import confirm_receipt
from redhouse.ground.messages.enums import Channel as By
from redhouse.ground.process.rules import missing_before_closing
from redhouse.work.decisions import actions
from redhouse.work.decisions.enums import Channel, CheckItem, Stance
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.rules import missing_check, missing_leading
from tests.cast import person
from tests.work.decisions.factories import ON, PLAN, close, dividend, homes, now, to_inform

pytestmark = pytest.mark.usefixtures("town")


def said(matter: Matter, outcome: str) -> list[str]:
    return [str(missing) for missing in missing_before_closing(now(matter), outcome, ON)]


def test_a_matter_begins_with_its_draft_its_number_and_its_plan() -> None:
    matter = dividend()
    assert matter.number == "440605122220001-2026-P07-01"
    assert now(matter).key == "draft"
    assert [filed.paper.kind for filed in now(matter).papers.all()] == ["plan"]
    assert dividend().number.endswith("-02")
    assert Fact.objects.filter(kind="matter_opened", subject_id=matter.pk, object_id=matter.run_id).count() == 1


def test_who_has_no_right_there_proposes_nothing() -> None:
    with pytest.raises(PermissionDenied):
        dividend(by=person("neighbour"))
    assert not Matter.objects.exists()


def test_the_members_know_first_and_each_confirms() -> None:
    matter = to_inform()
    assert said(matter, "informed") == ["还没有把事项通知应知的党员"]
    informing = actions.inform_members(matter=matter, by=person("branch"), on=ON)
    assert actions.inform_members(matter=matter, by=person("branch"), on=ON) == informing, "once for each gate"
    [sentence] = said(matter, "informed")
    assert "还差1份回执" in sentence
    with pytest.raises(NotYet, match="还差1份回执"):
        close(matter, "informed", "branch")
    confirm_receipt(notice=informing.notice, person=person("member"), by=person("member"), on=ON, channel=By.IN_APP)
    assert said(matter, "informed") == []
    close(matter, "informed", "branch")
    assert now(matter).key == "branch_committee"


def test_only_who_owes_the_step_informs() -> None:
    matter = to_inform()
    with pytest.raises(PermissionDenied):
        actions.inform_members(matter=matter, by=person("director"), on=ON)
    with pytest.raises(NotYet, match="不在“先知”"):
        actions.inform_members(matter=dividend(title="另一件"), by=person("branch"), on=ON)


def leading() -> Matter:
    """A matter whose open step is of another kind: the contributor is asked directly for its sentences."""
    return dividend(lead_minimum=50)


def test_explaining_counts_households_and_an_opinion_waits_for_its_answer() -> None:
    matter = leading()
    step = now(matter)
    assert [str(m) for m in missing_leading(step, "led", ON)] == ["还差1户没有说明（0／2，最低50%）"]
    opinion = actions.record_opinion(
        matter=matter, text="多提公积金", channel=Channel.DOOR, person=None, by=person("member"), on=ON
    )
    assert [str(m) for m in missing_leading(step, "led", ON)][-1] == "还有1条意见没有答复"
    with pytest.raises(PermissionDenied):
        actions.answer_opinion(opinion=opinion, answer="会", is_adopted=True, by=person("outsider"), on=ON)
    actions.answer_opinion(opinion=opinion, answer="已提到30%", is_adopted=True, by=person("director"), on=ON)
    with pytest.raises(NotYet, match="已经答复过"):
        actions.answer_opinion(opinion=opinion, answer="再说", is_adopted=False, by=person("director"), on=ON)
    assert len(missing_leading(step, "led", ON)) == 1
    assert missing_leading(step, "changed", ON) == []


def test_nothing_is_explained_before_its_step() -> None:
    with pytest.raises(NotYet, match="不在“先做”"):
        actions.explain_matter(matter=leading(), household=homes()[0], stance=Stance.AGREES, by=person("member"), on=ON)


def test_the_supervisors_list_names_what_is_left() -> None:
    step = now(dividend())
    [left] = missing_check(step, "checked", ON)
    assert str(left).startswith(f"核对单还差{len(CheckItem)}项：先知、先议、先做、领导把关")
    assert missing_check(step, "withdrawn", ON) == []


def test_an_editorial_version_stays_at_its_step_and_needs_a_reason() -> None:
    matter = dividend()
    paper = now(matter).papers.get().paper
    with pytest.raises(ValidationError, match="为什么改"):
        actions.amend_plan(
            matter=matter, paper=paper, upload=PLAN, is_material=False, reason=" ", by=person("director"), on=ON
        )
    step = actions.amend_plan(
        matter=matter, paper=paper, upload=PLAN, is_material=True, reason="补附件", by=person("director"), on=ON
    )
    assert step is not None
    assert step.key == "draft", "a draft may change freely"


def test_a_material_change_is_refused_where_the_way_has_none() -> None:
    matter = to_inform()
    paper = matter.run.steps.get(number=1).papers.get(paper__kind="plan", paper__title=matter.title).paper
    with pytest.raises(NotYet, match="不能再作实质修改"):
        actions.amend_plan(
            matter=matter, paper=paper, upload=PLAN, is_material=True, reason="金额变了", by=person("branch"), on=ON
        )
