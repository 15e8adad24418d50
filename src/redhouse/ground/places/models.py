from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.periods import NoOverlap, PeriodQuerySet, period_constraint
from redhouse.ground.places import enums
from redhouse.ground.places.fields import InitialsField


class Point(Func):
    """A single number as a range, so that an exclusion constraint can compare it without an extension."""

    function = "int8range"
    output_field = BigIntegerRangeField()


class Days(Func):
    """A period of days, `until` exclusive."""

    function = "daterange"
    output_field = DateRangeField()


NUMBER = Cast("code", models.BigIntegerField())


class Division(models.Model):
    """A piece of the town with a code: 12 digits to the village, 15 below it. Renamed or merged: a new row in time."""

    code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    kind = models.CharField(_("类别"), max_length=20, choices=enums.DivisionKind)
    name = models.CharField(_("名称"), max_length=60)
    initials = InitialsField()
    source = models.CharField(_("依据"), max_length=120, blank=True)
    is_inferred = models.BooleanField(_("代码系推定"), default=False)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{12}([0-9]{3})?$"),
                name="division_code_has_12_or_15_digits",
                violation_error_message=_("区划代码应为12位，村以下再加3位"),
            ),
            period_constraint("division"),
            NoOverlap(
                name="division_once_at_a_time",
                expressions=[
                    (Point(NUMBER, NUMBER, Value("[]")), "&&"),
                    (Days("from_on", "until_on"), "&&"),
                ],
                violation_error_message=_("同一代码在同一时期只能有一个区划"),
            ),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="division_kind_code")]

    def __str__(self) -> str:
        return self.name


class Dwelling(models.Model):
    """A door. Belongs to a society or estate by `division_code`, and to a grid by `grid_code`."""

    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    grid_code = models.CharField(_("网格代码"), max_length=15, db_collation="C", blank=True)
    door = models.CharField(_("门牌"), max_length=80)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("dwelling"),
            models.UniqueConstraint(
                fields=["division_code", "door"],
                condition=Q(until_on__isnull=True),
                name="dwelling_door_once",
                violation_error_message=_("这个门牌已登记"),
            ),
        ]

    def __str__(self) -> str:
        return self.door


class Venue(models.Model):
    """A place for meeting and service (阵地): centre, red house, party school, society site, heritage."""

    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    name = models.CharField(_("名称"), max_length=60)
    initials = InitialsField()
    level = models.CharField(_("层级"), max_length=10, choices=enums.VenueLevel)
    kind = models.CharField(_("类别"), max_length=20, choices=enums.VenueKind)
    served = models.PositiveIntegerField(_("服务人口"), default=0)
    target_on = models.DateField(_("计划启用"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("venue"),
            models.UniqueConstraint(
                fields=["division_code", "name"],
                name="venue_name_once",
                violation_error_message=_("本区划已有同名阵地"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VenueStatus(models.Model):
    """The state of a venue over time; one state at a time."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(_("状态"), max_length=10, choices=enums.VenueState)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("venue_status"),
            NoOverlap(
                name="venue_one_state_at_a_time",
                expressions=[
                    (Point("venue", "venue", Value("[]")), "&&"),
                    (Days("from_on", "until_on"), "&&"),
                ],
                violation_error_message=_("同一阵地同一时期只能有一种状态"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.state}"


class Space(models.Model):
    """A room that can be booked: seats, or volumes for a book bar."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="spaces")
    name = models.CharField(_("场室"), max_length=60)
    kind = models.CharField(_("类别"), max_length=20, choices=enums.SpaceKind)
    seats = models.PositiveIntegerField(_("座位"), default=0)
    volumes = models.PositiveIntegerField(_("藏书"), default=0)
    change = models.CharField(_("今年变化"), max_length=20, blank=True)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("space"),
            models.UniqueConstraint(
                fields=["venue", "name"], name="space_name_once", violation_error_message=_("本阵地已有同名场室")
            ),
        ]

    def __str__(self) -> str:
        return self.name
