"""Who may decide what: every subject, body and day has an answer, and what the law keeps from a body stays kept."""

from datetime import date

import pytest

from redhouse.kit.voting import Condition, Mark, Subject, VoteBody, bodies_for, competent

ARTICLE, BETWEEN, TODAY = date(2018, 12, 14), date(2025, 6, 1), date(2026, 3, 1)
DAYS = (ARTICLE, date(2019, 1, 1), date(2021, 1, 1), date(2025, 4, 30), BETWEEN, date(2025, 12, 31), TODAY)
B, S = VoteBody, Subject


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("subject", list(Subject), ids=str)
def test_every_body_has_an_answer_with_rules_that_stand(subject: Subject, on: date) -> None:
    for body in VoteBody:
        found = competent(subject, body, on)
        assert str(found.sentence)
        assert found.allowed == bool(found.rules)
        assert [one.id for one in found.votes()] == list(found.rules)
        assert all(one.body is body for one in found.votes())
        if found.allowed:
            assert found.clause is not None
        else:
            assert not found.conditions


@pytest.mark.parametrize("subject", list(Subject), ids=str)
def test_every_subject_has_a_body_today(subject: Subject) -> None:
    assert bodies_for(subject, TODAY)


NONE_IN_2018 = {S.NON_MEMBER_BENEFIT}  # by the general rule V18 only


@pytest.mark.parametrize("subject", list(Subject), ids=str)
def test_every_subject_has_a_body_on_the_day_of_the_article(subject: Subject) -> None:
    rules = {rule for found in bodies_for(subject, ARTICLE) for rule in found.rules}
    assert rules
    if subject in NONE_IN_2018:
        assert rules == {"V18"}


@pytest.mark.parametrize(
    ("subject", "on", "expected"),
    [
        (S.COMPENSATION, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09"]}),
        (S.LAND_CONTRACTING, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09", "V15"]}),
        (S.LAND_OUTSIDE_CONTRACT, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09", "V15"]}),
        (S.CONSTRUCTION_LAND, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09", "V15"], B.REC_REP_ASSEMBLY: ["V10", "V15"]}),
        (S.DIVIDEND, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09"], B.REC_REP_ASSEMBLY: ["V10"]}),
        (S.HOMESTEAD_PLAN, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09"]}),
        (S.REC_CHARTER, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V09"]}),
        (S.NON_MEMBER_BENEFIT, TODAY, {B.REC_MEMBERS_ASSEMBLY: ["V12"]}),
        (S.VILLAGE_RULES, TODAY,
         {B.VILLAGERS_ASSEMBLY: ["V01"], B.RESIDENTS_ASSEMBLY: ["V04"], B.RESIDENT_REP_ASSEMBLY: ["V05"]}),
        (S.OWNERS_GENERAL, TODAY, {B.OWNERS_ASSEMBLY: ["V13"]}),
        (S.OWNERS_MAJOR, TODAY, {B.OWNERS_ASSEMBLY: ["V14"]}),
        (S.COMPENSATION, ARTICLE,
         {B.VILLAGERS_ASSEMBLY: ["V01"], B.VILLAGER_REP_ASSEMBLY: ["V02"],
          B.REC_MEMBERS_ASSEMBLY: ["V18"], B.REC_REP_ASSEMBLY: ["V18"]}),
        (S.COMPENSATION, BETWEEN, {B.REC_MEMBERS_ASSEMBLY: ["V09"]}),
        (S.SUBSIDY_STANDARD, BETWEEN,
         {B.VILLAGERS_ASSEMBLY: ["V01"], B.VILLAGER_REP_ASSEMBLY: ["V02"], B.RESIDENTS_ASSEMBLY: ["V04"]}),
        (S.ELECTION, ARTICLE, {B.VILLAGE_ELECTION: ["V06"]}),
        (S.ELECTION, TODAY, {B.VILLAGE_ELECTION: ["V06"], B.RESIDENTS_ELECTION: ["V08"]}),
    ],
)  # fmt: skip
def test_the_bodies_of_a_subject_on_a_day(subject: Subject, on: date, expected: dict[VoteBody, list[str]]) -> None:
    assert {found.body: list(found.rules) for found in bodies_for(subject, on)} == expected


RESERVED = (S.REC_CHARTER, S.LAND_CONTRACTING, S.LAND_OUTSIDE_CONTRACT, S.HOMESTEAD_PLAN, S.COMPENSATION)


@pytest.mark.parametrize("subject", RESERVED, ids=str)
@pytest.mark.parametrize("on", [date(2025, 5, 1), TODAY], ids=str)
def test_representatives_never_decide_what_is_kept_for_all_members(subject: Subject, on: date) -> None:
    found = competent(subject, B.REC_REP_ASSEMBLY, on)
    assert not found.allowed
    assert "不能由成员代表大会决定：《农村集体经济组织法》第28条第4款" in str(found.sentence)


def test_the_day_before_the_law_the_older_rules_decide() -> None:
    found = competent(S.COMPENSATION, B.REC_REP_ASSEMBLY, date(2025, 4, 30))
    assert found.allowed
    assert found.rules == ("V18",)
    assert found.conditions == (Condition.CHARTER_DELEGATES,)


def test_what_no_checked_text_gives_is_marked() -> None:
    found = competent(S.DIVIDEND, B.REC_MEMBERS_ASSEMBLY, ARTICLE)
    assert found.clause is not None
    assert found.clause.mark is Mark.UNVERIFIED
    assert "条文未核实" in str(found.sentence)


def test_representatives_of_members_need_the_charter_and_of_villagers_the_assembly() -> None:
    for subject in Subject:
        for on in DAYS:
            for found in bodies_for(subject, on):
                if found.body is B.REC_REP_ASSEMBLY:
                    assert Condition.CHARTER_DELEGATES in found.conditions
                if found.body in (B.VILLAGER_REP_ASSEMBLY, B.RESIDENT_REP_ASSEMBLY) and "V15" not in found.rules:
                    assert Condition.ASSEMBLY_DELEGATES in found.conditions


def test_a_body_that_no_text_names_is_told_who_decides() -> None:
    found = competent(S.COMPENSATION, B.REC_COUNCIL, TODAY)
    assert str(found.sentence) == "2026-03-01“土地补偿费等的分配、使用”不由理事会决定，而由成员大会决定。"
    assert "而由成员大会或成员代表大会决定" in str(competent(S.DIVIDEND, B.VILLAGERS_ASSEMBLY, TODAY).sentence)


def test_before_there_was_a_text_nobody_is_named() -> None:
    found = competent(S.PARTY_MATTER, B.PARTY_BRANCH_MEETING, date(2018, 1, 1))
    assert not found.allowed
    assert "没有条文规定由谁表决决定" in found.say(str)
