"""The frozen register and what is shared out by it: exact, unmoved by what comes later, closed to strangers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.people.actions import end_society_member
from redhouse.ground.people.models import SocietyMember
from redhouse.ground.process.actions import close_step
from redhouse.ground.process.rules import missing_before_closing
from redhouse.kit.record import digest_label
from redhouse.kit.sharing import findings, holder_code, read_distribution
from redhouse.work.decisions import actions
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.models import Distribution, DistributionLine, Matter, ShareLine
from redhouse.work.decisions.queries.money import Share, distribution_of, register_of
from redhouse.work.decisions.rules import may_keep_money, may_see_lines
from redhouse.work.decisions.rules.money import missing_money
from tests.cast import person
from tests.ground.process.factories import D1
from tests.work.decisions.boards import matter_at
from tests.work.decisions.factories import ON, close, dividend, now
from tests.work.decisions.money import frozen, holders, proposed, with_members

pytestmark = pytest.mark.usefixtures("town")
TOTAL = 100_000_00 + 1


def amounts(row: Distribution) -> dict[str, int]:
    names = {someone.pk: name for name, someone in holders().items()}
    return {names[line.person_id]: line.amount_fen for line in row.lines.all()}


def test_the_sum_is_exact_the_rest_goes_by_the_rule_and_the_text_counts_again_to_the_same() -> None:
    matter = dividend()
    row = proposed(matter, ON, total_fen=TOTAL)
    assert sum(amounts(row).values()) == TOTAL
    assert amounts(row) == {"member": 42_857_15, "head1": 28_571_43, "head2": 28_571_43}
    version = latest_version(row.paper)
    assert version is not None
    assert version.sha256 == row.digest
    text = storage.path_of(row.digest).read_text(encoding="utf-8")
    assert findings(read_distribution(text), text) == []
    assert all(someone.name not in text for someone in holders().values())
    said = Fact.objects.get(kind="distribution_proposed")
    assert (said.subject_id, said.object_id, said.label) == (matter.pk, row.paper_id, digest_label(row.digest))
    assert Fact.objects.get(kind="register_frozen").label == digest_label(row.register.digest)
    matter.refresh_from_db()
    assert matter.amount == TOTAL, "the amount of the matter is what is shared out"
    line = ShareLine.objects.get(person=person("member"))
    code = holder_code(run=matter.run_id, number=line.number, person=line.person_id, salt=bytes(line.salt))
    assert code in text, "who knows the salt can show that the line is theirs"


def test_what_happens_to_the_members_later_does_not_move_a_frozen_register() -> None:
    matter = dividend()
    before = amounts(proposed(matter, ON))
    leaving = SocietyMember.objects.get(person=holders()["head1"])
    end_society_member(member=leaving, by=person("org").pk, on=ON + timedelta(days=1))
    again = actions.propose_distribution(matter=matter, total_fen=312_000_000, by=person("director"), on=ON)
    assert amounts(again) == before
    later = ON + timedelta(days=1)
    actions.freeze_register(matter=matter, as_of=later, by=person("director"), on=later)
    assert distribution_of(matter) is None, "a new register waits for its own table"
    assert register_of(matter).holders == 2  # type: ignore[union-attr]
    assert again.lines.count() == 3, "what was frozen stays"


def test_a_matter_of_money_is_not_submitted_and_does_not_pass_without_register_and_table() -> None:
    matter = dividend()

    def said() -> list[str]:
        return [str(missing) for missing in missing_before_closing(now(matter), "submitted", ON)]

    assert said() == ["还没有冻结份额登记册"]
    frozen(matter, ON)
    assert said() == ["还没有分配表"]
    actions.propose_distribution(matter=matter, total_fen=312_000_000, by=person("director"), on=ON)
    assert said() == []
    Matter.objects.filter(pk=matter.pk).update(amount=1)
    matter.refresh_from_db()
    assert said()[0].startswith("事项金额0.01元与分配总额3,120,000.00元不符")
    assert [str(m) for m in missing_money(now(matter), "passed", ON)] == said()
    assert list(missing_money(now(matter), "failed", ON)) == []
    assert list(missing_money(now(dividend(code="P03", facts_of=FACTS_OF_P03)), "submitted", ON)) == []


FACTS_OF_P03 = {
    "collective_assets": "yes", "delegated_by_charter": "no", "delegated_by_assembly": "no", "community": "no",
}  # fmt: skip


def test_after_the_draft_only_a_material_change_leads_back_to_the_table() -> None:
    matter = dividend()
    proposed(matter, ON)
    close(matter, "submitted", "director")
    with pytest.raises(PermissionDenied, match="先作实质修改"):
        actions.propose_distribution(matter=matter, total_fen=1, by=person("director"), on=ON)
    with pytest.raises(PermissionDenied, match="先作实质修改"):
        actions.freeze_register(matter=matter, as_of=ON, by=person("director"), on=ON)


def test_a_material_change_leads_back_to_the_draft_and_the_gates_begin_anew() -> None:
    matter = matter_at("lead", D1)
    close_step(step=now(matter), outcome="changed", by=person("branch"), on=D1, reason="总额有误")
    assert now(matter).key == "draft"
    Matter.objects.filter(pk=matter.pk).update(amount=700)
    first = proposed(matter, D1, total_fen=700)
    second = actions.propose_distribution(matter=matter, total_fen=701, by=person("director"), on=D1)
    assert distribution_of(matter) == second
    assert (first.total_fen, first.lines.count()) == (700, 3), "what was proposed before stays on file"
    matter.refresh_from_db()
    close(matter, "submitted", "director", D1)
    assert now(matter).key == "inform", "and every gate is passed anew"


def test_assessed_amounts_are_what_everybody_gets_and_must_add_up() -> None:
    matter = dividend(code="P08", facts_of={})
    with_members()
    shares = [Share(someone.pk, None, fen) for someone, fen in zip(holders().values(), (100_05, 0, 99_95), strict=True)]
    kept = {"matter": matter, "as_of": ON, "basis": Basis.AMOUNTS, "by": person("director"), "on": ON}
    for wrong, sentence in (
        ([shares[0], shares[0]], "不止一次"),
        ([shares[0]._replace(units=-1)], "负数"),
    ):
        with pytest.raises(NotYet, match=sentence):
            actions.freeze_register(**kept, shares=wrong)
    actions.freeze_register(**kept, shares=shares)
    with pytest.raises(NotYet, match=r"合计200.00元，与总额200.01元不符"):
        actions.propose_distribution(matter=matter, total_fen=200_01, basis=Basis.AMOUNTS, by=person("director"), on=ON)
    row = actions.propose_distribution(
        matter=matter, total_fen=200_00, basis=Basis.AMOUNTS, by=person("director"), on=ON
    )
    assert sorted(amounts(row).values()) == [0, 99_95, 100_05]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"as_of": ON + timedelta(days=1)}, "不能截至以后的日子"),
        ({"basis": Basis.AREA}, "不能按面积（平方米）分配"),
        ({"shares": []}, "没有登记成员和份额"),
    ],
)
def test_what_cannot_be_frozen_is_said(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(NotYet, match=sentence):
        frozen(dividend(), ON, **changes)


def test_totals_that_cannot_be_shared_out_are_said() -> None:
    matter = dividend()
    with pytest.raises(NotYet, match="先冻结"):
        actions.propose_distribution(matter=matter, total_fen=1, by=person("director"), on=ON)
    frozen(matter, ON)
    for total in (0, -5):
        with pytest.raises(NotYet, match="应大于零"):
            actions.propose_distribution(matter=matter, total_fen=total, by=person("director"), on=ON)
    with pytest.raises(NotYet, match="不能按面积"):
        actions.propose_distribution(matter=matter, total_fen=1, basis=Basis.AREA, by=person("director"), on=ON)


def test_a_question_waits_for_its_answer_before_the_freeze() -> None:
    matter = dividend()
    with_members()
    with pytest.raises(PermissionDenied):
        actions.question_share(matter=matter, text="少算", by=person("outsider"), on=ON)
    with pytest.raises(ValidationError):
        actions.question_share(matter=matter, text=" ", by=person("member"), on=ON)
    row = actions.question_share(matter=matter, text="少算一股", by=person("member"), on=ON)
    with pytest.raises(NotYet, match="还有1条份额异议没有答复"):
        frozen(matter, ON)
    with pytest.raises(PermissionDenied):
        actions.answer_share_question(question=row, answer="好", is_upheld=True, by=person("member"), on=ON)
    actions.answer_share_question(question=row, answer="已核对", is_upheld=False, by=person("director"), on=ON)
    with pytest.raises(NotYet, match="已经答复"):
        actions.answer_share_question(question=row, answer="再", is_upheld=False, by=person("director"), on=ON)
    frozen(matter, ON)


def test_who_may_do_what() -> None:
    matter = dividend()
    roles = ("director", "secretary", "supervisor", "watch", "branch", "org", "member", "neighbour", "admin", "auditor")
    keeps = [role for role in roles if may_keep_money(person(role), matter, on=ON)]
    sees = [role for role in roles if may_see_lines(person(role), matter, on=ON)]
    assert keeps == ["director"]
    assert sees == ["director", "secretary", "supervisor", "watch", "branch", "org"]
    for role in set(roles) - set(keeps):
        with pytest.raises(PermissionDenied):
            actions.freeze_register(matter=matter, as_of=ON, by=person(role), on=ON)


@pytest.fixture
def table() -> Distribution:
    return proposed(dividend(), ON)


@pytest.mark.parametrize("change", [1, -1])
def test_the_database_takes_no_table_that_is_not_exact(table: Distribution, change: int) -> None:
    """Also where somebody writes around every action."""
    lines = list(table.lines.order_by("pk"))
    head = Distribution(register=table.register, total_fen=table.total_fen, digest=table.digest, proposed_on=ON)
    head.proposed_by, head.paper = person("org"), table.register.paper
    head.save()
    for line in lines:
        line.pk, line.distribution = None, head
    lines[0].amount_fen += change
    for wrong in (lines, lines[1:]):
        with pytest.raises(IntegrityError) as refused:
            DistributionLine.objects.bulk_create(wrong)
        assert refused.value.__cause__.diag.constraint_name == "distribution_is_exact"  # type: ignore[union-attr]
    lines[0].amount_fen -= change
    lines[1].amount_fen, lines[2].amount_fen = lines[1].amount_fen + 1, lines[2].amount_fen - 1
    with pytest.raises(IntegrityError):
        DistributionLine.objects.bulk_create(lines)  # the sum is right, two holders are not


def test_the_database_takes_no_line_into_a_frozen_register(table: Distribution) -> None:
    row = ShareLine(
        register=table.register, number=4, person=person("outsider"), division_code="440605122220001", units=1,
        salt=b"s",
    )  # fmt: skip
    with pytest.raises(IntegrityError) as refused:
        row.save()
    assert refused.value.__cause__.diag.constraint_name == "share_register_is_whole"  # type: ignore[union-attr]
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM decisions_shareline")
        assert cursor.fetchone() == (3,)


def test_a_run_that_was_taken_back_may_be_withdrawn_with_its_table() -> None:
    matter = dividend()
    proposed(matter, ON)
    close_step(step=now(matter), outcome="withdrawn", by=person("director"), on=ON, reason="另提")
    assert distribution_of(matter) is not None
