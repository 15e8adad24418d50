"""A procedure file is read whole or refused with the place and the mend."""

from datetime import date

import pytest

from redhouse.ground.process.enums import Bound, MatterFact, StepKind
from redhouse.ground.process.procedure import ProcedureError, read_procedure
from tests.ground.process.samples import DIVIDEND, changed

DRAFT = 'key = "draft"\nkind = "draft"'
SLIPS = [
    ("[procedure]", "[procedure", "TOML"),
    ('code = "P07"', 'code = "p 7"', "code"),
    ('code = "P07"\n', "", "缺了"),
    ("from_on = 2026-01-01", 'from_on = "2026-01-01"', "不加引号的日期"),
    ("from_on = 2026-01-01", "from_on = 2026-01-01\nuntil_on = 2026-01-01", "晚于 from_on"),
    ("from_on = 2026-01-01", "from_on = 2026-01-01\nnote = 1", "“note”一项：没有这一项"),
    ("numerator = 1", "numerator = 11", "不能大于"),
    ("numerator = 1", "numerator = 0", "不小于1的整数"),
    ("numerator = 1", "numerator = true", "不小于1的整数"),
    ('escalates_to = "town_org_office"', 'escalates_to = "sys_admin"', "没有“sys_admin”这个词"),
    (DRAFT, 'key = "Draft"\nkind = "draft"', "小写字母"),
    (DRAFT, 'key = "draft"\nkind = "drafting"', "没有“drafting”这个词"),
    (DRAFT, 'key = "inform"\nkind = "draft"', "重名"),
    (DRAFT, 'key = "draft"\nkind = "notice"', "没有去处"),
    (DRAFT, DRAFT + '\nzh = "提案"', "要么都写"),
    (DRAFT, DRAFT + '\nrule = "V09"', "没有这一项"),
    ('owed_by = ["rec_director"]', 'owed_by = ["rec_director", "rec_director"]', "写了两遍"),
    ('owed_by = ["rec_director"]', "owed_by = []", "由谁负责"),
    ('evidence = ["plan"]', 'evidence = ["photo"]', "没有“photo”这个词"),
    ('submitted = "inform"', 'submitted = "informed"', "没有“informed”这一步"),
    ('submitted = "inform", ', "", "没有去处"),
    ('submitted = "inform"', 'submitted = "inform", agreed = "inform"', "没有这个结果"),
    ('rule = "V09"', 'rule = "V9"', "V01"),
    ('subject = "dividend"', 'subject = "lottery"', "没有“lottery”这个词"),
    ('body = "rec_members_assembly"', 'body = "everybody"', "没有“everybody”这个词"),
    ('fact = "delegated_by_charter"', 'fact = "weather"', "没有“weather”这个词"),
    ('yes = "vote_reps", no = "vote_members"', 'yes = "vote_reps"', "没有去处"),
    ('yes = "vote_reps", no = "vote_members"', 'yes = "vote_reps", no = "vote_reps"', "没有任何一步通到这里"),
    ('yes = "vote_reps", no', 'yes = "vote_reps", maybe = "vote_reps", no', "没有这个结果"),
    ('apart_from = ["draft"]', 'apart_from = ["drafter"]', "另外一步"),
    ('apart_from = ["draft"]', 'apart_from = ["review"]', "另外一步"),
    ('before = "objection"', 'before = "objections"', "没有“objections”这一步"),
    ('before = "objection", ', "", "等它走完"),
    ('bound = "at_least"', 'bound = "about"', "没有“about”这个词"),
    ("disclosed = true", 'disclosed = "yes"', "true 或 false"),
    ('mark = "S"', 'mark = "X"', "没有“X”这个词"),
    ('ending = "archived"', 'ending = "happy"', "没有“happy”这个词"),
]


@pytest.mark.parametrize(("old", "new", "said"), SLIPS)
def test_a_slip_is_named_with_place_and_mend(old: str, new: str, said: str) -> None:
    with pytest.raises(ProcedureError) as refused:
        read_procedure(changed(old, new), origin="p07.toml")
    assert said in refused.value.message
    assert refused.value.message.startswith("p07.toml")
    assert refused.value.exit_code == 65


def test_the_step_and_the_field_are_named() -> None:
    with pytest.raises(ProcedureError) as refused:
        read_procedure(changed('rule = "V16"', 'rule = "16"'), origin="p07.toml")
    assert refused.value.message == "p07.toml，第4步 branch_meeting，“rule”一项：请写成 V01 这样的规则编号。"


def test_a_file_begins_with_its_draft() -> None:
    moved = DIVIDEND.replace("[[step]]\n" + DRAFT, "[[later]]\n" + DRAFT)
    with pytest.raises(ProcedureError, match="later"):
        read_procedure(moved)


def test_what_is_read_is_what_the_file_says() -> None:
    procedure = read_procedure(DIVIDEND)
    assert (procedure.code, procedure.first.kind) == ("P07", StepKind.DRAFT)
    assert procedure.facts == (MatterFact.DELEGATED_BY_CHARTER,)
    assert procedure.text == DIVIDEND
    assert len(procedure.digest) == 64
    publicity = procedure.by_key["publicity"]
    assert [(clock.bound, clock.count, clock.before) for clock in publicity.clocks] == [
        (Bound.AT_LEAST, 10, "vote_reps"),
        (Bound.AT_LEAST, 10, "vote_members"),
    ], "one clock for each step that waits"
    assert procedure.after("notice", "notified", {MatterFact.DELEGATED_BY_CHARTER: "no"}).key == "vote_members"


def test_a_town_may_ask_for_more_at_a_vote() -> None:
    stricter = 'rule = "V09"\nstricter = { passing = ["for >= 3/4 electors"], quorum = ["present >= 3/4 electors"] }'
    vote = read_procedure(changed('rule = "V09"', stricter)).by_key["vote_members"]
    assert vote.stricter is not None
    assert [str(one) for one in vote.stricter.passing or ()] == ["for >= 3/4 electors"]
    assert [str(one) for one in vote.rule_on(date(2026, 3, 1)).passing] == ["for >= 3/4 electors"]
    law = read_procedure(DIVIDEND).by_key["vote_members"].rule_on(date(2026, 3, 1))
    assert [str(one) for one in law.passing] == ["for >= 2/3 electors"]
    with pytest.raises(ProcedureError, match="门槛"):
        read_procedure(changed('rule = "V09"', 'rule = "V09"\nstricter = { passing = ["most"] }'))
