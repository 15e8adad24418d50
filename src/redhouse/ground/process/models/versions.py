from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Origin


class ProcedureVersion(models.Model):
    """A proved procedure, for ever: the text byte for byte, and the tables that the database's guards read
    (`procedure.flat`). A town's version stands on the version of the law that it adds to."""

    code = models.CharField(_("事权"), max_length=8, db_collation="C")
    origin = models.CharField(_("来源"), max_length=8, choices=Origin)
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C", blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="town_versions")
    digest = models.CharField(_("摘要"), max_length=64, unique=True, db_collation="C")
    text = models.TextField(_("程序文本"))
    steps = models.JSONField()
    ways = models.JSONField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("理由"), max_length=200)
    adopted_on = models.DateField(_("采用"))
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("procedure_version"),
            models.CheckConstraint(
                condition=Q(
                    origin=Origin.LAW,
                    division_code="",
                    based_on__isnull=True,
                    author__isnull=True,
                    approver__isnull=True,
                )
                | Q(
                    ~Q(division_code=""),
                    origin=Origin.TOWN,
                    based_on__isnull=False,
                    author__isnull=False,
                    approver__isnull=False,
                ),
                name="procedure_version_of_a_town_is_signed",
                violation_error_message=_("镇增订的版本要写明拟稿人、批准人和所依据的法定版本"),
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | ~Q(author=F("approver")),
                name="procedure_version_approver_is_not_author",
                violation_error_message=_("拟稿人不能批准自己的版本：请另一位领导批准"),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="procedure_version_says_why",
                violation_error_message=_("请写明采用这一版的理由"),
            ),
        ]
        indexes = [models.Index(fields=["code", "from_on"], name="procedure_version_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.origin} {self.from_on} {self.digest[:8]}"
