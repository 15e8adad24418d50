"""Voting for others: allowed where a text says so, and within its limits."""

from datetime import date

import pytest

from redhouse.kit.voting import Proxy, check_kin, check_proxies, check_recusal, rule_at

TODAY, ARTICLE = date(2026, 3, 1), date(2018, 12, 14)
MEMBERS, ELECTION, OLD_ELECTION = rule_at("V09", TODAY), rule_at("V06", TODAY), rule_at("V06", ARTICLE)


def said(rule, *proxies: Proxy, present: tuple[int, ...] = ()) -> list[str]:
    return [str(one.sentence) for one in check_proxies(rule, proxies, present)]


@pytest.mark.parametrize("rule_id", ["V01", "V02", "V03", "V04", "V05", "V07", "V10", "V11", "V16", "V17"])
def test_where_no_text_allows_it_nobody_votes_for_another(rule_id: str) -> None:
    assert said(rule_at(rule_id, TODAY), Proxy(1, 2, same_household=True)) == [f"{rule_id}没有规定可以委托他人表决"]


def test_representatives_who_elect_do_not_vote_for_one_another() -> None:
    assert said(rule_at("V08", TODAY, mode="reps"), Proxy(1, 2)) == ["V08没有规定可以委托他人表决"]
    assert said(rule_at("V08", TODAY, mode="voters"), Proxy(1, 2)) == []


def test_a_member_is_represented_inside_the_household_only() -> None:
    assert said(MEMBERS, Proxy(1, 2, same_household=True)) == []
    assert said(MEMBERS, Proxy(1, 2, near_kin=True)) == ["受委托人不是同一户的家庭成员"]
    (refusal,) = check_proxies(MEMBERS, [Proxy(1, 2)])
    assert (refusal.giver, refusal.holder) == (1, 2)
    assert str(refusal.clause.cite()) == "《农村集体经济组织法》第27条第1款"
    assert refusal.say(str) == "受委托人不是同一户的家庭成员"


def test_in_an_election_a_fourth_proxy_is_one_too_many() -> None:
    three = [Proxy(number, 9) for number in (1, 2, 3)]
    assert said(ELECTION, *three) == []
    assert said(ELECTION, *three, Proxy(4, 9), Proxy(5, 8)) == ["一人接受委托不得超过3人，这是第4人"]


def test_before_2026_only_near_relatives_and_no_number() -> None:
    many = [Proxy(number, 9, near_kin=True) for number in range(1, 6)]
    assert said(OLD_ELECTION, *many) == []
    assert said(OLD_ELECTION, Proxy(1, 9)) == ["受委托人不是近亲属"]


def test_candidates_accept_none() -> None:
    assert said(ELECTION, Proxy(1, 9, holder_is_candidate=True)) == ["候选人不得接受委托"]


@pytest.mark.parametrize(
    ("proxies", "present", "sentence"),
    [
        ([Proxy(1, 2, written=False)], (), "委托没有书面"),
        ([Proxy(1, 1)], (), "不能委托自己"),
        ([Proxy(1, 2)], (1,), "委托人自己到会了，一人只有一票"),
        ([Proxy(1, 2, holder_has_vote=False)], (), "受委托人没有表决权"),
    ],
)
def test_a_proxy_that_cannot_stand(proxies: list[Proxy], present: tuple[int, ...], sentence: str) -> None:
    assert said(ELECTION, *proxies, present=present) == [sentence]


def test_one_person_entrusts_one_other_once() -> None:
    assert said(ELECTION, Proxy(1, 2), Proxy(1, 3)) == ["同一人委托了2次，只能委托一人一次"] * 2


def test_a_proxy_is_not_passed_on() -> None:
    assert said(ELECTION, Proxy(1, 2), Proxy(2, 3)) == ["受委托人把自己的票也委托了出去，不能转委托"]


def test_near_relatives_do_not_sit_in_the_council_together() -> None:
    council = rule_at("V11", TODAY)
    found = check_kin(council, [1, 2, 3, 4, 5], [(4, 2), (2, 4), (3, 9), (5, 5)])
    assert [(one.giver, one.holder) for one in found] == [(2, 4)]
    assert str(found[0].sentence) == "理事会的成员之间应当实行近亲属回避，两人不能同时任职"
    assert str(found[0].clause.cite()) == "《农村集体经济组织法》第29条第1款"
    assert check_kin(rule_at("V09", TODAY), [1, 2], [(1, 2)]) == []


def test_who_is_concerned_does_not_vote() -> None:
    assert [one.giver for one in check_recusal([3, 1, 2], [2, 7])] == [2]
