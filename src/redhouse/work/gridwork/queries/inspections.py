"""Rounds with how far they are, and the register of hazards."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import CODE_LENGTH, PREFIX_LENGTHS, is_within, prefix
from redhouse.kit.today import today
from redhouse.work.gridwork.models import Hazard, Inspection, InspectionForm, Round, Site


def _rounds(person: Person | None, on: date) -> QuerySet[Round]:
    """Of places within this person's reach, and of those that hold it: a round of the whole town is everybody's."""
    reach = reach_of(person, Verb.SEE_CASES, on)
    above = {part[:end].ljust(CODE_LENGTH, "0") for part in reach for end in PREFIX_LENGTHS.values() if end < len(part)}
    return Round.objects.select_related("form").filter(within(reach) | Q(division_code__in=above))


def rounds_for(person: Person | None, on: date) -> list[tuple[Round, int, int]]:
    """(round, sites looked at, sites of the round), the forty that are due last; three queries."""
    rows = list(_rounds(person, on).order_by("-due_on", "-pk")[:40])
    looked = dict(
        Inspection.objects.filter(round__in=rows, follows__isnull=True).values_list("round").annotate(n=Count("pk"))
    )
    sites = list(Site.objects.as_of(on).values_list("division_code", "kind"))
    return [
        (
            row,
            looked.get(row.pk, 0),
            sum(is_within(code, row.division_code) and row.form.site_kind in ("", kind) for code, kind in sites),
        )
        for row in rows
    ]


def round_for(person: Person | None, round_id: int) -> Round | None:
    return _rounds(person, today()).filter(pk=round_id).first()


@dataclass(frozen=True)
class Door:
    """One site of a round: when it was looked at, what is open there, and when it is looked at again."""

    site: Site
    last: Inspection | None
    hazards: int

    @property
    def again_on(self) -> date | None:
        return self.last.again_on if self.last else None


def doors_of(round_: Round, person: Person | None, on: date) -> list[Door]:
    """Sites of the round within reach: those not yet looked at first, then those to be looked at again."""
    near = within(reach_of(person, Verb.SEE_CASES, on)) & within([prefix(round_.division_code)])
    sites = Site.objects.as_of(on).filter(near)
    if round_.form.site_kind:
        sites = sites.filter(kind=round_.form.site_kind)
    last = {row.site_id: row for row in Inspection.objects.filter(round=round_).order_by("pk")}
    hazards = dict(
        Hazard.objects.filter(inspection__site__in=sites, removed_on__isnull=True)
        .values_list("inspection__site")
        .annotate(n=Count("pk"))
    )
    doors = [Door(site, last.get(site.pk), hazards.get(site.pk, 0)) for site in sites.order_by("division_code", "name")]
    return sorted(doors, key=lambda door: (door.last is not None, door.again_on or date.max))


def site_for(person: Person | None, round_id: int, site_id: int) -> tuple[Round, Site] | None:
    row = round_for(person, round_id)
    near = within(reach_of(person, Verb.SEE_CASES, today()))
    site = Site.objects.as_of(today()).filter(near, pk=site_id).first()
    return (row, site) if row is not None and site is not None else None


def hazards_for(person: Person | None, on: date) -> QuerySet[Hazard]:
    """The register: what is open first, the soonest due first."""
    near = within(reach_of(person, Verb.SEE_CASES, on), "inspection__site__division_code")
    rows = Hazard.objects.filter(near).select_related(
        "inspection__site", "inspection__round__form", "item", "report__run"
    )
    return rows.defer("report__name", "report__phone").order_by(F("removed_on").desc(nulls_first=True), "due_on", "pk")


def hazard_for(person: Person | None, hazard_id: int) -> Hazard | None:
    return hazards_for(person, today()).filter(pk=hazard_id).first()


def forms_for(person: Person | None, on: date) -> QuerySet[InspectionForm]:
    """Every form of the town, those that wait for approval first."""
    used = Exists(Round.objects.filter(form=OuterRef("pk")))
    rows = InspectionForm.objects.annotate(is_used=used)
    return rows.order_by("-approved_on", "-pk") if reach_of(person, Verb.SEE_CASES, on) else rows.none()


def form_for(person: Person | None, form_id: int) -> InspectionForm | None:
    return forms_for(person, today()).filter(pk=form_id).first()


def held(form: InspectionForm) -> tuple[int, int]:
    """(asked on the spot, held already) items of a form."""
    counted = form.items.aggregate(asked=Count("pk", filter=Q(source="asked")), all=Count("pk"))
    return counted["asked"], counted["all"] - counted["asked"]
