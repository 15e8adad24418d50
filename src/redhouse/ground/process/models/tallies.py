from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.models.meetings import Meeting
from redhouse.ground.process.models.rolls import Roll
from redhouse.ground.process.models.runs import RunStep


class Tally(models.Model):
    """What a vote came to, by which rule in which version. Written once; the step of the vote closes with no other
    outcome (migration 0011). `counts` by the names of `kit.voting`; `reasons` in Chinese, each with its clause."""

    step = models.OneToOneField(RunStep, on_delete=models.PROTECT, related_name="tally")
    roll = models.OneToOneField(Roll, on_delete=models.PROTECT, related_name="tally")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="tally")
    division_code = models.CharField(max_length=15, db_collation="C")
    rule_id = models.CharField(_("表决规则"), max_length=8, db_collation="C")
    rule_from_on = models.DateField(_("规则版本"))
    vote_on = models.DateField(_("表决日"))
    counts = models.JSONField()
    quorum_met = models.BooleanField(_("达到法定人数"))
    passed = models.BooleanField(_("通过"))
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome)
    reasons = models.JSONField()
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.PASSED, Outcome.AGREED], quorum_met=True, passed=True)
                | Q(outcome__in=[Outcome.FAILED, Outcome.RETURNED], quorum_met=True, passed=False)
                | Q(outcome=Outcome.INQUORATE, quorum_met=False, passed=False),
                name="tally_outcome_follows_from_the_vote",
            ),
        ]
        indexes = [models.Index(fields=["division_code", "vote_on"], name="tally_where_when")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.outcome}"
