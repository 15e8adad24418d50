"""A red house in Haizhou with two rooms, and a morning to book them for."""

from datetime import UTC, datetime, timedelta

from redhouse.ground.bodies.models import Body
from redhouse.ground.occasions.actions import plan_occasion
from redhouse.ground.occasions.enums import OccasionKind
from redhouse.ground.occasions.models import Occasion
from redhouse.ground.places.enums import SpaceKind, VenueKind, VenueLevel
from redhouse.ground.places.models import Space, Venue
from tests.cast import BEGIN, HAIZHOU, person

NINE = datetime(2018, 12, 14, 1, tzinfo=UTC)  # nine in the morning in the town


def hour(number: int, minute: int = 0) -> datetime:
    return NINE + timedelta(hours=number - 9, minutes=minute)


def two_rooms() -> tuple[Space, Space]:
    venue = Venue.objects.create(
        division_code=HAIZHOU, name="红房子", level=VenueLevel.TOWN, kind=VenueKind.RED_HOUSE, from_on=BEGIN
    )
    return (
        Space.objects.create(venue=venue, name="一号教室", kind=SpaceKind.CLASSROOM, seats=40, from_on=BEGIN),
        Space.objects.create(venue=venue, name="二号教室", kind=SpaceKind.CLASSROOM, seats=40, from_on=BEGIN),
    )


def plan(
    space: Space | None, from_at: datetime = NINE, until_at: datetime | None = None, **changes: object
) -> Occasion:
    fields = {
        "kind": OccasionKind.LESSON,
        "title": "党课",
        "host": Body.objects.get(name="海舟村党委"),
        "by": person("neighbour"),
    }
    return plan_occasion(space=space, from_at=from_at, until_at=until_at or hour(11), **fields | changes)
