"""A charter, or a town's own list, may ask for more than the law and never for less."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from redhouse.kit.sentences import Sentence, SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.shapes import Alternative, Clause, Override, Proxies, Rule, Threshold
from redhouse.kit.voting.telling import in_words
from redhouse.kit.voting.words import Count

# A share of all is a share of those present, as those present are never more than all; so with ballots and area.
WIDER = {
    Count.PRESENT: {Count.ELECTORS},
    Count.CAST: {Count.PRESENT, Count.ELECTORS},
    Count.AREA_PRESENT: {Count.AREA},
}


class WeakerThanLaw(SentenceError):
    """The charter asks for less than the law; says in what, with the clause."""


@dataclass(frozen=True)
class Weaker:
    """In one part less than the law."""

    part: str
    sentence: Sentence
    clause: Clause

    def say(self, translate: Callable[[str], str]) -> str:
        values = {"sentence": self.sentence, "clause": self.clause.cite()}
        return Sentence(_("%(sentence)s（%(clause)s）"), values).say(translate)

    def __str__(self) -> str:
        return self.say(lambda text: text)


def weaknesses(candidate: Rule | Override, base: Rule) -> list[Weaker]:
    """In what `candidate` asks for less than the law says in `base`. What an Override leaves out stays as it is.
    Numbers of our own, that no text gives, do not bind."""
    found = []
    for part, weaker in (
        ("notice", _notice(candidate, base)),
        ("quorum", _quorum(candidate, base)),
        ("passing", _passing(candidate, base)),
        ("proxies", _proxies(candidate, base)),
        ("secret", _secret(candidate, base)),
    ):
        clause = base.clause(part) or (base.clause("passing") if part == "proxies" else None)
        if weaker is not None and clause is not None and clause.is_law:
            found.append(Weaker(part, weaker, clause))
    return found


def at_least_as_strict(candidate: Rule | Override, base: Rule) -> list[str]:
    """Empty when `candidate` has at least the law's notice, quorum, denominator and majority; else sentences in Chinese
    with the clause."""
    return [str(weaker) for weaker in weaknesses(candidate, base)]


def tightened(rule: Rule, charter: Override) -> Rule:
    """The rule with what the charter says instead. Raises WeakerThanLaw where that is less than the law."""
    weaker = weaknesses(charter, rule)
    if weaker:
        raise WeakerThanLaw(
            _("%(source)s的规定低于法律，不能采用：%(first)s（%(clause)s）"),
            source=charter.source, first=weaker[0].sentence, clause=weaker[0].clause.cite(),
        )  # fmt: skip
    said = {
        name: value
        for name in ("notice_days", "quorum", "passing", "proxies", "secret")
        if (value := getattr(charter, name)) is not None
    }
    return replace(rule, **said)


def implies(stricter: Threshold, threshold: Threshold) -> bool:
    """Whether whatever reaches `stricter` reaches `threshold` too."""
    if stricter.count is not threshold.count:
        return False
    if stricter.base is not threshold.base and stricter.base not in WIDER.get(threshold.base, ()):
        return False
    left = stricter.numerator * threshold.denominator
    right = threshold.numerator * stricter.denominator
    return left > right or (left == right and (stricter.strict or not threshold.strict))


def _every(thresholds: Alternative, of: Alternative) -> bool:
    return all(any(implies(mine, threshold) for mine in thresholds) for threshold in of)


def _notice(candidate: Rule | Override, base: Rule) -> Sentence | None:
    days = candidate.notice_days
    if base.notice_days is None or (days is None and isinstance(candidate, Override)):
        return None
    if days is not None and days >= base.notice_days:
        return None
    values = {"own": days or 0, "law": base.notice_days}
    return Sentence(_("提前通知%(own)s天，少于规定的%(law)s天"), values)


def _quorum(candidate: Rule | Override, base: Rule) -> Sentence | None:
    ways = candidate.quorum
    if ways is None or not base.quorum:
        return None
    if ways and all(any(_every(way, law) for law in base.quorum) for way in ways):
        return None
    return Sentence(_("到会要求（%(own)s）低于规定（%(law)s）"), {"own": in_words(ways), "law": in_words(base.quorum)})


def _passing(candidate: Rule | Override, base: Rule) -> Sentence | None:
    own = candidate.passing
    if own is None or _every(own, base.passing):
        return None
    return Sentence(
        _("通过要求（%(own)s）低于规定（%(law)s）"), {"own": in_words((own,)), "law": in_words((base.passing,))}
    )


def _proxies(candidate: Rule | Override, base: Rule) -> Sentence | None:
    own = candidate.proxies
    if own is None or not own.allowed:
        return None
    if not base.proxies.allowed:
        return Sentence(_("允许委托表决，而规定没有允许"))
    law = base.proxies
    narrower = (
        (own.same_household_only or not law.same_household_only)
        and (own.near_kin_only or own.same_household_only or not law.near_kin_only)
        and (own.candidates_none or not law.candidates_none)
        and (law.max_per_holder is None or _most(own) <= law.max_per_holder)
    )
    return None if narrower else Sentence(_("委托表决的范围宽于规定"))


def _most(proxies: Proxies) -> int | float:
    return float("inf") if proxies.max_per_holder is None else proxies.max_per_holder


def _secret(candidate: Rule | Override, base: Rule) -> Sentence | None:
    if not base.secret or candidate.secret in (True, None):
        return None
    return Sentence(_("不用无记名投票，而规定要求无记名"))
