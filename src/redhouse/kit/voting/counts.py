"""What was counted at a vote, and whether the counts can be true together."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.shapes import Rule
from redhouse.kit.voting.words import Count


class CountError(SentenceError):
    """The counts contradict one another; names which."""


class MissingCount(CountError):
    """The rule needs a count that was not given."""

    def __init__(self, rule: str, count: Count) -> None:
        self.count = count
        super().__init__(_("%(rule)s还需要：%(count)s（%(name)s）。"), rule=rule, count=count, name=count.value)


@dataclass(frozen=True)
class Counts:
    """Whole numbers; None is "not given". Areas in hundredths of a square metre. Of owners, heads are electors, present
    and for."""

    electors: int | None = None
    present: int | None = None
    cast: int | None = None
    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    households: int | None = None
    households_present: int | None = None
    area: int | None = None
    area_present: int | None = None
    area_for: int | None = None

    def get(self, count: Count) -> int | None:
        value: int | None = getattr(self, _attribute(count))
        return value

    @classmethod
    def of(cls, values: Mapping[Count, int]) -> "Counts":
        return cls(**{_attribute(count): value for count, value in values.items()})

    @property
    def given(self) -> dict[Count, int]:
        return {count: value for count in Count if (value := self.get(count)) is not None}


# (smaller, larger): the first can never exceed the second.
WITHIN = (
    (Count.PRESENT, Count.ELECTORS),
    (Count.CAST, Count.ELECTORS),
    (Count.FOR, Count.ELECTORS),
    (Count.FOR, Count.CAST),
    (Count.HOUSEHOLDS_PRESENT, Count.HOUSEHOLDS),
    (Count.AREA_PRESENT, Count.AREA),
    (Count.AREA_FOR, Count.AREA_PRESENT),
)


def check(rule: Rule, counts: Counts) -> None:
    """Raise CountError where the counts are negative, empty or contradict one another."""
    given = counts.given
    for count, value in given.items():
        if value < 0:
            raise CountError(_("%(count)s不能是负数：%(value)s。"), count=count, value=value)
    for base in (Count.ELECTORS, Count.HOUSEHOLDS, Count.AREA):
        if given.get(base) == 0:
            raise CountError(_("%(base)s是零，没有人可以表决；请核对名册。"), base=base)
    within = list(WITHIN)
    if rule.attendance is Count.PRESENT:  # elections go by ballots cast, wherever they were cast
        within += [(Count.CAST, Count.PRESENT), (Count.HOUSEHOLDS_PRESENT, Count.PRESENT)]
    for small, large in within:
        if small in given and large in given and given[small] > given[large]:
            raise CountError(
                _("%(small)s（%(a)s）超过了%(large)s（%(b)s）；请核对。"),
                small=small, large=large, a=with_unit(small, given[small]), b=with_unit(large, given[large]),
            )  # fmt: skip
    votes = sum(given.get(count, 0) for count in (Count.FOR, Count.AGAINST, Count.ABSTAIN))
    for whole in {rule.attendance, Count.CAST} & set(given):
        if votes > given[whole]:
            raise CountError(
                _("赞成、反对、弃权合计%(votes)s，超过了%(whole)s（%(number)s）；请核对。"),
                votes=votes, whole=whole, number=given[whole],
            )  # fmt: skip


def shown(count: Count, value: int) -> str:
    """A number as people read it: area in square metres with two decimals."""
    if count.is_area:
        whole, part = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{whole}.{part:02}"
    return str(value)


def with_unit(count: Count, value: int) -> str:
    """The same for sentences: area with its unit."""
    return f"{shown(count, value)}㎡" if count.is_area else shown(count, value)


def _attribute(count: Count) -> str:
    return "for_" if count is Count.FOR else count.value


assert {_attribute(count) for count in Count} == {field.name for field in fields(Counts)}
