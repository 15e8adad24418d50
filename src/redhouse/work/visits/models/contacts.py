from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.people.models import Household, Person


class HouseholdContact(models.Model):
    """户联系: which member keeps contact with which household. Visits themselves are facts, not rows here."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="contacts")
    member = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_households")
    division_code = models.CharField(max_length=15, db_collation="C")
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("household_contact"),
            models.UniqueConstraint(
                fields=["household", "member"],
                condition=Q(until_on__isnull=True),
                name="household_contact_once",
                violation_error_message=_("这名党员已联系这一户"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.household_id}"
