"""回访抽查: a random sample of visits, and another person who asks one question at each door."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.enums import CallAnswer


class CallbackSample(models.Model):
    """Drawn by anybody again from `seed` and the cut: visits by the digest of seed and number, the smallest first."""

    division_code = models.CharField(max_length=15, db_collation="C")
    from_on = models.DateField(_("走访自"))
    last_on = models.DateField(_("走访至"))
    size = models.PositiveSmallIntegerField(_("抽取户次"))
    visits = models.PositiveIntegerField()  # from among how many
    last_fact_id = models.BigIntegerField()
    seed = models.CharField(max_length=32, db_collation="C")
    drawn_on = models.DateField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("from_on")) & Q(drawn_on__gte=F("last_on")),
                name="callback_sample_looks_back",
                violation_error_message=_("抽查的时段要先起后止，止于今天或以前"),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(size__lte=F("visits")),
                name="callback_sample_is_a_part",
                violation_error_message=_("抽取的户次至少1，不能多于这段时间的走访"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.drawn_on}"


class Callback(models.Model):
    """One visit of the sample, and what was answered. Whoever asks is never whoever visited."""

    sample = models.ForeignKey(CallbackSample, on_delete=models.PROTECT, related_name="callbacks")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="callbacks", db_constraint=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    visited_on = models.DateField()
    answer = models.CharField(_("答"), max_length=10, choices=CallAnswer, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "fact"], name="callback_once_a_visit"),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("member")),
                name="callback_asked_by_another",
                violation_error_message=_("回访要由走访人以外的人问"),
            ),
            models.CheckConstraint(
                condition=Q(answer="", asked_on__isnull=True, asked_by__isnull=True)
                | (~Q(answer="") & Q(asked_on__isnull=False, asked_by__isnull=False)),
                name="callback_answered_whole",
                violation_error_message=_("请选回答"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}: {self.fact_id}"
