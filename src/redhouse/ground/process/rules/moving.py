"""Where a running matter may be taken by a move: never past a gate. The database asks the same."""

from collections.abc import Mapping

from redhouse.ground.process.enums import BACKWARD, GATES, Outcome, StepKind
from redhouse.ground.process.models import ProcedureVersion, RunStep

_RANK = {str(kind): rank for rank, kind in enumerate(StepKind)}
_AFRESH = (Outcome.CHANGED, Outcome.UPHELD)


def gates_for(step: RunStep, version: ProcedureVersion, facts: Mapping[str, str]) -> list[str]:
    """Keys of `version` to which the run waiting at `step` may be taken, the furthest first; the draft is the last.

    A gate that a lesser kind of step leads to, not past the kind of `step`, all lesser gates passed since the draft or
    the last material change. Within one version only back to the draft.
    """
    passed = _passed(step)
    allowed = []
    for key, rule in version.steps.items():
        kind = rule["kind"]
        if kind not in (StepKind.DRAFT, *GATES) or _RANK[kind] > _RANK[step.kind]:
            continue
        lesser = {gate for gate in GATES if _RANK[gate] < _RANK[kind]}
        if kind != StepKind.DRAFT and (version.pk == step.run.version_id or not lesser <= passed):
            continue
        if _is_entered(key, kind, version, facts):
            allowed.append((_RANK[kind], key))
    return [key for _rank, key in sorted(allowed, reverse=True)]


def _passed(step: RunStep) -> set[str]:
    """Kinds of the gates passed since the last draft or material change."""
    passed: set[str] = set()
    for kind, outcome in step.run.steps.exclude(outcome="").order_by("number").values_list("kind", "outcome"):
        if kind == StepKind.DRAFT or outcome in _AFRESH:
            passed = set()
        elif outcome not in BACKWARD:
            passed.add(kind)
    return passed


def _is_entered(key: str, kind: str, version: ProcedureVersion, facts: Mapping[str, str]) -> bool:
    """Whether, with these facts, a way from a lesser kind of step, or from the start, leads to the key."""
    return any(
        target == key and given.items() <= facts.items()
        for here, outcomes in version.ways.items()
        if not here or _RANK[version.steps[here]["kind"]] < _RANK[kind]
        for ways in outcomes.values()
        for given, target in ways
    )
