"""Periods `[from_on, until_on)` of ground rows: one queryset and one constraint for every room."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def as_of(self, day: date) -> Self:
        """Rows that stand on `day`. Ask “as of when?” at every read; nothing is hidden by default."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


def period_constraint(noun: str) -> models.CheckConstraint:
    """A period ends after it begins."""
    return models.CheckConstraint(
        condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
        name=f"{noun}_ends_after_it_begins",
        violation_error_message=_("止期应晚于起期（止期当日不计入）"),
    )
