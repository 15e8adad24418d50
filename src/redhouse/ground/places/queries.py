"""Reads of places. Places, venues and doors are nobody's secret; who lives behind a door is asked of `people`."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from redhouse.ground.places.enums import VILLAGE_KINDS
from redhouse.ground.places.fields import closeness, named
from redhouse.ground.places.models import Division, Dwelling, Venue, VenueStatus
from redhouse.kit.divisions import CODE_LENGTH, PREFIX_LENGTHS, Level
from redhouse.kit.needle import Needle

_AFTER_DIGITS = ":"  # the character that follows 9


def within(prefixes: Iterable[str], column: str = "division_code") -> Q:
    """Rows that lie inside these prefixes; none for no prefix.

    Said as ranges: comparison is safe to ask before the rows of a walled table are checked, LIKE is not, so that only
    a range finds its index there.
    """
    inside = Q(pk__in=())
    for prefix in prefixes:
        inside |= Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + _AFTER_DIGITS})
    return inside


def villages(on: date) -> QuerySet[Division]:
    """Villages and communities standing on `on`, by code."""
    return Division.objects.as_of(on).filter(kind__in=VILLAGE_KINDS).order_by("code")


def places_in(village_code: str, on: date) -> QuerySet[Division]:
    """Societies, estates, grids and the other places of one village, by code."""
    return Division.objects.as_of(on).filter(within([village_code], "code")).exclude(code=village_code).order_by("code")


def venues_with_state(on: date) -> QuerySet[Venue]:
    """Venues standing on `on`, each with its `state` on that day and the day it came into it, `state_from_on`."""
    statuses = VenueStatus.objects.as_of(on).filter(venue=OuterRef("pk"))
    venues: QuerySet[Venue] = Venue.objects.as_of(on).order_by("division_code", "pk")
    return venues.annotate(
        state=Subquery(statuses.values("state")[:1]), state_from_on=Subquery(statuses.values("from_on")[:1])
    )


def divisions_found(needle: Needle, on: date) -> QuerySet[Division]:
    """By name, initials, or code: its beginning from the town's digits on, or its own last digits."""
    found = named(needle)
    if needle.digits:
        found |= Q(code__endswith=needle.digits)
        if len(needle.digits) >= PREFIX_LENGTHS[Level.TOWN]:
            found |= Q(code__startswith=needle.digits)
    divisions: QuerySet[Division] = Division.objects.as_of(on).filter(found)
    return divisions.only("code", "kind", "name").alias(close=closeness(needle)).order_by("close", "code")


def venues_found(needle: Needle, on: date) -> QuerySet[Venue]:
    """By name or initials, with their state."""
    found: QuerySet[Venue] = Venue.objects.as_of(on).filter(named(needle)).only("division_code", "name")
    state = VenueStatus.objects.as_of(on).filter(venue=OuterRef("pk")).values("state")[:1]
    return found.annotate(state=Subquery(state)).alias(close=closeness(needle)).order_by("close", "division_code", "pk")


def doors_found(needle: Needle, prefixes: Iterable[str], on: date) -> QuerySet[Dwelling]:
    """Doors inside `prefixes` whose number holds the text; the shortest first, since it says the least beside it."""
    if not needle.door:
        return Dwelling.objects.none()
    doors = Dwelling.objects.as_of(on).filter(within(prefixes))
    return doors.filter(door__contains=needle.door).order_by(Length("door"), "division_code", "pk")


def names_of(codes: Iterable[str], on: date) -> dict[str, str]:
    """Names of divisions by code, those of their villages included."""
    wanted = {part for code in codes for part in (code, code[:CODE_LENGTH])}
    return dict(Division.objects.as_of(on).filter(code__in=wanted).values_list("code", "name"))
