from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.models import Person
from redhouse.work.registry.enums import ImportKind, ImportState


class Import(models.Model):
    """A workbook on its way into the registry. The file rests sealed; `outcome` says what became of every row.

    `outcome`: counts by mark, `marks` one letter a row, `slips` by row, `notes` on the sheet, `first` rows of each
    mark in masked form, `failure` where the file as a whole was refused. Sentences are kept as template and values.
    """

    kind = models.CharField(_("类别"), max_length=12, choices=ImportKind)
    state = models.CharField(_("状态"), max_length=10, choices=ImportState, default=ImportState.WAITING)
    file_name = models.CharField(_("文件名"), max_length=160)
    size = models.BigIntegerField(_("字节数"))
    sha256 = models.CharField(max_length=64, db_collation="C")
    sealed_sha256 = models.CharField(max_length=64, db_collation="C")
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="import_newest_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="import_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"
