"""Periods `[from, until)` of ground rows: one queryset and two constraints for every room."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import DEFAULT_DB_ALIAS, DataError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def as_of(self, day: date) -> Self:
        """Rows that stand on `day`. Ask “as of when?” at every read; nothing is hidden by default."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


def stands(row: Any, day: date) -> bool:
    """The same for a row that is here already."""
    return bool(row.from_on <= day and (row.until_on is None or day < row.until_on))


def period_constraint(noun: str) -> models.CheckConstraint:
    """A period ends after it begins."""
    return models.CheckConstraint(
        condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
        name=f"{noun}_ends_after_it_begins",
        violation_error_message=_("止期应晚于起期（止期当日不计入）"),
    )


class NoOverlap(ExclusionConstraint):
    """No two rows alike in periods that overlap.

    A row that cannot be read as a range at all, because its period is reversed or its code has letters, is left to the
    check constraints, which have the right sentence for it. Django would stumble over it, or call it an overlap.
    """

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        for begin, end in (("from_on", "until_on"), ("from_at", "until_at")):
            since, until = getattr(instance, begin, None), getattr(instance, end, None)
            if since is not None and until is not None and until <= since:
                return
        try:
            with transaction.atomic(using=using):
                super().validate(model, instance, exclude=exclude, using=using)
        except DataError:
            return
