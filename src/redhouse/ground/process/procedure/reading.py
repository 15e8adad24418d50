"""Read one procedure file. A slip is named by file, step, field and mend; nothing half-read is handed on."""

import tomllib
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from redhouse.ground.process.enums import OUTCOMES, Bound, Ending, Mark, MatterFact, Outcome, Role, StepKind, Unit
from redhouse.ground.process.procedure.shape import Clause, Clock, Demand, Procedure, Step
from redhouse.kit.errors import DATA, HouseError


class ProcedureError(HouseError):
    """The file is no procedure: the sentence names the place and the mend."""

    exit_code = DATA


def read_procedure(text: str, *, origin: str = "") -> Procedure:
    """Raises ProcedureError. Whether the procedure is safe is another question: see the proofs."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProcedureError(f"{origin}：不是合格的 TOML（{error}）：请按行号改正。") from None
    head = data["procedure"]
    steps = tuple(_step(row) for row in data["step"])
    until: date | None = head.get("until_on")
    return Procedure(
        code=head["code"],
        name=head["name"],
        from_on=head["from_on"],
        until_on=until,
        steps=steps,
        demand=_demand(data["demand"]) if "demand" in data else None,
        clauses=tuple(_clause(row) for row in head.get("clauses", ())),
        text=text,
        digest=sha256(text.encode()).hexdigest(),
    )


def _clause(row: dict[str, Any]) -> Clause:
    return Clause(row["text"], Mark(row["mark"]))


def _clock(row: dict[str, Any], key: str) -> Clock:
    return Clock(row["count"], Unit(row["unit"]), Bound(row["bound"]), row.get("before", key), _clause(row["clause"]))


def _demand(row: dict[str, Any]) -> Demand:
    return Demand(
        row["numerator"],
        row["denominator"],
        row["days"],
        Unit(row["unit"]),
        Role(row["escalates_to"]),
        _clause(row["clause"]),
    )


def _step(row: dict[str, Any]) -> Step:
    kind = StepKind(row["kind"])
    ways = row.get("next", {})
    if kind not in {StepKind.BRANCH, StepKind.END}:
        for way in ways:
            if Outcome(way) not in OUTCOMES[kind]:
                raise ProcedureError(f"步骤 {row['key']}：“{kind.label}”没有“{way}”这个结果。")
    return Step(
        key=row["key"],
        kind=kind,
        name=row.get("name", str(kind.label)),
        owed_by=tuple(Role(role) for role in row.get("owed_by", ())),
        clauses=tuple(_clause(clause) for clause in row.get("clauses", ())),
        clocks=tuple(_clock(clock, row["key"]) for clock in row.get("clocks", ())),
        evidence=tuple(row.get("evidence", ())),
        body=row.get("body", ""),
        rule=row.get("rule", ""),
        subject=row.get("subject", ""),
        fact=MatterFact(row["fact"]) if "fact" in row else None,
        ending=Ending(row["ending"]) if "ending" in row else None,
        apart_from=tuple(row.get("apart_from", ())),
        next=MappingProxyType(dict(ways)),
    )
