from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.work.visits.enums import BOOK_OVER, BookState

_OVER = Q(state__in=[str(state) for state in BOOK_OVER])


class LongBook(models.Model):
    """A long list of past visits on its way in, tried and written in the background. The file rests sealed; `outcome`
    says what became of every row: counts by mark, one letter a row, and by row why it was refused."""

    state = models.CharField(_("状态"), max_length=10, choices=BookState, default=BookState.CHECKING)
    sealed_sha256 = models.CharField(max_length=64, db_collation="C")
    division_code = models.CharField(max_length=15, db_collation="C")
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(_OVER, finished_at__isnull=False) | Q(~_OVER, finished_at__isnull=True),
                name="long_book_is_over_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
