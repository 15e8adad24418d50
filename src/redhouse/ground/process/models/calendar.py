from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person


class CalendarDay(models.Model):
    """A day of which the house itself says whether offices work, over the calendar of public holidays."""

    day_on = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("是否工作日"))
    source = models.CharField(_("依据"), max_length=160)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""),
                name="calendar_day_names_its_source",
                violation_error_message=_("请写明放假或调休的依据"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day_on} {self.is_working}"
