"""Walk a witness through a procedure by its own `next`, knowing nothing of the proofs."""

from redhouse.ground.process.procedure import Procedure
from redhouse.ground.process.procedure.proofs import Way


def replay(procedure: Procedure, way: Way) -> str:
    """The key of the step it leads to. Fails where it is no way, or where one draft answers one fact in two ways."""
    here, known = procedure.first.key, {}
    for key, outcome in way:
        assert key == here, f"the way is at {here}, not at {key}"
        step = procedure.by_key[key]
        assert outcome in step.next, f"{key} does not close with {outcome}"
        if step.fact is not None:
            assert known.setdefault(step.fact, outcome) == outcome, f"{step.fact} is {known[step.fact]}"
        if step.kind == "draft":
            known = {}
        here = step.next[outcome]
    assert here in procedure.by_key
    return here
