from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Run

LINE = 80  # characters; a message's title holds 120, and says what is to be done besides


class Matter(models.Model):
    """One case of a power in one village or society: what it is about. Where it stands, its run says."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="matter")
    number = models.CharField(_("编号"), max_length=32, unique=True, db_collation="C")
    title = models.CharField(_("标题"), max_length=80)
    summary = models.TextField(_("要点"), max_length=1000, blank=True)
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    amount = models.BigIntegerField(_("金额（分）"), null=True, blank=True)
    # share of the households to whom members explain the matter before it is reviewed; the town may set it [I]
    lead_minimum = models.PositiveSmallIntegerField(_("先做最低覆盖（%）"), default=80)
    proposed_on = models.DateField(_("提出"))
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="matter_has_a_title", violation_error_message=_("请写事项标题")
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="matter_amount_is_not_negative",
                violation_error_message=_("金额不能是负数"),
            ),
            models.CheckConstraint(
                condition=Q(lead_minimum__lte=100),
                name="matter_lead_minimum_is_a_percentage",
                violation_error_message=_("最低覆盖应在0到100之间"),
            ),
        ]
        indexes = [models.Index(fields=["division_code", "proposed_on"], name="matter_where_when")]

    def __str__(self) -> str:
        return self.title

    @property
    def line(self) -> str:
        """Whose matter it is, and what: for the title of a message, where no page around it says the first."""
        host = self.run.host.name
        whole = self.title if self.title.startswith(host) else f"{host}{self.title}"
        return whole if len(whole) <= LINE else f"{whole[: LINE - 1]}…"
