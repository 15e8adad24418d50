from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.ground.places.enums import DivisionKind, SpaceKind, VenueKind, VenueState

DIVISION_REGISTERED = declare(
    "division_registered", _("{subject}登记为{label}"), subject="division", labels=[str(k) for k in DivisionKind]
)
# The new row in time is the subject, the old one the object.
DIVISION_REVISED = declare(
    "division_revised", _("{object}改为{subject}（{label}）"), subject="division", object="division",
    labels=[str(k) for k in DivisionKind],
)  # fmt: skip
VENUE_REGISTERED = declare(
    "venue_registered", _("{subject}登记为{label}"), subject="venue", labels=[str(k) for k in VenueKind]
)
VENUE_STATE_CHANGED = declare(
    "venue_state_changed", _("{subject}转为{label}"), subject="venue", labels=[str(s) for s in VenueState]
)
SPACE_REGISTERED = declare(
    "space_registered", _("{subject}登记，座位{quantity}"), subject="space", object="venue",
    labels=[str(k) for k in SpaceKind],
)  # fmt: skip
# A number that a document states about a place and that no rows here can count: label says which.
PROFILE_LABELS = ("textile_firms", "fabric_metres_a_year", "high_grade_percent")
PROFILE_STATED = declare("profile_stated", _("载明{label}为{quantity}"), subject="division", labels=PROFILE_LABELS)
