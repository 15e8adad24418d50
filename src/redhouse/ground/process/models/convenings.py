from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.ground.process.models.runs import Run


class Convening(models.Model):
    """Electors demand that their body be convened although a gate does not pass. The clock ends before the town, in
    public; it passes nothing."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="convenings")
    demanders = models.PositiveIntegerField(_("联名人数"))
    electors = models.PositiveIntegerField(_("有表决权人数"))
    demanded_on = models.DateField(_("提出"))
    due_on = models.DateField(_("答复期满"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    escalated_on = models.DateField(_("提交镇"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(demanders__gte=1) & Q(demanders__lte=F("electors")),
                name="convening_demanders_are_electors",
                violation_error_message=_("联名人数不能多于有表决权的人数"),
            ),
            models.CheckConstraint(
                condition=Q(escalated_on__isnull=True) | Q(escalated_on__gt=F("due_on")),
                name="convening_escalates_after_its_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.demanders}/{self.electors}"
