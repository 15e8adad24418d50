"""Prove that a procedure keeps O1-O6 on every way through it, rework included, or refuse it with a way that does not.
What settles cases keeps C1-C6 instead (`cases`).

A way is a run in the abstract: where it stands, what it remembers of the past (`memory`), and what is known of the
matter. There are few of these states, so all are visited, shortest ways first: the witness is a shortest one. A way
that has gone wrong is not followed further, so that one slip is told once. Facts are asked lazily at branches, and
forgotten when a new draft comes in, since it may state them anew.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import Ending, StepKind
from redhouse.ground.process.procedure.proofs.cases import CaseExamination
from redhouse.ground.process.procedure.proofs.duties import Arrival, Wrong, wrong
from redhouse.ground.process.procedure.proofs.law import Facts, days
from redhouse.ground.process.procedure.proofs.memory import Memory, closed
from redhouse.ground.process.procedure.proofs.refusal import CaseObligation, Obligation, Refusal, Way, tell
from redhouse.ground.process.procedure.proofs.standing import wrong_by_itself
from redhouse.ground.process.procedure.shape import Procedure, Step
from redhouse.ground.process.procedure.statute import HOUSE, subjects

__all__ = ["CaseObligation", "Obligation", "Proof", "Refusal", "Way", "examine", "first_refusal", "prove", "tell"]

Found = tuple[Wrong, Way]


class State(NamedTuple):
    key: str
    memory: Memory
    facts: Facts


EVERY_END = State("", Memory(), ())  # where all ends lead


@dataclass(frozen=True)
class Proof:
    """What was found; `states` is how many were visited. The procedure is proved when there is no refusal."""

    refusals: tuple[Refusal, ...]
    states: int


def prove(procedure: Procedure) -> list[Refusal]:
    """Every obligation that the procedure breaks, each with a shortest way; empty when it is proved."""
    return list(_examination(procedure).refusals())


def first_refusal(procedure: Procedure) -> Refusal | None:
    """The one with the shortest way, looking no further; None when the procedure is proved."""
    return next(_examination(procedure).refusals(), None)


def examine(procedure: Procedure) -> Proof:
    """Prove, and tell how many states that took."""
    examination = _examination(procedure)
    return Proof(tuple(examination.refusals()), examination.states)


def _examination(procedure: Procedure) -> "_Examination | CaseExamination":
    return CaseExamination(procedure) if procedure.is_case else _Examination(procedure)


class _Examination:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.days = days(procedure)
        # how each state was first reached: from which, by which ways (a closing, then perhaps branches)
        self.parents: dict[State, tuple[State | None, Way]] = {}
        self.edges: list[tuple[State, State]] = []
        self.stopped: set[State] = set()  # a way was wrong here and not followed further

    @property
    def states(self) -> int:
        return len(self.parents)

    def refusals(self) -> Iterator[Refusal]:
        """Each obligation with each sentence once, in the order of the ways that show it."""
        said = set()
        for (obligation, sentence, clause), way in chain(self._everywhere(), self._to_an_end()):
            if (obligation, sentence) not in said:
                said.add((obligation, sentence))
                yield Refusal(obligation, sentence, clause, way)

    def _everywhere(self) -> Iterator[Found]:
        """Visit every state, breadth first."""
        procedure = self.procedure
        if not subjects(procedure.code, {}):
            yield (Obligation.O3, _("不知道%(code)s是什么事权") % {"code": procedure.code}, HOUSE), ()
        start = State(procedure.first.key, Memory(), ())
        yield from self._arrive(start, None, ())
        waiting = deque([start])
        judged: set[str] = set()
        while waiting:
            state = waiting.popleft()
            step = procedure.by_key[state.key]
            if step.key not in judged:
                judged.add(step.key)
                for each in wrong_by_itself(procedure, step, self.days):
                    yield each, self._way(state)
            if step.kind == StepKind.END or state in self.stopped:
                self.edges.append((state, EVERY_END))
                continue
            for outcome in step.outcomes():
                memory = closed(procedure, state.memory, step, outcome)
                facts = () if step.kind == StepKind.DRAFT else state.facts
                for target, known, ways in self._leads(step.next[outcome], facts, ((step.key, str(outcome)),)):
                    if target.kind == StepKind.BRANCH:
                        yield (Obligation.O5, _("分支绕成一圈，没有人能让它停下"), HOUSE), self._way(state) + ways
                        continue
                    after = State(target.key, memory, known)
                    self.edges.append((state, after))
                    if after not in self.parents:
                        yield from self._arrive(after, state, ways)
                        waiting.append(after)

    def _leads(self, key: str, facts: Facts, ways: Way) -> Iterator[tuple[Step, Facts, Way]]:
        """Pass branches: by what is known, or else once for each value. A branch handed back means a ring of them."""
        step = self.procedure.by_key[key]
        if step.fact is None or any(key == passed for passed, _value in ways):
            yield step, facts, ways
            return
        known = dict(facts)
        for value in [known[step.fact]] if step.fact in known else list(step.next):
            more = tuple(sorted({**known, step.fact: value}.items()))
            yield from self._leads(step.next[value], more, (*ways, (key, value)))

    def _arrive(self, state: State, parent: State | None, ways: Way) -> Iterator[Found]:
        self.parents[state] = (parent, ways)
        step = self.procedure.by_key[state.key]
        for each in wrong(Arrival(self.procedure, step, state.memory, state.facts, self.days)):
            self.stopped.add(state)
            yield each, self._way(state)

    def _to_an_end(self) -> Iterator[Found]:
        """O5: from everywhere some end is reached, and from the start the archive."""
        import networkx  # a fifth of a second at every start, for whoever proves something only

        ways: networkx.DiGraph[State] = networkx.DiGraph(self.edges)
        ways.add_node(EVERY_END)
        reaching = networkx.ancestors(ways, EVERY_END)
        for state in self.parents:
            if state not in reaching:
                values = {"step": self.procedure.by_key[state.key].name}
                yield (Obligation.O5, _("到了“%(step)s”以后，再也走不到终点") % values, HOUSE), self._way(state)
                break
        archived = any(self.procedure.by_key[state.key].ending == Ending.ARCHIVED for state in self.parents)
        if not archived and not self.stopped:
            yield (Obligation.O5, _("没有一条路走得到归档"), HOUSE), ()

    def _way(self, state: State) -> Way:
        way: Way = ()
        here: State | None = state
        while here is not None:
            here, ways = self.parents[here]
            way = ways + way
        return way
