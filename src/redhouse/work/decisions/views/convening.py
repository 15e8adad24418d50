"""Around a gate that does not pass: record that electors demand the meeting, see how many the rule asks for."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions
from redhouse.ground.process.models import Convening, Run
from redhouse.ground.process.procedure import Demand
from redhouse.ground.process.queries import convening_of, is_held_up, procedure_of
from redhouse.ground.process.queries.convenings import unanswered
from redhouse.ground.process.rules import may_record_demand
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions import queries
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.views.meeting_common import done, whole


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


@needs(None, queries.matter_for)
@require_POST
def demand(request: PersonRequest, matter: Matter) -> HttpResponse:
    def act() -> str:
        count, electors = (whole(request.POST.get(name, "")) for name in ("count", "electors"))
        if not count or not electors:
            raise NotYet([_("请写联名人数和有表决权的人数")])
        row = actions.demand_convening(run=matter.run, count=count, electors=electors, by=request.person, on=today())
        return _("已登记，%(day)s前召集；期满未召集的，提交镇并公开。") % {"day": row.due_on}

    return done(request, act, "decisions:matter", matter.pk)
