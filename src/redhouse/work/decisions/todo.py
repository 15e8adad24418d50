"""Steps of matters that one owes."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.ground.process.queries import owed_by, procedure_of
from redhouse.work.decisions.models import Matter


@source
def steps(person: Person, on: date) -> Iterable[Owed]:
    """Open steps that this person may close; suspended matters wait. Two queries besides those of `owed_by`."""
    owed = [step for step in owed_by(person, on) if step.run.suspended_on is None]
    if not owed:
        return
    matters = {matter.run_id: matter for matter in Matter.objects.filter(run__in={step.run_id for step in owed})}
    for step in owed:
        matter, rule = matters.get(step.run_id), procedure_of(step.run.version).by_key[step.key]
        if matter is not None:
            yield Owed(
                title=matter.title,
                sub=f"{step.run.version.code}　{step.run.host.name}",
                step=rule.name,
                how=_("打开事项，看还差什么，再办结这一步"),
                clause=rule.clauses[0].text if rule.clauses else "",
                link=reverse("decisions:matter", args=[matter.pk]),
                action=_("去办"),
                due_on=step.due_on,
                from_on=step.opened_on,
            )
