from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.people.models import Person
from redhouse.work.visits.enums import ITEMS_AT_MOST, Topic


class Checklist(models.Model):
    """One version of the list that a visit of one topic goes by; the town office edits it by adding the next version,
    so that an old visit keeps the list by which it was made."""

    division_code = models.CharField(max_length=15, db_collation="C")
    topic = models.CharField(_("主题"), max_length=16, choices=Topic)
    version_no = models.PositiveSmallIntegerField(_("版次"), default=1)
    items = ArrayField(models.CharField(max_length=80), verbose_name=_("检查项"))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("checklist"),
            models.UniqueConstraint(
                fields=["division_code", "topic"],
                condition=Q(until_on__isnull=True),
                name="checklist_one_in_force",
                violation_error_message=_("这个主题已有一份清单在用"),
            ),
            models.UniqueConstraint(
                fields=["division_code", "topic", "version_no"],
                name="checklist_numbered_once",
                violation_error_message=_("这一版清单已经有了"),
            ),
            models.CheckConstraint(
                condition=Q(items__len__gte=1) & Q(items__len__lte=ITEMS_AT_MOST),
                name="checklist_has_items",
                violation_error_message=_("清单至少一项，最多三十项"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} {self.version_no}"
