from django.db import models
from django.db.models import DateField, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.enums import CARE_DAYS_AT_MOST, Care

_A_YEAR_ON = ExpressionWrapper(F("from_on") + CARE_DAYS_AT_MOST, output_field=DateField())


class CareMark(models.Model):
    """关爱标记: a household is looked after more closely until a day that is always named. Why is one word."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="care_marks")
    division_code = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(_("关爱对象"), max_length=12, choices=Care)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"))
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("care_mark"),
            models.UniqueConstraint(
                fields=["household", "kind", "from_on"],
                name="care_mark_once_a_day",
                violation_error_message=_("这一户今天已经有这个标记"),
            ),
            models.CheckConstraint(
                condition=Q(until_on__lte=_A_YEAR_ON),
                name="care_mark_is_looked_at_again",
                violation_error_message=_("标记最长一年，到期后再看还要不要"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.kind}"
