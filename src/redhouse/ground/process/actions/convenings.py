"""A lawful demand to convene around a gate that does not pass: a clock, then the town, in public. It passes nothing."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.enums import Unit
from redhouse.ground.process.models import Convening, Run
from redhouse.ground.process.queries.convenings import is_held_up, run_out, unanswered
from redhouse.ground.process.queries.days import own_days
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules import may_record_demand
from redhouse.kit.workdays import last_day


@transaction.atomic
def demand_convening(*, run: Run, count: int, electors: int, by: Person, on: date) -> Convening:
    """Record that `count` of the `electors` demand the meeting. Raises PermissionDenied, NotYet with the number that
    the procedure asks for, ValidationError."""
    run = Run.objects.select_for_update(of=("self",)).select_related("version").get(pk=run.pk)
    if not may_record_demand(by, run, on):
        raise PermissionDenied(_("召集要求由理事会、监事会、村（居）委会、监督委员会或镇登记"))
    demand = procedure_of(run.version).demand
    if demand is None or run.ending or not is_held_up(run, on):
        raise NotYet([_("前置环节退回或逾期未办时，才可以要求召集会议")])
    if unanswered().filter(run=run).exists():
        raise NotYet([_("已有一份召集要求在答复期内")])
    if count * demand.denominator < demand.numerator * electors:
        needed = -(-demand.numerator * electors // demand.denominator)
        raise NotYet(
            [
                _("要求召集须有表决权的%(electors)s人中%(needed)s人以上联名，现有%(count)s人（%(clause)s）")
                % {"electors": electors, "needed": needed, "count": count, "clause": demand.clause.text}
            ]
        )
    due_on = last_day(on, demand.days, working=demand.unit == Unit.WORKING_DAY, own=own_days())
    row = Convening(run=run, demanders=count, electors=electors, demanded_on=on, due_on=due_on, recorded_by=by)
    with in_words(row):
        row.save()
    _record(facts.CONVENING_DEMANDED, row, by.pk, on)
    return row


@transaction.atomic
def escalate_convenings(*, on: date) -> list[Convening]:
    """Bring every demand whose clock has run out before the town. The house does it, nobody decides. Returns them."""
    rows = list(run_out(on).select_for_update(of=("self",), skip_locked=True))
    for row in rows:
        row.escalated_on = on
        row.save(update_fields=["escalated_on"])
        _record(facts.CONVENING_ESCALATED, row, None, on)
    return rows


def _record(kind: str, row: Convening, by: int | None, on: date) -> None:
    step = open_step(row.run)
    assert step is not None
    ledger.record(
        kind,
        happened_on=on,
        division_code=row.run.division_code,
        by=by,
        subject=row.run_id,
        object=step.pk,
        quantity=row.demanders,
        label=f"{row.run.version.code}.{step.key}",
    )
