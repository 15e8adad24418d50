"""C1-C6: a procedure that settles what somebody reported. A way remembers two things: that it was handled with
evidence, and that this was verified since. All ways are visited, the shortest first."""

from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import ASIDE, Bound, Ending, Mark, Outcome, Role, StepKind
from redhouse.ground.process.procedure.proofs.refusal import CaseObligation, Refusal, Way
from redhouse.ground.process.procedure.shape import Clause, Procedure, Step
from redhouse.ground.process.procedure.statute import HOUSE, SEPARATION

STANDARD = Clause("GB/T 30428.8 数字化城市管理信息系统：立案、处置和结案", Mark.UNVERIFIED)
TOWN = frozenset((Role.TOWN_ORG_OFFICE, Role.TOWN_LEADER, Role.GRID_DISPATCHER, Role.TOWN_HANDLER))
ENDINGS = (Ending.CLOSED, Ending.REJECTED, Ending.HANDED_UP)
C1, C2, C3 = CaseObligation.C1, CaseObligation.C2, CaseObligation.C3
C4, C5, C6 = CaseObligation.C4, CaseObligation.C5, CaseObligation.C6
Wrong = tuple[CaseObligation, str, Clause]


class State(NamedTuple):
    key: str
    handled: bool = False
    verified: bool = False


EVERY_END = State("")


class CaseExamination:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.parents: dict[State, tuple[State, str] | None] = {}
        self.edges: list[tuple[State, State]] = []

    @property
    def states(self) -> int:
        return len(self.parents)

    def refusals(self) -> Iterator[Refusal]:
        """Each obligation with each sentence once."""
        said = set()
        for (obligation, sentence, clause), way in chain(self._everywhere(), self._to_an_end()):
            if (obligation, sentence) not in said:
                said.add((obligation, sentence))
                yield Refusal(obligation, sentence, clause, way)

    def _everywhere(self) -> Iterator[tuple[Wrong, Way]]:
        start = State(self.procedure.first.key)
        self.parents[start] = None
        waiting, judged = deque([start]), set[str]()
        while waiting:
            state = waiting.popleft()
            step = self.procedure.by_key[state.key]
            found = [] if step.key in judged else list(_by_itself(self.procedure, step))
            judged.add(step.key)
            for wrong in (*found, *_arriving(step, state)):
                yield wrong, self._way(state)
            if step.kind == StepKind.END:
                self.edges.append((state, EVERY_END))
            for outcome, target in step.next.items():
                after = _after(step, outcome, target, state)
                self.edges.append((state, after))
                if after not in self.parents:
                    self.parents[after] = (state, outcome)
                    waiting.append(after)

    def _to_an_end(self) -> Iterator[tuple[Wrong, Way]]:
        import networkx  # slow to load, for whoever proves something only

        ways: networkx.DiGraph[State] = networkx.DiGraph(self.edges)
        ways.add_node(EVERY_END)
        reaching = networkx.ancestors(ways, EVERY_END)
        for state in self.parents:
            step = self.procedure.by_key[state.key]
            if state not in reaching:
                yield (C5, _("到了“%(step)s”以后，再也走不到终点") % {"step": step.name}, HOUSE), self._way(state)
                break
        if not any(self.procedure.by_key[state.key].ending == Ending.CLOSED for state in self.parents):
            yield (C5, _("没有一条路走得到结案"), HOUSE), ()

    def _way(self, state: State) -> Way:
        way: Way = ()
        parent = self.parents[state]
        while parent is not None:
            here, outcome = parent
            way = ((here.key, outcome), *way)
            parent = self.parents[here]
        return way


def _after(step: Step, outcome: str, target: str, state: State) -> State:
    """Handled anew or sent back: what was verified before counts no more."""
    if step.kind == StepKind.HANDLE:
        return State(target, handled=outcome == Outcome.HANDLED)
    if step.kind == StepKind.VERIFY:
        return State(target, state.handled, verified=state.handled and outcome == Outcome.VERIFIED)
    if outcome in {Outcome.CLOSED, Outcome.CLOSED_REGARDLESS}:
        return state._replace(key=target)
    return State(target)


def _arriving(step: Step, state: State) -> Iterator[Wrong]:
    values = {"step": step.name}
    if step.kind == StepKind.VERIFY and not state.handled:
        yield C2, _("没有处置，就到了“%(step)s”") % values, STANDARD
    if (step.kind == StepKind.CLOSE or step.ending == Ending.CLOSED) and not state.verified:
        yield C2, _("没有核查通过，就到了“%(step)s”") % values, STANDARD
    if step.kind == StepKind.END and step.ending not in ENDINGS:
        yield C5, _("事件不能这样终结：“%(step)s”") % values, HOUSE
    if step.ending == Ending.REJECTED and state.handled:
        yield C2, _("已经处置，又到了“%(step)s”") % values, STANDARD


def _by_itself(procedure: Procedure, step: Step) -> Iterator[Wrong]:
    values = {"step": step.name}
    if step.kind == StepKind.HANDLE and not step.evidence:
        yield C2, _("“%(step)s”不要佐证材料") % values, STANDARD
    if step.kind in {StepKind.VERIFY, StepKind.CLOSE}:
        for other in procedure.steps:
            if other.kind == StepKind.HANDLE and other.key not in step.apart_from and step.key not in other.apart_from:
                sentence = _("“%(one)s”和“%(other)s”可以由同一个人办结") % {"one": other.name, "other": step.name}
                yield C1, sentence, SEPARATION
    for outcome, target in step.next.items():
        ending = procedure.by_key[target].ending
        if ending == Ending.CLOSED and step.kind != StepKind.CLOSE:
            yield C2, _("“%(step)s”没有答复上报人就结案") % values, STANDARD
        if outcome in ASIDE and not step.disclosed:
            yield C3, _("“%(step)s”%(outcome)s而不公开") % (values | {"outcome": Outcome(outcome).label}), HOUSE
        if outcome == Outcome.ESCALATED:
            yield from _upward(procedure, step, procedure.by_key[target])
    if step.is_human and not any(clock.bound == Bound.AT_MOST for clock in step.clocks):
        yield C4, _("“%(step)s”没有办理时限，可以无限期搁置") % values, HOUSE


def _upward(procedure: Procedure, step: Step, target: Step) -> Iterator[Wrong]:
    values = {"step": step.name, "target": target.name}
    if target.ending == Ending.HANDED_UP:
        if not set(step.owed_by) & TOWN:
            yield C6, _("“%(step)s”越过镇，直接转了上级") % values, HOUSE
        return
    if not target.is_human or not set(target.owed_by) <= TOWN or set(step.owed_by) <= TOWN:
        yield C6, _("“%(step)s”吹哨上报到“%(target)s”，不是向上") % values, HOUSE
    elif Outcome.RETURNED not in target.outcomes():
        yield C6, _("“%(target)s”不接也不能退回，没有记录") % values, HOUSE
