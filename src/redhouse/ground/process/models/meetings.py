from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.messages.models import Notice
from redhouse.ground.occasions.models import Occasion
from redhouse.ground.people.models import Person
from redhouse.ground.process import enums
from redhouse.ground.process.models.rolls import Elector, Roll


class Meeting(models.Model):
    """One sitting of the body that votes by a roll. Where and when is its occasion; three officers sign."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="meetings")
    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="meeting")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("主持人"))
    recorder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人"))
    scrutineer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("监票人"))
    is_online = models.BooleanField(_("可线上参加"), default=False)
    convened_on = models.DateField(_("召集"))
    convened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("开会"), null=True, blank=True)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField(_("结束方式"), max_length=10, choices=enums.MeetingEnding, blank=True)
    ended_at = models.DateTimeField(_("散会"), null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roll"],
                condition=Q(ending=""),
                name="meeting_one_at_a_time",
                violation_error_message=_("这份名册已经召集了一次会议，还没有结束"),
            ),
            models.CheckConstraint(
                condition=~Q(scrutineer=models.F("chair")),
                name="meeting_scrutineer_is_not_the_chair",
                violation_error_message=_("监票人不能是主持人"),
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, started_by__isnull=True)
                | Q(started_at__isnull=False, started_by__isnull=False),
                name="meeting_started_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at__isnull=True, ended_by__isnull=True)
                | Q(~Q(ending=""), ended_at__isnull=False, ended_by__isnull=False),
                name="meeting_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AgendaItem(models.Model):
    """A point of the agenda; it begins when the chair says so, and the one before is then done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("议程"), max_length=80)
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_once"),
            models.CheckConstraint(
                condition=~Q(text=""), name="agenda_item_says_something", violation_error_message=_("请写议程内容")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SignIn(models.Model):
    """An elector who attends a sitting, and how. Once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sign_ins")
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="sign_ins")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    way = models.CharField(_("方式"), max_length=8, choices=enums.Way)
    present_at = models.DateTimeField(_("签到"))
    present_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "elector"], name="sign_in_once", violation_error_message=_("此人已经签到")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.elector_id}"
