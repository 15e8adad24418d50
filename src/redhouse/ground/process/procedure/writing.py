"""Write a procedure as a file that `reading` reads back to the same: what a town adds becomes one more text."""

from collections.abc import Iterator
from datetime import date
from json import dumps

from redhouse.ground.process.enums import Bound
from redhouse.ground.process.procedure.shape import Clause, Clock, Demand, Procedure, Step
from redhouse.kit.voting import Override


def write_procedure(procedure: Procedure) -> str:
    """TOML in the order of the files of the law; comments are not kept."""
    lines = [*_head(procedure)]
    if procedure.demand is not None:
        lines += ["", *_demand(procedure.demand)]
    for step in procedure.steps:
        lines += ["", *_step(step)]
    return "\n".join(lines) + "\n"


def _head(procedure: Procedure) -> Iterator[str]:
    yield "[procedure]"
    yield from _texts(code=procedure.code, zh=procedure.zh, en=procedure.en)
    yield f"from_on = {procedure.from_on.isoformat()}"
    if procedure.until_on is not None:
        yield f"until_on = {procedure.until_on.isoformat()}"
    yield from _clauses(procedure.clauses)


def _demand(demand: Demand) -> Iterator[str]:
    yield "[demand]"
    for name in ("numerator", "denominator", "days"):
        yield f"{name} = {getattr(demand, name)}"
    yield from _texts(unit=str(demand.unit), escalates_to=str(demand.escalates_to))
    yield f"clause = {_clause(demand.clause)}"


def _step(step: Step) -> Iterator[str]:
    yield "[[step]]"
    yield from _texts(key=step.key, kind=str(step.kind), zh=step.zh, en=step.en)
    yield from _list("owed_by", step.owed_by)
    yield from _list("apart_from", step.apart_from)
    yield from _texts(body=step.body, rule=step.rule, subject=step.subject)
    yield from _texts(fact=str(step.fact or ""), ending=str(step.ending or ""))
    yield from _list("evidence", step.evidence)
    if step.stricter is not None:
        yield f"stricter = {_stricter(step.stricter)}"
    yield from _clauses(step.clauses)
    if step.clocks:
        yield "clocks = ["
        yield from (f"    {_clock(clock)}," for clock in step.clocks)
        yield "]"
    if step.disclosed:
        yield "disclosed = true"
    if step.next:
        yield "next = { " + ", ".join(f"{way} = {_text(target)}" for way, target in step.next.items()) + " }"


def _clock(clock: Clock) -> str:
    before = f", before = {_text(clock.before)}" if clock.bound == Bound.AT_LEAST else ""
    words = f"bound = {_text(clock.bound)}{before}, count = {clock.count}, unit = {_text(clock.unit)}"
    return f"{{ {words}, clause = {_clause(clock.clause)} }}"


def _stricter(stricter: Override) -> str:
    parts = []
    if stricter.quorum is not None:
        parts.append(f"quorum = [{', '.join(_text(str(one)) for way in stricter.quorum for one in way)}]")
    if stricter.passing is not None:
        parts.append(f"passing = [{', '.join(_text(str(one)) for one in stricter.passing)}]")
    return "{ " + ", ".join(parts) + " }"


def _clauses(clauses: tuple[Clause, ...]) -> Iterator[str]:
    if clauses:
        yield "clauses = ["
        yield from (f"    {_clause(clause)}," for clause in clauses)
        yield "]"


def _clause(clause: Clause) -> str:
    return f"{{ text = {_text(clause.text)}, mark = {_text(clause.mark)} }}"


def _list(name: str, words: tuple[str, ...]) -> Iterator[str]:
    if words:
        yield f"{name} = [{', '.join(_text(word) for word in words)}]"


def _texts(**fields: str) -> Iterator[str]:
    yield from (f"{name} = {_text(value)}" for name, value in fields.items() if value)


def _text(value: str | date) -> str:
    """A basic string of TOML is written as JSON writes one, but for the delete character."""
    return dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
