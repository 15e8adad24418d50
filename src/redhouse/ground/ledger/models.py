from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _


class ClockTimestamp(Func):
    """The wall clock of the database at this very statement, not of the transaction's beginning."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class Salt(Func):
    """Sixteen random bytes from core PostgreSQL."""

    template = "uuid_send(gen_random_uuid())"
    output_field = models.BinaryField()


class Fact(models.Model):
    """One thing that happened. Written only by `actions.record*`; never changed, never deleted."""

    fact_id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40, db_collation="C")
    division_code = models.CharField(max_length=15, db_collation="C")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=ClockTimestamp())
    actor_id = models.BigIntegerField(null=True)
    recorder_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    object_id = models.BigIntegerField(null=True)
    quantity = models.BigIntegerField(default=1)
    label = models.CharField(max_length=60, default="", db_collation="C")
    # A trigger looks the corrected fact up, and only where there is one: a foreign key and a plain index would cost
    # every fact of an import for the few that correct another.
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", db_constraint=False, db_index=False
    )
    salt = models.BinaryField(db_default=Salt())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__regex=r"^[a-z][a-z0-9_]*$") & Q(label__regex=r"^[a-zA-Z0-9_.:-]*$"),
                name="fact_holds_no_free_text",
                violation_error_message=_("事实只记代码与数量，不记文字"),
            ),
            models.CheckConstraint(
                # one expression for both, {12}, would take three times as long, and every fact pays for it
                condition=Q(division_code__regex=r"^[0-9]*$") & Q(In(Length("division_code"), [12, 15])),
                name="fact_division_code_has_12_or_15_digits",
                violation_error_message=_("区划代码应为12位，村以下再加3位"),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(corrects__lt=F("fact_id")),
                name="fact_corrects_an_earlier_one",
                violation_error_message=_("更正只能指向更早的记录"),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="fact_corrected_once",
                violation_error_message=_("这条记录已被更正过，请更正那条更正"),
            ),
        ]
        # Visits are nine tenths of a ledger, so they have an index of their own and stay out of the general ones.
        indexes = [
            models.Index(
                fields=["kind", "division_code", "happened_on"],
                condition=~Q(kind="visit_recorded"),
                name="fact_kind_where_when",
            ),
            models.Index(
                fields=["division_code", "happened_on"],
                include=["fact_id", "subject_id", "quantity"],
                condition=Q(kind="visit_recorded"),
                name="fact_visits_where_when",
            ),
            # whether anybody came to a household, wherever the visit was recorded
            models.Index(
                fields=["subject_id", "happened_on"], condition=Q(kind="visit_recorded"), name="fact_visits_to_whom"
            ),
            models.Index(fields=["kind", "subject_id"], condition=~Q(kind="visit_recorded"), name="fact_kind_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.kind}"


class Entry(models.Model):
    """A leaf of the public log. Positions are gap-free from 0, in fact order."""

    position = models.BigIntegerField(primary_key=True)
    # no database constraint: the check of the record does that job, and half a million look-ups are saved
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="entry", db_constraint=False)
    leaf = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.position}: {self.fact_id}"


class TreeHead(models.Model):
    """A signed statement: the log has `size` leaves, the last of them `last_fact_id`, with this root.

    `frontier` holds the roots of the perfect subtrees, so that the next batch goes on without reading the log again.
    """

    size = models.BigIntegerField(primary_key=True)
    last_fact_id = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    frontier = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    signed_at = models.DateTimeField()

    class Meta:
        get_latest_by = "size"

    def __str__(self) -> str:
        return f"{self.size} ≤{self.last_fact_id}"
