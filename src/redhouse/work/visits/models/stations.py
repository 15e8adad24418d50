"""驻点直联: fixed people (a team and its posts), a fixed day, a fixed place; a log of each day; mentorship (帮带)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.people.models import Person
from redhouse.work.visits.enums import DayOfWeek


class StationDay(models.Model):
    """On which day of the week, from what hour and where a team is to be met."""

    team = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="station_days")
    weekday = models.PositiveSmallIntegerField(_("驻点日"), choices=DayOfWeek)
    every_weeks = models.PositiveSmallIntegerField(_("每几周"), default=1)  # two for remote villages (domain (e))
    begins = models.TimeField(_("开始"))
    place = models.CharField(_("地点"), max_length=60)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("station_day"),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(until_on__isnull=True),
                name="station_day_one_in_force",
                violation_error_message=_("这个团队已有固定驻点日"),
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1) & Q(every_weeks__lte=2),
                name="station_day_each_week_or_second",
                violation_error_message=_("每周一次，偏远的点两周一次"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.weekday}"


class DayLog(models.Model):
    """驻点日志: what a team did on one day. Nobody is named in it; who spoke stands with the visit."""

    team = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="day_logs")
    division_code = models.CharField(max_length=15, db_collation="C")
    logged_on = models.DateField(_("驻点日"))
    summary = models.CharField(_("做了什么"), max_length=1000)
    received = models.PositiveSmallIntegerField(_("接待群众人数"), default=0)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "logged_on"],
                name="day_log_once_a_day",
                violation_error_message=_("这一天的日志已经写过"),
            ),
            models.CheckConstraint(
                condition=~Q(summary=""), name="day_log_says_something", violation_error_message=_("请写做了什么")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.logged_on}"


class Mentorship(models.Model):
    """帮带: a leader takes a secretary by the hand (`mentee`), or a team both committees of a village (no mentee)."""

    team = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mentorships")
    division_code = models.CharField(max_length=15, db_collation="C")
    mentee = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("帮带对象")
    )
    goals = models.CharField(_("帮带目标"), max_length=500)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("mentorship"),
            models.UniqueConstraint(
                fields=["team", "mentee"],
                condition=Q(until_on__isnull=True),
                nulls_distinct=False,
                name="mentorship_once_at_a_time",
                violation_error_message=_("这项帮带已经在做"),
            ),
            models.CheckConstraint(
                condition=~Q(goals=""), name="mentorship_has_goals", violation_error_message=_("请写帮带目标")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.mentee_id or ''}"


class MentorshipNote(models.Model):
    """What was done on one day for the goals."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(_("做了什么"), max_length=500)
    noted_on = models.DateField(_("日期"))
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="mentorship_note_says_something", violation_error_message=_("请写做了什么")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentorship_id}: {self.noted_on}"
