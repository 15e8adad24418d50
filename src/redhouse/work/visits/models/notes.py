from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.enums import WORDS_AT_MOST


class Note(models.Model):
    """便条: a few words that a member keeps for themselves, about a household or about none. Nobody else reads it,
    nothing counts it, and it is gone when its writer strikes it out. `key` is drawn by the phone."""

    key = models.UUIDField(unique=True)
    member = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="field_notes")
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, null=True, blank=True, related_name="field_notes"
    )
    division_code = models.CharField(max_length=15, db_collation="C")
    text = models.CharField(_("便条"), max_length=WORDS_AT_MOST)
    noted_on = models.DateField(_("日期"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="field_note_says_something", violation_error_message=_("请写一句话")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.noted_on}"
