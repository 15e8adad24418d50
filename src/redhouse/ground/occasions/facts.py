from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.ground.occasions.enums import OccasionKind

KINDS = [str(kind) for kind in OccasionKind]
OCCASION_PLANNED = declare(
    "occasion_planned", _("{actor}安排了一次活动"), subject="occasion", object="space", labels=KINDS
)
OCCASION_CANCELLED = declare("occasion_cancelled", _("{actor}取消了一次活动"), subject="occasion", labels=KINDS)
PRESENCE_RECORDED = declare("presence_recorded", _("{object}到场"), subject="occasion", object="person", labels=KINDS)
