"""What this room keeps beside reports and runs: who handles, what the reporter thinks, and rounds of inspection."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Report, RunStep
from redhouse.work.gridwork.enums import HazardLevel, SiteKind, Source, Topic


class Assignment(models.Model):
    """Who handles a case, by the step of handling: each dispatch names somebody anew."""

    step = models.OneToOneField(RunStep, on_delete=models.PROTECT, related_name="assignment")
    handler = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("处置人"))
    note = models.CharField(_("交代"), max_length=200, blank=True)
    assigned_on = models.DateField(_("派遣"))
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.step_id}: {self.handler_id}"


class Rating(models.Model):
    """How content the reporter is, given once on the page of their code."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField(_("评分"))
    rated_on = models.DateField(_("评价"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5),
                name="rating_is_one_to_five",
                violation_error_message=_("评分为1到5"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.stars}"


class ReplyTemplate(models.Model):
    """Words that are used often when reporters are answered."""

    division_code = models.CharField(max_length=15, db_collation="C")
    title = models.CharField(_("名称"), max_length=30)
    text = models.CharField(_("答复"), max_length=300)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("reply_template"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="reply_template_says_something",
                violation_error_message=_("请写模板的名称和内容"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InspectionForm(models.Model):
    """A checklist. It is used when somebody else has approved it, who sees what the house holds already."""

    topic = models.CharField(_("专题"), max_length=12, choices=Topic)
    title = models.CharField(_("名称"), max_length=40)
    site_kind = models.CharField(_("查哪类场所"), max_length=10, choices=SiteKind, blank=True)
    division_code = models.CharField(max_length=15, db_collation="C")
    minutes = models.PositiveSmallIntegerField(_("每处约几分钟"))
    reason = models.CharField(_("为什么要新增"), max_length=200)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField(_("拟订"))
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("批准"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(title=""),
                name="inspection_form_says_why",
                violation_error_message=_("请写名称，以及为什么要新增这份巡查表"),
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True, approved_on__isnull=True)
                | (Q(approver__isnull=False, approved_on__isnull=False) & ~Q(approver=F("author"))),
                name="inspection_form_approver_is_not_author",
                violation_error_message=_("拟表人不能批准自己的表：请另一位领导批准"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FormItem(models.Model):
    form = models.ForeignKey(InspectionForm, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("内容"), max_length=80)
    source = models.CharField(_("来源"), max_length=12, choices=Source, default=Source.ASKED)
    level = models.CharField(_("不合格算"), max_length=10, choices=HazardLevel, default=HazardLevel.ORDINARY)

    class Meta:
        ordering = ["form", "number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_item_numbered_once")]

    def __str__(self) -> str:
        return self.text


class Site(models.Model):
    """A place that is looked at: what it is and where, not whose."""

    kind = models.CharField(_("类别"), max_length=10, choices=SiteKind)
    name = models.CharField(_("名称"), max_length=40)
    division_code = models.CharField(max_length=15, db_collation="C")
    spot = models.CharField(_("地址"), max_length=80)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("site"),
            models.UniqueConstraint(
                fields=["division_code", "name"],
                condition=Q(until_on__isnull=True),
                name="site_name_once",
                violation_error_message=_("这里已有同名的场所"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """One form taken to every site of its kind in a village or the town, until a day."""

    form = models.ForeignKey(InspectionForm, on_delete=models.PROTECT, related_name="rounds")
    division_code = models.CharField(max_length=15, db_collation="C")
    from_on = models.DateField(_("开始"))
    due_on = models.DateField(_("查完"))
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("from_on")),
                name="round_is_due_after_it_begins",
                violation_error_message=_("查完的日期不能早于开始"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.division_code} {self.due_on}"


class Inspection(models.Model):
    """One site looked at once; a later look follows an earlier one."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="inspections")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="inspections")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    key = models.UUIDField(unique=True, default=uuid4)
    marks = models.JSONField()  # number of the item -> Mark
    seen_on = models.DateField(_("查看"))
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    again_on = models.DateField(_("复查"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "site"],
                condition=Q(follows__isnull=True),
                name="inspection_once_a_round",
                violation_error_message=_("这一轮已经查过这一处；再看是复查"),
            ),
            models.CheckConstraint(
                condition=Q(again_on__isnull=True) | Q(again_on__gt=F("seen_on")),
                name="inspection_again_later",
                violation_error_message=_("复查日期要晚于查看日期"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.seen_on}"


class Hazard(models.Model):
    """What is not well somewhere, until a photograph shows that it is. A major one is a case."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="hazards")
    item = models.ForeignKey(FormItem, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("等级"), max_length=10, choices=HazardLevel)
    words = models.CharField(_("情况"), max_length=200, blank=True)
    before = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="hazard")
    due_on = models.DateField(_("整改期限"))
    removed_on = models.DateField(_("整改"), null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="hazard_once_an_item"),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_by__isnull=True, after__isnull=True)
                | Q(removed_on__isnull=False, removed_by__isnull=False, after__isnull=False),
                name="hazard_removed_with_a_photograph",
                violation_error_message=_("整改完成要有整改后的照片"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.item_id}"

    @property
    def is_case(self) -> bool:
        """Whether it is still in hand as a case, which has to end before it can be removed."""
        return self.report is not None and not self.report.run.ending
