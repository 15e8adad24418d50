"""Voting for others, and staying out where one is concerned oneself."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from redhouse.kit.sentences import Sentence
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.shapes import Clause, Rule


@dataclass(frozen=True)
class Proxy:
    """`giver` lets `holder` vote; both are keys of the roll. The facts are whoever's who keeps the roll."""

    giver: int
    holder: int
    written: bool = True
    holder_has_vote: bool = True
    same_household: bool = False
    near_kin: bool = False
    holder_is_candidate: bool = False


@dataclass(frozen=True)
class Refusal:
    """One thing that cannot stand, and the text it comes from."""

    giver: int
    holder: int
    sentence: Sentence
    clause: Clause | None

    def say(self, translate: Callable[[str], str]) -> str:
        return self.sentence.say(translate)


def check_proxies(rule: Rule, proxies: Sequence[Proxy], present: Collection[int] = ()) -> list[Refusal]:
    """Which proxies cannot stand, in the order given; empty when all can. `present` are those who came themselves."""
    given = Counter(one.giver for one in proxies)
    held: Counter[int] = Counter()
    givers, came = set(given), set(present)
    refusals = []
    for one in proxies:
        held[one.holder] += 1
        said = _said(rule, one, given[one.giver], held[one.holder], givers, came)
        if said is not None:
            refusals.append(Refusal(one.giver, one.holder, said, rule.clause("proxies")))
    return refusals


def check_kin(rule: Rule, members: Collection[int], kin: Iterable[tuple[int, int]]) -> list[Refusal]:
    """Pairs of near relatives who may not sit in the body together."""
    if not rule.kin_recusal:
        return []
    said = Sentence(_("%(body)s的成员之间应当实行近亲属回避，两人不能同时任职"), {"body": rule.body})
    pairs = sorted({(min(pair), max(pair)) for pair in kin if set(pair) <= set(members) and pair[0] != pair[1]})
    return [Refusal(one, other, said, rule.clause("kin")) for one, other in pairs]


def check_recusal(voted: Collection[int], concerned: Collection[int]) -> list[Refusal]:
    """Who voted although concerned. They leave the vote and stay in the base, so that staying out makes no majority."""
    said = Sentence(_("本人与这件事有利害关系，应当回避，不能投票；应到人数不因此减少"))
    return [Refusal(one, one, said, None) for one in sorted(set(voted) & set(concerned))]


def _said(rule: Rule, one: Proxy, given: int, held: int, givers: set[int], came: set[int]) -> Sentence | None:
    """Why this proxy cannot stand; the first reason is enough."""
    law = rule.proxies
    if not law.allowed:
        return Sentence(_("%(rule)s没有规定可以委托他人表决"), {"rule": rule.id})
    if not one.written:
        return Sentence(_("委托没有书面"))
    if one.giver == one.holder:
        return Sentence(_("不能委托自己"))
    if given > 1:
        return Sentence(_("同一人委托了%(n)s次，只能委托一人一次"), {"n": given})
    if one.giver in came:
        return Sentence(_("委托人自己到会了，一人只有一票"))
    if one.holder in givers:
        return Sentence(_("受委托人把自己的票也委托了出去，不能转委托"))
    if not one.holder_has_vote:
        return Sentence(_("受委托人没有表决权"))
    if law.same_household_only and not one.same_household:
        return Sentence(_("受委托人不是同一户的家庭成员"))
    if law.near_kin_only and not one.near_kin:
        return Sentence(_("受委托人不是近亲属"))
    if law.candidates_none and one.holder_is_candidate:
        return Sentence(_("候选人不得接受委托"))
    if law.max_per_holder is not None and held > law.max_per_holder:
        return Sentence(_("一人接受委托不得超过%(most)s人，这是第%(n)s人"), {"most": law.max_per_holder, "n": held})
    return None
