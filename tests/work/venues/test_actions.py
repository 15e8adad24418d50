"""Venues, their state over time, and their rooms."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.places.enums import SpaceKind, VenueKind, VenueLevel, VenueState
from redhouse.ground.places.models import Venue, VenueStatus
from redhouse.work.venues.actions import change_venue_state, register_space, register_venue
from redhouse.work.venues.rules import NEXT
from tests.cast import XINTIAN, person

PLANNED_ON, OPENED_ON = date(2018, 3, 1), date(2018, 8, 29)


def centre(by: str = "secretary", state: VenueState = VenueState.PLANNED) -> Venue:
    return register_venue(
        name="新田村党群服务中心",
        division_code=XINTIAN,
        level=VenueLevel.VILLAGE,
        kind=VenueKind.CENTRE,
        state=state,
        by=person(by),
        on=PLANNED_ON,
    )


def facts() -> list[tuple[str, str, date]]:
    return list(Fact.objects.order_by("fact_id").values_list("kind", "label", "happened_on"))


def test_venue_stands_in_its_first_state(town: str) -> None:
    venue = centre()
    assert venue.statuses.as_of(PLANNED_ON).get().state == VenueState.PLANNED
    assert facts() == [("venue_registered", "centre", PLANNED_ON), ("venue_state_changed", "planned", PLANNED_ON)]


def test_change_ends_the_old_period_and_begins_the_new(town: str) -> None:
    venue = centre()
    change_venue_state(venue=venue, state=VenueState.IN_USE, by=person("org"), on=OPENED_ON)
    periods = venue.statuses.order_by("from_on").values_list("state", "from_on", "until_on")
    assert list(periods) == [("planned", PLANNED_ON, OPENED_ON), ("in_use", OPENED_ON, None)]
    assert facts()[-1] == ("venue_state_changed", "in_use", OPENED_ON)


@pytest.mark.parametrize("now", list(VenueState))
@pytest.mark.parametrize("state", list(VenueState))
def test_state_changes_only_as_it_may(town: str, now: VenueState, state: VenueState) -> None:
    venue = centre(state=now)
    if state in NEXT[now]:
        change_venue_state(venue=venue, state=state, by=person("org"), on=OPENED_ON)
        assert venue.statuses.as_of(OPENED_ON).get().state == state
    else:
        with pytest.raises(NotYet):
            change_venue_state(venue=venue, state=state, by=person("org"), on=OPENED_ON)
        assert VenueStatus.objects.count() == 1


def test_refusal_names_venue_and_states(town: str) -> None:
    venue = centre(state=VenueState.IN_USE)
    with pytest.raises(NotYet) as refused:
        change_venue_state(venue=venue, state=VenueState.PLANNED, by=person("org"), on=PLANNED_ON)
    assert refused.value.missing == [
        "“新田村党群服务中心”现为启用，不能直接转为规划",
        "“新田村党群服务中心”自2018-03-01起为启用，新状态应晚于这一天，请核对日期",
    ]


def test_name_stands_once_in_a_division(town: str) -> None:
    centre()
    with pytest.raises(ValidationError, match="本区划已有同名阵地"):
        centre()


def test_room_is_a_fact_with_its_seats(town: str) -> None:
    venue = centre()
    room = register_space(
        venue=venue, name="多媒体教室", kind=SpaceKind.CLASSROOM, seats=50, by=person("org"), on=OPENED_ON
    )
    fact = Fact.objects.latest("fact_id")
    assert (fact.kind, fact.subject_id, fact.object_id, fact.quantity, fact.label) == (
        "space_registered", room.pk, venue.pk, 50, "classroom",
    )  # fmt: skip


def test_room_has_seats_or_books(town: str) -> None:
    with pytest.raises(NotYet, match="既无座位也无藏书"):
        register_space(venue=centre(), name="空屋", kind=SpaceKind.BOOK_BAR, by=person("org"), on=OPENED_ON)


@pytest.mark.parametrize("username", ["neighbour", "supervisor", "grid", "admin", "auditor", "member", "outsider"])
def test_venues_are_kept_by_those_with_the_right(town: str, username: str) -> None:
    with pytest.raises(PermissionDenied):
        centre(by=username)
    venue, by = centre(), person(username)
    with pytest.raises(PermissionDenied):
        change_venue_state(venue=venue, state=VenueState.IN_USE, by=by, on=OPENED_ON)
    with pytest.raises(PermissionDenied):
        register_space(venue=venue, name="书吧", kind=SpaceKind.BOOK_BAR, volumes=9, by=by, on=OPENED_ON)
