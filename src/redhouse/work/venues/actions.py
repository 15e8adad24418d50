"""The only writers of venues, their state over time and their spaces."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import require
from redhouse.ground.people.models import Person
from redhouse.ground.places import facts
from redhouse.ground.places.enums import SpaceKind, VenueKind, VenueLevel, VenueState
from redhouse.ground.places.models import Space, Venue, VenueStatus
from redhouse.work.venues import rules


@transaction.atomic
def register_venue(
    *,
    name: str,
    division_code: str,
    level: VenueLevel,
    kind: VenueKind,
    state: VenueState,
    served: int = 0,
    target_on: date | None = None,
    by: Person,
    on: date,
) -> Venue:
    """Register a venue that is in `state` from `on` on; `served` in people, `target_on` the day planned for use."""
    _may(by, division_code, on)
    venue = Venue(
        name=name,
        division_code=division_code,
        level=level,
        kind=kind,
        served=served,
        target_on=target_on,
        from_on=on,
    )
    venue.full_clean()
    venue.save()
    VenueStatus.objects.create(venue=venue, state=state, from_on=on)
    _record(facts.VENUE_REGISTERED, venue, str(kind), by, on)
    _record(facts.VENUE_STATE_CHANGED, venue, str(state), by, on)
    return venue


@transaction.atomic
def change_venue_state(*, venue: Venue, state: VenueState, by: Person, on: date) -> VenueStatus:
    """From `on` on the venue is in `state`: ends the period before and begins the new one. Raises NotYet."""
    _may(by, venue.division_code, on)
    before = VenueStatus.objects.select_for_update().select_related("venue").get(venue=venue, until_on=None)
    require(rules.missing_before_state(before, state, on=on))
    before.until_on = on
    before.save(update_fields=["until_on"])
    status = VenueStatus.objects.create(venue=venue, state=state, from_on=on)
    _record(facts.VENUE_STATE_CHANGED, venue, str(state), by, on)
    return status


@transaction.atomic
def register_space(
    *,
    venue: Venue,
    name: str,
    kind: SpaceKind,
    seats: int = 0,
    volumes: int = 0,
    change: str = "",
    by: Person,
    on: date,
) -> Space:
    """Register a room of a venue: `seats` in people, `volumes` in books, `change` what was done to it this year."""
    _may(by, venue.division_code, on)
    require(rules.missing_for_space(venue, seats, volumes))
    space = Space(venue=venue, name=name, kind=kind, seats=seats, volumes=volumes, change=change, from_on=on)
    space.full_clean()
    space.save()
    ledger.record(
        facts.SPACE_REGISTERED,
        happened_on=on,
        division_code=venue.division_code,
        by=by.pk,
        subject=space.pk,
        object=venue.pk,
        quantity=seats,
        label=str(kind),
    )
    return space


def _may(by: Person, division_code: str, on: date) -> None:
    if not rules.may_keep_venues(by, division_code, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以维护阵地"))


def _record(kind: str, venue: Venue, label: str, by: Person, on: date) -> None:
    ledger.record(
        kind,
        happened_on=on,
        division_code=venue.division_code,
        by=by.pk,
        subject=venue.pk,
        label=label,
    )
