from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.ground.process.models.rolls import Roll


class Seat(models.Model):
    """An office that an election fills, and how many posts it has. Frozen with its roll."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("职务"), max_length=20)
    posts = models.PositiveSmallIntegerField(_("应选名额"))

    class Meta:
        ordering = ["roll", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["roll", "name"], name="seat_named_once", violation_error_message=_("这个职务已经列过")
            ),
            models.CheckConstraint(
                condition=Q(posts__gte=1),
                name="seat_has_a_post",
                violation_error_message=_("应选名额至少是1"),
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"^[^:;]+$"),
                name="seat_has_a_plain_name",
                violation_error_message=_("请写职务名称，不用冒号和分号"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """Somebody on the roll who stands for a seat, under the number on the ballot. `votes` and `is_elected` are written
    once, when the box is closed."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="candidates")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="candidates")
    number = models.PositiveSmallIntegerField(_("票上的号"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    votes = models.PositiveIntegerField(_("得票"), null=True, blank=True)
    is_elected = models.BooleanField(_("当选"), null=True, blank=True)

    class Meta:
        ordering = ["roll", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "number"], name="candidate_numbered_once"),
            models.UniqueConstraint(
                fields=["seat", "person"],
                name="candidate_once_for_a_seat",
                violation_error_message=_("此人已是这个职务的候选人"),
            ),
            models.CheckConstraint(
                condition=Q(votes__isnull=True, is_elected__isnull=True)
                | Q(votes__isnull=False, is_elected__isnull=False),
                name="candidate_is_counted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}:{self.number}"
