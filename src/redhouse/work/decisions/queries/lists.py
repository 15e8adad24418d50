"""Lists of matters, and the bodies that a person may open one for."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import ProcedureVersion, RunStep
from redhouse.ground.process.queries.versions import versions_in_force
from redhouse.work.decisions.definitions import POWERS
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.matters import matters_for

# Whose matters the ten powers are about: villages and communities, and the collectives in them.
HOST_KINDS = (
    BodyKind.VILLAGE_COMMITTEE,
    BodyKind.RESIDENTS_COMMITTEE,
    BodyKind.ECON_UNION,
    BodyKind.ECON_SOCIETY,
)


def listed(person: Person | None, *, state: str = "", power: str = "", q: str = "") -> QuerySet[Matter]:
    """Matters with their open step; `state` is running, suspended, ended or empty, `q` part of title or number."""
    open_step = RunStep.objects.filter(run_id=OuterRef("run_id"), outcome="")
    rows = matters_for(person).annotate(
        open_key=Subquery(open_step.values("key")[:1]),
        open_number=Subquery(open_step.values("number")[:1]),
        open_due_on=Subquery(open_step.values("due_on")[:1]),
    )
    if state == "running":
        rows = rows.filter(run__ending="", run__suspended_on__isnull=True)
    elif state == "suspended":
        rows = rows.filter(run__ending="", run__suspended_on__isnull=False)
    elif state == "ended":
        rows = rows.exclude(run__ending="")
    if power:
        rows = rows.filter(run__version__code=power)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(number__icontains=q) | Q(run__host__name__icontains=q))
    return rows


def hosts_for(person: Person, on: date) -> list[Body]:
    """Bodies within this person's reach that may have matters, by place."""
    reach = Q(pk__in=())
    for prefix in reach_of(person, Verb.OPEN_MATTERS, on):
        reach |= Q(division_code__startswith=prefix)
    return list(Body.objects.as_of(on).filter(reach, kind__in=HOST_KINDS).order_by("division_code", "kind", "pk"))


def versions_for(person: Person, on: date) -> list[ProcedureVersion]:
    """The version of each of the ten powers that binds a matter opened today where this person stands."""
    return [version for version in versions_in_force(person.division_code, on) if version.code in POWERS]
