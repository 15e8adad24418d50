"""What this room keeps: forms that a town drafted, and what people wrote into the cells that nothing fills."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers.models import OutgoingBook, ready_with_its_file
from redhouse.ground.people.models import Person
from redhouse.work.forms.definitions import AnswerKind, Every, Per
from redhouse.work.forms.enums import DraftState


class FormDraft(models.Model):
    """A form that a town drafted. It is filled once another person has approved it, who sees what it costs."""

    title = models.CharField(_("名称"), max_length=40)
    reason = models.CharField(_("为什么要新增"), max_length=200)
    division_code = models.CharField(max_length=15, db_collation="C")
    holding = models.CharField(_("每行是什么"), max_length=30)
    every = models.CharField(_("多久填一次"), max_length=8, choices=Every)
    month_on = models.DateField(_("填哪个月"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=DraftState, default=DraftState.WAITING)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField(_("拟订"))
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("批准或退回"), null=True, blank=True)
    refusal = models.CharField(_("退回理由"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(reason=""),
                name="form_draft_says_why",
                violation_error_message=_("请写名称，以及为什么要新增这份报表"),
            ),
            models.CheckConstraint(
                condition=Q(every=Every.ONCE, month_on__isnull=False)
                | (~Q(every=Every.ONCE) & Q(month_on__isnull=True)),
                name="form_draft_once_in_a_month",
                violation_error_message=_("专项报表要写明填哪个月；每月填的不写"),
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.WAITING, decided_by__isnull=True, decided_on__isnull=True)
                | (~Q(state=DraftState.WAITING) & Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="form_draft_decided_by_somebody",
                violation_error_message=_("批准或退回要写明是谁、哪天"),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="form_draft_decider_is_not_author",
                violation_error_message=_("拟表人不能批准自己的表：请另一位领导批准"),
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.RETURNED) | ~Q(refusal=""),
                name="form_draft_returned_with_a_reason",
                violation_error_message=_("退回要写理由"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DraftColumn(models.Model):
    """A known field of the holding, or a question of one's own."""

    draft = models.ForeignKey(FormDraft, on_delete=models.CASCADE, related_name="columns")
    number = models.PositiveSmallIntegerField(_("序号"))
    field = models.CharField(_("已有的栏目"), max_length=30, blank=True)
    question = models.CharField(_("要问的"), max_length=40, blank=True)
    kind = models.CharField(_("答什么"), max_length=8, choices=AnswerKind, blank=True)
    per = models.CharField(_("填几次"), max_length=8, choices=Per, blank=True)

    class Meta:
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_column_numbered_once"),
            models.CheckConstraint(
                condition=(~Q(field="") & Q(question="", kind="", per=""))
                | (Q(field="") & ~Q(question="") & ~Q(kind="") & ~Q(per="")),
                name="draft_column_is_known_or_asked",
                violation_error_message=_("每栏或者选已有的，或者写要问什么、答什么、填几次"),
            ),
        ]

    def __str__(self) -> str:
        return self.field or self.question


class CellEntry(models.Model):
    """What somebody wrote into one cell. Another entry for the same cell takes its place; none goes away."""

    form_code = models.CharField(max_length=10, db_collation="C")
    division_code = models.CharField(max_length=15, db_collation="C")
    month_on = models.DateField()
    row_key = models.CharField(max_length=24, blank=True, db_collation="C")  # empty: asked once for the place
    ask = models.CharField(max_length=30, db_collation="C")
    value = models.CharField(_("填写"), max_length=200, blank=True)
    # no database constraint, as everywhere: facts never go away
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    filled_on = models.DateField(_("填写日期"))
    filled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["form_code", "month_on", "division_code"], name="cell_entry_where_when")]

    def __str__(self) -> str:
        return f"{self.form_code} {self.month_on:%Y-%m} {self.ask}"


class FormBook(OutgoingBook):
    """A filled form as a workbook."""

    form_code = models.CharField(max_length=10, db_collation="C")
    division_code = models.CharField(max_length=15, db_collation="C")
    month_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="form_book_newest_of_a_person")]
        constraints = [ready_with_its_file("form_book")]

    def __str__(self) -> str:
        return f"{self.form_code} {self.division_code} {self.state}"
