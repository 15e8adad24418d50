from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process import enums
from redhouse.ground.process.models.runs import Run


class Roll(models.Model):
    """Who may vote on a matter: a snapshot for one step of its run. Closed, it is frozen for ever (migration 0011).

    `vote_on` is the day of the vote: it picks the version of the rule.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="rolls")
    step_key = models.CharField(_("步骤"), max_length=40, db_collation="C")
    round = models.PositiveSmallIntegerField(_("次"), default=1)
    rule_id = models.CharField(_("表决规则"), max_length=8, db_collation="C")
    vote_on = models.DateField(_("表决日"))
    division_code = models.CharField(max_length=15, db_collation="C")
    drawn_on = models.DateField(_("造册"))
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(_("定册"), null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, db_collation="C")
    is_runoff = models.BooleanField(_("另行选举"), default=False)  # for the posts that the first ballot left

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step_key", "round"],
                name="roll_once_a_round",
                violation_error_message=_("这一次表决的名册已经造好"),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, digest="")
                | Q(closed_on__isnull=False, closed_by__isnull=False, digest__regex=r"^[0-9a-f]{64}$"),
                name="roll_is_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["division_code", "vote_on"], name="roll_where_when")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.step_key} {self.round}"


class Elector(models.Model):
    """One person on a roll, under a number of the roll. One person, one vote; `area` is an owner's own part, in
    hundredths of a square metre."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="electors")
    number = models.PositiveIntegerField(_("册号"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    area = models.BigIntegerField(_("专有面积"), default=0)
    is_candidate = models.BooleanField(_("候选人"), default=False)  # votes, and holds no proxy

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roll", "person"], name="elector_once", violation_error_message=_("此人已在名册上")
            ),
            models.UniqueConstraint(fields=["roll", "number"], name="elector_numbered_once"),
            models.CheckConstraint(
                condition=Q(area__gte=0),
                name="elector_area_is_not_negative",
                violation_error_message=_("面积不能是负数"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}:{self.number}"


class RollObjection(models.Model):
    """Somebody says that the roll is wrong, and is answered before it is closed."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    text = models.CharField(_("异议"), max_length=400)
    raised_on = models.DateField(_("提出"))
    answer = models.CharField(_("答复"), max_length=400, blank=True)
    is_upheld = models.BooleanField(_("成立"), null=True, blank=True)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="roll_objection_says_something", violation_error_message=_("请写异议内容")
            ),
            models.CheckConstraint(
                condition=Q(answer="", is_upheld__isnull=True, answered_on__isnull=True, answered_by__isnull=True)
                | Q(~Q(answer=""), is_upheld__isnull=False, answered_on__isnull=False, answered_by__isnull=False),
                name="roll_objection_is_answered_whole",
                violation_error_message=_("答复要写明内容，以及异议是否成立"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}:{self.pk}"


class Recusal(models.Model):
    """Somebody on the roll who does not vote on this matter, and why. Recorded once, never taken back."""

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="recusal")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(_("事由"), max_length=12, choices=enums.Exclusion)
    recorded_on = models.DateField(_("登记"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.elector_id} {self.kind}"


class Proxy(models.Model):
    """A written proxy: an elector who cannot come has somebody of the household vote. It counts once it is checked."""

    principal = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="proxy")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    holder = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="proxies_held")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_on = models.DateField(_("登记"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(_("核对"), null=True, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = _("委托")
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=models.F("holder")),
                name="proxy_is_held_by_another",
                violation_error_message=_("不能委托自己"),
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="proxy_is_checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} -> {self.holder_id}"
