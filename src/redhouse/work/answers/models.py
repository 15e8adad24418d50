import json
from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.enums import Making
from redhouse.ground.papers.models import OutgoingBook, PaperVersion, ready_with_its_file
from redhouse.ground.people.models import Person
from redhouse.work.answers.enums import ExtractFault, SheetState


class FigureMemo(models.Model):
    """An answer that was computed once, for ever true at its cut: facts are append-only, and a change to a ground row
    that a figure reads is a fact too, which moves the cut. Nothing here is ever invalidated."""

    figure = models.CharField(max_length=8)
    sql_digest = models.CharField(max_length=64)
    division_code = models.CharField(max_length=15, db_collation="C")
    as_of = models.DateField()
    last_fact_id = models.BigIntegerField()
    result = models.JSONField()
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "sql_digest", "division_code", "as_of", "last_fact_id"], name="figure_memo_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.division_code} {self.as_of} ≤{self.last_fact_id}"


class Sheet(models.Model):
    """An answer sheet on its way: who sent it for approval at which cuts, and what was decided. A returned one stays as
    it is; the next is another row with the next number."""

    division_code = models.CharField(max_length=15, db_collation="C")
    as_of = models.DateField()
    last_fact_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.SUBMITTED)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("退回原因"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division_code", "as_of", "number"], name="sheet_numbered_once"),
            models.UniqueConstraint(
                fields=["division_code", "as_of"],
                condition=Q(state=SheetState.SUBMITTED),
                name="sheet_submitted_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="sheet_approver_is_not_author",
                violation_error_message=_("送批的人不能批准自己的答卷：请另一位领导批准"),
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.SUBMITTED, decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=[SheetState.APPROVED, SheetState.RETURNED],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="sheet_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state=SheetState.RETURNED) & ~Q(reason=""))
                | (~Q(state=SheetState.RETURNED) & Q(reason="")),
                name="sheet_returned_with_a_reason",
                violation_error_message=_("退回要写明原因，好让送批的人改正"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.as_of} #{self.number} {self.state}"


class FrozenSheet(models.Model):
    """What was approved, for ever: `content` holds every figure with its text, both cuts, the head of the log, and who
    approved when. Written once; the database refuses change. Its shape: `queries.frozen`."""

    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, primary_key=True, related_name="frozen")
    content = models.JSONField()
    digest = models.CharField(max_length=64, db_collation="C")

    def __str__(self) -> str:
        return self.digest

    @staticmethod
    def digest_of(content: dict[str, object]) -> str:
        """SHA-256 over the content as JSON with sorted keys and no spaces, in UTF-8: anybody can compute it again."""
        return sha256(
            json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        ).hexdigest()


class SheetExtract(models.Model):
    """The Parquet extract from which a frozen sheet counts again: asked for in the act of approving, written in the
    background, READY only after it gave the frozen figures. The bytes are a paper's, and a fact holds their digest."""

    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, primary_key=True, related_name="extract")
    state = models.CharField(max_length=8, choices=Making, default=Making.WAITING)
    fault = models.CharField(max_length=10, choices=ExtractFault, blank=True)
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, null=True, related_name="+")
    manifest_digest = models.CharField(max_length=64, blank=True, db_collation="C")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Making.READY, version__isnull=False) | (~Q(state=Making.READY) & Q(version=None)),
                name="sheet_extract_ready_with_its_file",
            ),
            models.CheckConstraint(
                condition=(Q(state=Making.FAILED) & ~Q(fault="")) | (~Q(state=Making.FAILED) & Q(fault="")),
                name="sheet_extract_failed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.state}"


class RowsBook(OutgoingBook):
    """All rows of one answer as a workbook; `month` 0 is the whole year."""

    figure = models.CharField(max_length=8)
    division_code = models.CharField(max_length=15, db_collation="C")
    as_of = models.DateField()
    last_fact_id = models.BigIntegerField()
    month = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="rows_book_newest_of_a_person")]
        constraints = [ready_with_its_file("rows_book")]

    def __str__(self) -> str:
        return f"{self.figure} {self.division_code} {self.state}"
