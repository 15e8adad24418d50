"""Who keeps venues, and how their state may change."""

from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.ground.places.enums import VenueState
from redhouse.ground.places.models import Venue, VenueStatus

NEXT = {
    VenueState.PLANNED: (VenueState.BUILDING, VenueState.IN_USE, VenueState.CLOSED),
    VenueState.BUILDING: (VenueState.IN_USE, VenueState.CLOSED),
    VenueState.IN_USE: (VenueState.BUILDING, VenueState.CLOSED),  # building again: rebuilt or enlarged
    VenueState.CLOSED: (VenueState.BUILDING, VenueState.IN_USE),
}


def may_keep_venues(person: Person, division_code: str, *, on: date) -> bool:
    return may(person, Verb.KEEP_VENUES, division_code, on)


def missing_before_state(status: VenueStatus, state: VenueState, *, on: date) -> list[str]:
    """Why a venue in `status` cannot turn to `state` on `on`."""
    missing = []
    now = VenueState(status.state)
    if state == now:
        missing.append(_("“%(venue)s”已是%(state)s") % {"venue": status.venue, "state": now.label})
    elif state not in NEXT[now]:
        missing.append(
            _("“%(venue)s”现为%(now)s，不能直接转为%(state)s")
            % {"venue": status.venue, "now": now.label, "state": VenueState(state).label}
        )
    if on <= status.from_on:
        missing.append(
            _("“%(venue)s”自%(day)s起为%(now)s，新状态应晚于这一天，请核对日期")
            % {"venue": status.venue, "day": status.from_on, "now": now.label}
        )
    return missing


def missing_for_space(venue: Venue, seats: int, volumes: int) -> list[str]:
    """A room has seats, or books, or both."""
    if seats < 1 and volumes < 1:
        return [_("“%(venue)s”的场室既无座位也无藏书，请填写其一") % {"venue": venue}]
    return []
