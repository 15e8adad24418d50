"""The shape of a procedure. One step is open at a time; how it closes says which opens next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from django.utils.translation import get_language

from redhouse.ground.process.enums import Bound, Ending, Mark, MatterFact, Outcome, Role, StepKind, Unit
from redhouse.kit.voting import Override, Rule, VoteBody, rule_at, tightened

_OUTCOMES = {str(outcome): outcome for outcome in Outcome}


def in_words(zh: str, en: str) -> str:
    """The name for the reader; Chinese where there is no English."""
    return en if en and (get_language() or "").startswith("en") else zh


@dataclass(frozen=True)
class Clause:
    """Where a rule stands, e.g. “农村集体经济组织法 第二十七条”, and how sure we are of it."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Clock:
    """A span of days that begins when its step is closed (`AT_LEAST`) or opened (`AT_MOST`).

    An `AT_LEAST` clock must have run out before the step `before` may close: a publicity that is posted at its own step
    runs on beside the next ones. Late is flagged, never decided: no clock closes a step.
    """

    count: int
    unit: Unit
    bound: Bound
    before: str  # key of the step that may not close earlier; for AT_MOST the step itself
    clause: Clause


@dataclass(frozen=True)
class Step:
    """`body`, `rule` and `subject` name who decides by which rule (`kit.voting`), for votes and party meetings.

    `next` leads each outcome (or each value of `fact`, for a branch) to the key of a step. `apart_from` are steps whose
    closers must be other people. `disclosed`: when the step turns the matter aside, that and its reasons are public.
    """

    key: str
    kind: StepKind
    zh: str = ""  # its own name, where the name of its kind does not tell it from others
    en: str = ""
    owed_by: tuple[Role, ...] = ()
    clauses: tuple[Clause, ...] = ()
    clocks: tuple[Clock, ...] = ()
    evidence: tuple[str, ...] = ()  # kinds of paper (`papers.PaperKind`) without which the step does not close
    body: str = ""
    rule: str = ""
    subject: str = ""
    stricter: Override | None = None  # thresholds above the rule's own
    fact: MatterFact | None = None
    ending: Ending | None = None
    apart_from: tuple[str, ...] = ()
    disclosed: bool = False
    next: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_words(self.zh, self.en) or str((self.fact or self.ending or self.kind).label)

    @property
    def is_human(self) -> bool:
        """Whether somebody takes it; else it is a branch or an end."""
        return self.kind not in {StepKind.BRANCH, StepKind.END}

    def rule_on(self, on: date) -> Rule:
        """The rule by which a vote on that day is decided: the law's, with what this step asks above it.

        Raises NotInForce on a day when the rule does not stand.
        """
        rule = rule_at(self.rule, on, VoteBody(self.body))
        return tightened(rule, self.stricter) if self.stricter else rule

    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(_OUTCOMES[name] for name in self.next) if self.is_human else ()


@dataclass(frozen=True)
class Demand:
    """A gate that does not pass is no veto: this share of the electors may demand that the body be convened, which
    starts a clock; when it runs out the matter is before the town, in public. It never passes anything by itself."""

    numerator: int
    denominator: int
    days: int
    unit: Unit
    escalates_to: Role
    clause: Clause


@dataclass(frozen=True)
class Procedure:
    """One version of one power: in force for matters opened in `[from_on, until_on)`."""

    code: str
    zh: str
    en: str
    from_on: date
    until_on: date | None
    steps: tuple[Step, ...]  # the first is where a run begins
    demand: Demand | None
    clauses: tuple[Clause, ...]
    text: str  # the file, byte for byte: what is signed and compared
    digest: str  # SHA-256 of `text` in UTF-8, hexadecimal

    @cached_property
    def by_key(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_words(self.zh, self.en)

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Keys of the steps that wait for some clock."""
        return frozenset(clock.before for step in self.steps for clock in step.clocks if clock.bound == Bound.AT_LEAST)

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def is_case(self) -> bool:
        """Whether it settles what somebody reported, rather than decides a matter."""
        return self.first.kind == StepKind.ACCEPT

    @cached_property
    def facts(self) -> tuple[MatterFact, ...]:
        """The typed facts that the ways of this procedure part by: what a draft must state."""
        return tuple(dict.fromkeys(step.fact for step in self.steps if step.fact is not None))

    def after(self, key: str, outcome: str, facts: Mapping[MatterFact, str]) -> Step:
        """The step that opens when `key` closes with `outcome`; branches are passed at once by the facts."""
        step = self.by_key[self.by_key[key].next[outcome]]
        while step.kind == StepKind.BRANCH:
            assert step.fact is not None
            step = self.by_key[step.next[facts[step.fact]]]
        return step
