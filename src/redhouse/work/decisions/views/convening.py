"""Around a gate that does not pass: record that electors demand the meeting, see how many the rule asks for."""

from dataclasses import dataclass
from datetime import date

from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Convening, Run
from redhouse.ground.process.procedure import Demand
from redhouse.ground.process.queries import convening_of, is_held_up, procedure_of
from redhouse.ground.process.queries.convenings import unanswered
from redhouse.ground.process.rules import may_record_demand
from redhouse.web.telling import doing
from redhouse.work.decisions.verbs import matters as verbs


@dataclass(frozen=True)
class Way:
    """What the page of a matter says of the way around its gates. `row` is the newest demand."""

    demand: Demand
    row: Convening | None
    waits: bool
    may_record: bool


def way_around(person: Person, run: Run, on: date) -> Way | None:
    """None where no gate holds the matter up and nobody ever demanded anything."""
    demand, row = procedure_of(run.version).demand, convening_of(run)
    held = not run.ending and is_held_up(run, on)
    if demand is None or not (held or row is not None):
        return None
    waits = row is not None and unanswered().filter(pk=row.pk).exists()
    return Way(demand, row, waits, held and not waits and may_record_demand(person, run, on))


demand = doing(verbs.demand, "decisions:matter")
