from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.people.fields import SealedField
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import ReplyResult, ReplyWay, ReportOrigin, Role, Unit, Urgency
from redhouse.ground.process.models.runs import Run, RunStep


class CaseType(models.Model):
    """What can be reported to one procedure: class and subclass by two digits each [GB/T 30428.2], the limit for
    handling it, who does, and how many photographs show that it is done. The town changes a type by ending it and
    beginning another: a case keeps its own."""

    code = models.CharField(_("程序"), max_length=8, db_collation="C")
    type_code = models.CharField(_("编码"), max_length=4, db_collation="C")
    group = models.CharField(_("大类"), max_length=20)
    name = models.CharField(_("小类"), max_length=30)
    urgency = models.CharField(_("缓急"), max_length=10, choices=Urgency)
    limit_value = models.PositiveSmallIntegerField(_("处置时限"))
    limit_unit = models.CharField(_("单位"), max_length=12, choices=Unit)
    handled_by = models.CharField(_("由谁处置"), max_length=20, choices=Role)
    photos_needed = models.PositiveSmallIntegerField(_("处置后至少几张照片"), default=1)
    is_public = models.BooleanField(_("群众可以上报"), default=True)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("case_type"),
            models.UniqueConstraint(
                fields=["code", "type_code"],
                condition=Q(until_on__isnull=True),
                name="case_type_once",
                violation_error_message=_("这个编码已有一种事件，请换一个，或先停用它"),
            ),
            models.CheckConstraint(
                condition=Q(type_code__regex=r"^[0-9]{4}$"),
                name="case_type_has_four_digits",
                violation_error_message=_("编码为4位数字：大类2位，小类2位"),
            ),
            models.CheckConstraint(
                condition=Q(limit_value__gte=1),
                name="case_type_has_a_limit",
                violation_error_message=_("处置时限至少为1"),
            ),
            models.CheckConstraint(
                condition=Q(photos_needed__gte=1, photos_needed__lte=9),
                name="case_type_asks_for_evidence",
                violation_error_message=_("处置要有照片为证，1到9张"),
            ),
            models.CheckConstraint(
                condition=~Q(group="") & ~Q(name=""),
                name="case_type_has_a_name",
                violation_error_message=_("请写大类和小类的名称"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """A problem that somebody found, and the run that settles it. Who reported is sealed, and is erased when the case
    is over; the public follows it by `status_code`, which cannot be guessed."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="report")
    type = models.ForeignKey(CaseType, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    type_code = models.CharField(_("编码"), max_length=4, blank=True, db_collation="C")
    urgency = models.CharField(_("缓急"), max_length=10, choices=Urgency)
    words = models.CharField(_("情况"), max_length=500)
    spot = models.CharField(_("地点"), max_length=120)
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(_("经度"), max_digits=8, decimal_places=5, null=True, blank=True)
    origin = models.CharField(_("来源"), max_length=12, choices=ReportOrigin)
    origin_fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    reporter = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    name = SealedField(_("称呼"))
    phone = SealedField(_("电话"))
    status_code = models.CharField(_("查询码"), max_length=16, unique=True, db_collation="C")
    key = models.UUIDField(unique=True, default=uuid4)
    reported_at = models.DateTimeField(db_default=Now())
    erased_on = models.DateField(_("删去联系方式"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(spot=""),
                name="report_says_what_and_where",
                violation_error_message=_("请写清什么情况、在什么地方"),
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__gte=3, lat__lte=54, lon__gte=73, lon__lte=136),
                name="report_lies_in_the_country",
                violation_error_message=_("定位不对：经纬度不在国内，请改用文字写地点"),
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True) | Q(reporter__isnull=True, name=b"", phone=b""),
                name="report_erased_whole",
                violation_error_message=_("联系方式要删就全删"),
            ),
        ]
        indexes = [
            models.Index(fields=["division_code", "type_code"], name="report_where_what"),
            models.Index(fields=["origin_fact"], condition=Q(origin_fact__isnull=False), name="report_origin_fact"),
        ]

    def __str__(self) -> str:
        return f"{self.status_code} {self.type_code}"


class Reply(models.Model):
    """What the reporter was told before the case is closed, or that they could not be reached. Written once."""

    step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="replies")
    way = models.CharField(_("途径"), max_length=10, choices=ReplyWay)
    result = models.CharField(_("结果"), max_length=12, choices=ReplyResult)
    words = models.CharField(_("答复内容"), max_length=300, blank=True)
    replied_on = models.DateField(_("答复"))
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way=ReplyWay.PAGE, replied_by__isnull=True)
                | (~Q(way=ReplyWay.PAGE) & Q(replied_by__isnull=False)),
                name="reply_is_by_somebody",
                violation_error_message=_("答复要写明由谁办理"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.result}"
