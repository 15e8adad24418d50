from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import ClockTimestamp
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import REASONED, Ending, Outcome, StepKind
from redhouse.ground.process.models.versions import ProcedureVersion


class Run(models.Model):
    """One matter on its way through one version of a procedure. `facts` are what its ways part by; version and facts
    change only by a `RunMove`. Nobody opened it where a case was reported by somebody without an account."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="runs")
    host = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="runs", verbose_name=_("所属组织"))
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    facts = models.JSONField()
    opened_on = models.DateField(_("提出"))
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField(_("结果"), max_length=20, choices=Ending, blank=True)
    ended_on = models.DateField(_("办结"), null=True, blank=True)
    suspended_on = models.DateField(_("中止"), null=True, blank=True)
    suspended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    suspend_reason = models.CharField(_("中止原因"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True) | Q(~Q(ending=""), ended_on__isnull=False),
                name="run_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=True, suspended_by__isnull=True, suspend_reason="")
                | Q(~Q(suspend_reason=""), suspended_on__isnull=False, suspended_by__isnull=False),
                name="run_is_suspended_by_somebody_with_a_reason",
                violation_error_message=_("中止要写明原因"),
            ),
        ]
        indexes = [models.Index(fields=["division_code", "ending"], name="run_where_ending")]

    def __str__(self) -> str:
        return f"{self.pk} {self.ending}"


class RunStep(models.Model):
    """A step that was taken, or the one that is open. The database opens only what the way leads to, and lets a step
    be closed once."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(_("序号"))
    key = models.CharField(_("步骤"), max_length=40, db_collation="C")
    kind = models.CharField(_("类别"), max_length=20, choices=StepKind)
    opened_on = models.DateField(_("开始"))
    opened_at = models.DateTimeField(db_default=ClockTimestamp())
    due_on = models.DateField(_("应办结"), null=True, blank=True)  # the last day; late is flagged, never decided
    due_at = models.DateTimeField(null=True, blank=True)  # the moment, where its clock counts hours
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome, blank=True)
    closed_on = models.DateField(_("办结"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # set by the database
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("理由"), max_length=400, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="run_step_numbered_once"),
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(outcome=""),
                name="run_step_one_open_at_a_time",
                violation_error_message=_("上一步还没有办结"),
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome="", closed_on__isnull=True, closed_at__isnull=True, closed_by__isnull=True, reason=""
                )
                | Q(~Q(outcome=""), closed_on__isnull=False, closed_at__isnull=False, closed_by__isnull=False),
                name="run_step_is_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=REASONED) | ~Q(reason=""),
                name="run_step_says_why_it_leads_back",
                violation_error_message=_("退回、修改、撤回要写明理由"),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(outcome=""), name="run_step_open_due"),
            models.Index(fields=["kind"], condition=Q(outcome=""), name="run_step_open_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number} {self.key} {self.outcome}"


class StepPaper(models.Model):
    """A paper filed with a step; a better one is filed beside it, or as a new version of the paper."""

    step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="papers")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="steps")
    filed_on = models.DateField(_("归入"))
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "paper"],
                name="step_paper_once",
                violation_error_message=_("这份文件已归入这一步"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}:{self.paper_id}"


class RunMove(models.Model):
    """A recorded decision that takes a running matter to a gate of another version, or back to its draft with other
    facts. It closes `step`; it never leads past a gate."""

    step = models.OneToOneField(RunStep, on_delete=models.PROTECT, related_name="move")
    from_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    to_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="moves_in")
    to_key = models.CharField(max_length=40, db_collation="C")
    facts = models.JSONField()
    reason = models.CharField(_("理由"), max_length=400)
    moved_on = models.DateField(_("决定"))
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="run_move_says_why",
                violation_error_message=_("转入另一版程序要写明理由"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} -> {self.to_key}"
