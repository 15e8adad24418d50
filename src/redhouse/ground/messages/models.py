from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.messages import enums
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person


class Notice(models.Model):
    """What is told, and where in the house the thing itself is. Written once. It names nobody: the title leaves the
    house, and the text may be read aloud; what is personal is behind the link."""

    kind = models.CharField(_("类别"), max_length=16, choices=enums.NoticeKind)
    title = models.CharField(_("标题"), max_length=120)
    text = models.CharField(_("内容"), max_length=2000, blank=True)
    link = models.CharField(_("去处"), max_length=300)
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    due_on = models.DateField(_("请在此日前确认"), null=True, blank=True)
    dedup = models.CharField(max_length=160, blank=True, db_collation="C")
    sent_at = models.DateTimeField(db_default=Now())
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = _("通知")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="notice_has_a_title", violation_error_message=_("请写通知标题")
            ),
            models.CheckConstraint(
                condition=Q(link__regex=r"^/($|[^/\\[:space:][:cntrl:]][^\\[:space:][:cntrl:]]*$)"),
                name="notice_leads_to_a_place_in_the_house",
                violation_error_message=_("通知的去处应是本站的路径，以一条斜线开头"),
            ),
            models.CheckConstraint(
                condition=~Q(title__regex=r"(^|[^0-9])1[0-9]{10}([^0-9]|$)|[0-9]{17}[0-9Xx]"),
                name="notice_title_tells_no_personal_number",
                violation_error_message=_("标题会发到站外，不能写电话或身份号码"),
            ),
            models.UniqueConstraint(
                fields=["dedup"],
                condition=~Q(dedup=""),
                name="notice_once",
                violation_error_message=_("这份通知已经发过"),
            ),
        ]
        indexes = [models.Index(fields=["division_code", "-id"], name="notice_where_newest")]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """One person to whom a notice goes: whether they opened it, and whether its arrival is confirmed, how and by whom.

    `division_code` is that of the notice: who serves that place sees how its notices arrive.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="receipts")
    division_code = models.CharField(max_length=15, db_collation="C")
    read_at = models.DateTimeField(_("看过"), null=True, blank=True)
    channel = models.CharField(_("方式"), max_length=12, choices=enums.Channel, blank=True)
    confirmed_on = models.DateField(_("收到日"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("确认"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person"], name="receipt_once", violation_error_message=_("此人已在收件名单上")
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, confirmed_on__isnull=True, channel="")
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_on__isnull=False,
                    channel__in=enums.CONFIRMING,
                ),
                name="receipt_confirmed_how_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="receipt_newest"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="receipt_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}:{self.person_id}"

    @property
    def is_assisted(self) -> bool:
        """Somebody else wrote it down for them."""
        return self.confirmed_by_id is not None and self.confirmed_by_id != self.person_id


class Announcement(models.Model):
    """A notice read out or put up for a place. Written once; it covers no single person."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="announcements")
    channel = models.CharField(_("方式"), max_length=12, choices=enums.Channel)
    note = models.CharField(_("时间、地点、遍数"), max_length=200)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    announced_on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=enums.BROADCAST),
                name="announcement_reaches_a_place",
                violation_error_message=_("公开告知只有广播、公示栏、上门三种方式"),
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="announcement_says_when_and_where",
                violation_error_message=_("请写明时间、地点和遍数"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}:{self.channel}"


class Delivery(models.Model):
    """One way out of the house: to one person, or (without a person) once into the group chat of the place.

    The row is the idempotency key: a notice goes to a person by a channel once, however often its job runs.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    division_code = models.CharField(max_length=15, db_collation="C")
    channel = models.CharField(_("方式"), max_length=12, choices=enums.Channel)
    state = models.CharField(_("状态"), max_length=8, choices=enums.DeliveryState, default=enums.DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    reason = models.CharField(_("原因"), max_length=12, choices=enums.Failure, blank=True)
    answer = models.PositiveSmallIntegerField(_("对方答复码"), null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = _("站外送达")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person", "channel"],
                nulls_distinct=False,
                name="delivery_once",
                violation_error_message=_("这份通知已经用这个方式送过"),
            ),
            models.CheckConstraint(
                condition=Q(channel__in=enums.PERSONAL, person__isnull=False)
                | Q(channel__in=enums.GROUPS, person__isnull=True),
                name="delivery_to_a_person_or_into_a_group",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "sending"), finished_at__isnull=True)
                | Q(state__in=("sent", "failed"), finished_at__isnull=False),
                name="delivery_finished_when_it_is",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}:{self.person_id or '-'}:{self.channel}"


class Preference(models.Model):
    """What a person chose for one kind by one channel; without a row, `enums.is_on_at_first`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    division_code = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(_("类别"), max_length=16, choices=enums.NoticeKind)
    channel = models.CharField(_("方式"), max_length=12, choices=enums.Channel)
    is_on = models.BooleanField(_("接收"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "channel"],
                name="preference_once",
                violation_error_message=_("这一项已经选过"),
            ),
            models.CheckConstraint(
                condition=Q(is_on=True) | ~Q(channel=enums.Channel.IN_APP, kind__in=sorted(enums.STATUTORY)),
                name="preference_keeps_what_the_law_wants_told",
                violation_error_message=_("法定通知在站内不能关闭"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.kind}:{self.channel}"
