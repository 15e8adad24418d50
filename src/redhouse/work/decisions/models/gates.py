"""What the gates leave behind. Each row belongs to one step, so that a matter that goes round again starts anew."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.messages.models import Notice
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process.models import RunStep
from redhouse.work.decisions.enums import Channel, CheckItem, Stance
from redhouse.work.decisions.models.matter import Matter


class Informing(models.Model):
    """先知: the notice that went to every member who must know; its receipts are the gate."""

    run_step = models.OneToOneField(RunStep, on_delete=models.PROTECT, related_name="informing")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.run_step_id}: {self.notice_id}"


class Explanation(models.Model):
    """先做: one member explained the matter to one household."""

    run_step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="explanations")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("表态"), max_length=8, choices=Stance)
    explained_on = models.DateField(_("说明于"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run_step", "household"],
                name="explanation_once_a_household",
                violation_error_message=_("这一户已经说明过"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_step_id}: {self.household_id}"


class Check(models.Model):
    """监督审查: one item of the supervision committee's list. A comment is no veto."""

    run_step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="checks")
    item = models.CharField(max_length=12, choices=CheckItem)
    is_met = models.BooleanField(_("符合"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run_step", "item"], name="check_once_an_item"),
            models.CheckConstraint(
                condition=Q(is_met=True) | ~Q(note=""),
                name="check_unmet_with_a_note",
                violation_error_message=_("不符合的要写明哪里不符合"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_step_id}: {self.item}"


class Opinion(models.Model):
    """What somebody said about a matter, and what was answered. The text stays here; facts hold keys only."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="opinions")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    channel = models.CharField(_("途径"), max_length=8, choices=Channel)
    text = models.CharField(_("意见"), max_length=500)
    raised_on = models.DateField(_("提出"))
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    is_adopted = models.BooleanField(_("采纳"), null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="opinion_says_something", violation_error_message=_("请写意见内容")
            ),
            models.CheckConstraint(
                condition=Q(answer="", is_adopted__isnull=True, answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(is_adopted__isnull=False, answered_on__isnull=False, answered_by__isnull=False)),
                name="opinion_answered_whole",
                violation_error_message=_("答复要写明内容和是否采纳"),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("raised_on")),
                name="opinion_answered_after_it_was_raised",
                violation_error_message=_("答复不能早于意见"),
            ),
        ]
        indexes = [models.Index(fields=["matter", "raised_on"], name="opinion_matter_when")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.pk}"
