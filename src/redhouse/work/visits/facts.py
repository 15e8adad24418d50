from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.work.visits.enums import VisitMode

CONTACT_ASSIGNED = declare("contact_assigned", _("{actor}开始联系{subject}"), subject="household")
CONTACT_ENDED = declare("contact_ended", _("{actor}不再联系{subject}"), subject="household")
# One person-time: one member at one household once; quantity is always 1 for household contact.
VISIT_RECORDED = declare(
    "visit_recorded", _("{actor}走访{subject}"), subject="household", labels=[str(mode) for mode in VisitMode]
)
