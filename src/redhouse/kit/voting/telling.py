"""A rule in sentences: what it asks for, part by part, each with the text it comes from."""

from dataclasses import dataclass

from redhouse.kit.sentences import Sentence, Worded, joined
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.shapes import Alternative, Clause, Proxies, Rule


class Part(Worded):
    """The parts of a rule, as its clauses are keyed."""

    NOTICE = "notice", _("提前通知")
    DEMAND = "demand", _("提议召集")
    QUORUM = "quorum", _("法定人数")
    PASSING = "passing", _("通过条件")
    PROXIES = "proxies", _("委托")
    ONLINE = "online", _("线上参加")
    SECRET = "secret", _("投票方式")
    CANDIDATES = "candidates", _("差额")
    RERUN = "rerun", _("另行选举")
    ROLL = "roll", _("名册")
    KIN = "kin", _("回避")


@dataclass(frozen=True)
class Line:
    """One part of a rule in words."""

    part: Part
    sentence: Sentence
    clause: Clause | None


def told(rule: Rule) -> list[Line]:
    """What a rule says, in the order of a meeting; parts that it says nothing about are left out."""
    said = {
        Part.NOTICE: rule.notice_days and Sentence(_("提前%(days)s天"), {"days": rule.notice_days}),
        Part.DEMAND: rule.demand and _demand(rule),
        Part.QUORUM: in_words(rule.quorum) if rule.quorum else Sentence(_("由章程规定")),
        Part.PASSING: in_words((rule.passing,)),
        Part.PROXIES: rule.proxies.allowed and _proxies(rule.proxies),
        Part.ONLINE: rule.online_allowed and Sentence(_("可以在线参加")),
        Part.SECRET: rule.secret and Sentence(_("无记名投票，公开计票")),
        Part.CANDIDATES: rule.more_candidates_than_posts and Sentence(_("候选人多于应选名额")),
        Part.RERUN: rule.rerun and Sentence(_("得票多的当选，但不少于%(share)s"), {"share": rule.rerun.least.words()}),
        Part.ROLL: rule.roll and Sentence(_("提前%(days)s天公布，%(objection)s天内提出异议，%(answer)s天内答复"), {
            "days": rule.roll.days_before,
            "objection": rule.roll.objection_days,
            "answer": rule.roll.answer_days,
        }),
        Part.KIN: rule.kin_recusal and Sentence(_("成员之间实行近亲属回避")),
    }  # fmt: skip
    return [Line(part, one, rule.clause(part.value)) for part, one in said.items() if isinstance(one, Sentence)]


def in_words(ways: tuple[Alternative, ...]) -> Sentence:
    """Alternatives in words: 且 inside one, 或者 between them."""
    if not ways:
        return Sentence(_("没有要求"))
    each = [joined([one.words() for one in way], _("%(a)s，且%(b)s")) for way in ways]
    return joined(each, _("%(a)s，或者%(b)s"))


def _demand(rule: Rule) -> Sentence:
    shares = [
        Sentence(_("%(share)s以上的%(who)s"), {"share": f"{one.numerator}/{one.denominator}", "who": one.who})
        for one in rule.demand
    ]
    return joined(shares, _("%(a)s，或者%(b)s"))


def _proxies(proxies: Proxies) -> Sentence:
    limits = [Sentence(_("书面委托"))]
    if proxies.same_household_only:
        limits.append(Sentence(_("限同一户的家庭成员")))
    if proxies.near_kin_only:
        limits.append(Sentence(_("限近亲属")))
    if proxies.max_per_holder is not None:
        limits.append(Sentence(_("一人接受委托不超过%(most)s人"), {"most": proxies.max_per_holder}))
    if proxies.candidates_none:
        limits.append(Sentence(_("候选人不得接受委托")))
    return joined(limits, _("%(a)s，%(b)s"))
