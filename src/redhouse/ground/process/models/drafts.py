from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.ground.process.models.versions import ProcedureVersion


class VersionDraft(models.Model):
    """A town's own version on its way from who drafts it to who approves it, who is somebody else. Proved when it is
    drafted, and again when it is approved."""

    code = models.CharField(_("事权"), max_length=8, db_collation="C")
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    base = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="drafts")
    text = models.TextField(_("程序文本"))
    reason = models.CharField(_("理由"), max_length=200)
    drafted_on = models.DateField(_("拟订"))
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("决定"), null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.CharField(_("不批准的理由"), max_length=200, blank=True)
    version = models.OneToOneField(
        ProcedureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="version_draft_says_why",
                violation_error_message=_("请写明增订的理由"),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="version_draft_is_decided_by_another",
                violation_error_message=_("拟稿人不能批准自己的版本：请另一位领导批准"),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decided_by__isnull=True, refusal="", version__isnull=True)
                | Q(
                    Q(refusal="", version__isnull=False) | Q(~Q(refusal=""), version__isnull=True),
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                ),
                name="version_draft_is_decided_whole",
                violation_error_message=_("不批准要写明理由"),
            ),
        ]
        indexes = [models.Index(fields=["code", "decided_on"], name="version_draft_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.drafted_on}"
