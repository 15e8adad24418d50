"""What a rule is made of. Everything is immutable, every number an integer or a pair of integers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from redhouse.kit.sentences import Sentence
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.words import Count, Law, Mark, VoteBody, Who


@dataclass(frozen=True)
class Clause:
    """Where a number comes from: `law` and `place` ("27.1" is article 27, paragraph 1; a third part is an item), with
    its `text`; or, where no text gives it, our own default with `text` saying why."""

    mark: Mark
    law: Law | None
    place: str
    text: str
    text_en: str

    @property
    def is_law(self) -> bool:
        return self.mark is Mark.SOURCED

    def cite(self) -> Sentence:
        """The citation, or for our own numbers what they are."""
        if self.law is None:
            return Sentence("%(mark)s", {"mark": self.mark})
        article, paragraph, item = (*self.place.split("."), "", "")[:3]
        if item:
            template = _("%(law)s第%(article)s条第%(paragraph)s款第%(item)s项")
        else:
            template = _("%(law)s第%(article)s条第%(paragraph)s款") if paragraph else _("%(law)s第%(article)s条")
        values = {"law": self.law, "article": article, "paragraph": paragraph, "item": item}
        cited = Sentence(template, {name: value for name, value in values.items() if value})
        return cited if self.is_law else Sentence(_("%(mark)s（%(law)s）"), {"mark": self.mark, "law": cited})


@dataclass(frozen=True)
class Threshold:
    """`count` must reach a share of `base`: at least it (以上), or more than it if `strict` (过半数, 超过)."""

    count: Count
    base: Count
    numerator: int
    denominator: int
    strict: bool

    def least(self, base: int) -> int:
        """The smallest whole number that reaches the threshold over a base of `base`."""
        share = self.numerator * base
        return share // self.denominator + 1 if self.strict else -(-share // self.denominator)

    def holds(self, count: int, base: int) -> bool:
        left, right = count * self.denominator, self.numerator * base
        return left > right if self.strict else left >= right

    def words(self) -> Sentence:
        """The share in words, for instance 应到人数的2/3以上."""
        values = {"base": self.base, "share": f"{self.numerator}/{self.denominator}"}
        if self.strict and (self.numerator, self.denominator) == (1, 2):
            return Sentence(_("%(base)s的过半数"), values)
        return Sentence(_("超过%(base)s的%(share)s") if self.strict else _("%(base)s的%(share)s以上"), values)

    def __str__(self) -> str:
        return f"{self.count} {'>' if self.strict else '>='} {self.numerator}/{self.denominator} {self.base}"


@dataclass(frozen=True)
class Demand:
    """A share of `who` that may demand to convene."""

    who: Who
    numerator: int
    denominator: int

    def least(self, number: int) -> int:
        """How many of `number` must demand it."""
        return -(-self.numerator * number // self.denominator)


@dataclass(frozen=True)
class Proxies:
    """Voting for others. `max_per_holder` is None where the text sets no number."""

    allowed: bool = False
    same_household_only: bool = False
    near_kin_only: bool = False
    max_per_holder: int | None = None
    candidates_none: bool = False


@dataclass(frozen=True)
class Rerun:
    """A second ballot for the posts left: candidates are those not elected with most votes, the most votes win, and a
    winner needs `least`."""

    least: Threshold


@dataclass(frozen=True)
class Roll:
    """The electors' roll: shown so many days before the day, objections within, answered within (days)."""

    days_before: int
    objection_days: int
    answer_days: int


Alternative = tuple[Threshold, ...]
"""Thresholds that must all hold."""


@dataclass(frozen=True)
class Rule:
    """One rule in one version. It stands for votes held on days in [from_on, until_on).

    `quorum` holds alternatives, one of which suffices; empty where the text leaves it to the charter. `passing` holds
    conditions, all of which are needed. `clauses` gives for each of notice, quorum, passing, demand, proxies, secret,
    online, kin, rerun, roll the text it comes from. `mode` tells versions of one body apart (how it is elected)."""

    id: str
    body: VoteBody
    name: str
    name_en: str
    from_on: date
    until_on: date | None
    quorum: tuple[Alternative, ...]
    passing: tuple[Threshold, ...]
    mode: str = ""
    notice_days: int | None = None
    demand: tuple[Demand, ...] = ()
    proxies: Proxies = Proxies()
    secret: bool = False
    online_allowed: bool = False
    kin_recusal: bool = False
    more_candidates_than_posts: bool = False
    rerun: Rerun | None = None
    roll: Roll | None = None
    clauses: Mapping[str, Clause] = field(default_factory=dict)

    def stands(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def clause(self, part: str) -> Clause | None:
        return self.clauses.get(part)

    @property
    def attendance(self) -> Count:
        """By what it is counted who takes part: persons present, or ballots cast."""
        used = {threshold.base for threshold in self.passing} | {one.count for way in self.quorum for one in way}
        return Count.CAST if Count.CAST in used else Count.PRESENT


@dataclass(frozen=True)
class Override:
    """What a charter or a town's own list says instead; None leaves the law's. It may only be stricter."""

    source: str
    notice_days: int | None = None
    quorum: tuple[Alternative, ...] | None = None
    passing: tuple[Threshold, ...] | None = None
    proxies: Proxies | None = None
    secret: bool | None = None
