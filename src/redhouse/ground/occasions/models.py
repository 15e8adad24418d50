from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.periods import NoOverlap
from redhouse.ground.occasions import enums
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Point, Space


class Span(Func):
    """A period of time, `until` exclusive."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Occasion(models.Model):
    """A happening: what, where, from when until when, who hosts. A space is never taken twice at one time."""

    kind = models.CharField(_("类别"), max_length=12, choices=enums.OccasionKind)
    title = models.CharField(_("名称"), max_length=80)
    host = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="occasions", verbose_name=_("主办"))
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, null=True, blank=True, related_name="occasions", verbose_name=_("场室")
    )
    division_code = models.CharField(max_length=15, db_collation="C")
    from_at = models.DateTimeField(_("开始"))
    until_at = models.DateTimeField(_("结束"))
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")),
                name="occasion_ends_after_it_begins",
                violation_error_message=_("结束时间应晚于开始时间"),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="occasion_cancelled_at_with_by",
            ),
            # "space", not "space_id": with the attname full_clean() would compare each row with itself
            NoOverlap(
                name="occasion_no_double_booking",
                expressions=[
                    (Point("space", "space", Value("[]")), "&&"),
                    (Span("from_at", "until_at", Value("[)")), "&&"),
                ],
                condition=Q(space__isnull=False, cancelled_at__isnull=True),
                violation_error_message=_("这个场室在这段时间已有安排，请换时间或场室"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A person expected at an occasion, and present or not. Quorum, hours and sign-in sheets all read it."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    division_code = models.CharField(max_length=15, db_collation="C")
    is_expected = models.BooleanField(_("应到"), default=True)
    present_at = models.DateTimeField(_("到场"), null=True, blank=True)
    present_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "person"], name="attendance_once", violation_error_message=_("此人已在名单上")
            ),
            models.CheckConstraint(
                condition=Q(present_at__isnull=True, present_by__isnull=True)
                | Q(present_at__isnull=False, present_by__isnull=False),
                name="attendance_present_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id}:{self.person_id}"
