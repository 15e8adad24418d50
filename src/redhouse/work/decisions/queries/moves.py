"""Running matters that a version could take over: where each may go, and what it has to state first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from redhouse.ground.people.models import Person
from redhouse.ground.process import actions
from redhouse.ground.process.enums import FACT_VALUES, MatterFact
from redhouse.ground.process.models import ProcedureVersion, Run
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.work.decisions.enums import VALUE_WORDS
from redhouse.work.decisions.queries.matters import matters_for
from redhouse.work.decisions.queries.stages import names_of_steps


@dataclass(frozen=True)
class FactAsked:
    """A typed fact that the version asks and the matter has not stated."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    value: str


@dataclass(frozen=True)
class Row:
    """`matter` is its key, `gates` the furthest first; `gate`, the values of facts and `picked` are what was said."""

    matter: int
    run: Run
    title: str
    now: str
    gates: list[tuple[str, str]]
    gate: str
    facts: list[FactAsked]
    picked: bool


def moves_for(
    person: Person, version: ProcedureVersion, said: Mapping[str, str] | None = None, picked: Sequence[str] = ()
) -> list[Row]:
    """One row a matter that this person may see; what was chosen before stays chosen."""
    seen = {run: (key, title) for run, key, title in matters_for(person).values_list("run_id", "pk", "title")}
    asked, names, said = procedure_of(version).facts, procedure_of(version).by_key, said or {}
    rows = []
    for move in actions.preview_moves(version):
        run = move.step.run
        if run.pk in seen:
            key, title = seen[run.pk]
            wanted = [fact for fact in asked if run.facts.get(fact) not in FACT_VALUES[fact]]
            rows.append(
                Row(
                    matter=key,
                    run=run,
                    title=title,
                    now=names_of_steps(run.version).get(move.step.key, ""),
                    gates=[(gate, names[gate].name) for gate in move.gates],
                    gate=said.get(f"gate-{key}", ""),
                    facts=[_asked(fact, said.get(f"fact-{key}-{fact.value}", "")) for fact in wanted],
                    picked=str(key) in picked,
                )
            )
    return rows


def _asked(fact: MatterFact, value: str) -> FactAsked:
    return FactAsked(fact.value, fact.label, [(each, VALUE_WORDS[each]) for each in FACT_VALUES[fact]], value)
