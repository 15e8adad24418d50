from pathlib import Path

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.papers import enums
from redhouse.ground.papers.storage import outgoing
from redhouse.ground.people.models import Person

MEDIA_TYPE_REFUSED = _("不收这种格式的文件：请用 PDF、Word、Excel、文本或图片")


class Paper(models.Model):
    """A document of any kind: what it is called, whose it is. What is in it are its versions."""

    kind = models.CharField(_("文种"), max_length=16, choices=enums.PaperKind)
    title = models.CharField(_("标题"), max_length=160)
    number = models.CharField(_("发文字号"), max_length=40, blank=True)
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("单位")
    )
    created_at = models.DateTimeField(db_default=Now())
    # nobody: a photograph that somebody without an account sent with a report
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = _("文件")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "division_code"],
                condition=~Q(number=""),
                name="paper_number_once_in_a_division",
                violation_error_message=_("这个发文字号已经用过，请换下一个"),
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="paper_has_a_title", violation_error_message=_("请写文件标题")
            ),
        ]
        indexes = [models.Index(fields=["division_code", "kind"], name="paper_division_kind")]

    def __str__(self) -> str:
        return self.title


class PaperVersion(models.Model):
    """One file of a paper. Written once: the database refuses to change or delete it. The bytes are in `storage`."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    version_no = models.PositiveSmallIntegerField(_("版次"))
    sha256 = models.CharField(max_length=64, db_collation="C")
    sm3 = models.CharField(max_length=64, db_collation="C")
    size = models.BigIntegerField(_("字节数"))
    media_type = models.CharField(
        _("格式"), max_length=80, choices=enums.MediaType, error_messages={"invalid_choice": MEDIA_TYPE_REFUSED}
    )
    file_name = models.CharField(_("文件名"), max_length=160)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "version_no"],
                name="paper_version_once",
                violation_error_message=_("这一版已经存过"),
            ),
            models.CheckConstraint(condition=Q(version_no__gte=1), name="paper_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(sm3__regex=r"^[0-9a-f]{64}$"),
                name="paper_version_digests_are_hexadecimal",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(size__lte=enums.MAX_BYTES),
                name="paper_version_is_not_empty_nor_huge",
                violation_error_message=_("文件是空的，或超过 100 MB：请检查后重新上传"),
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=enums.MediaType.values),
                name="paper_version_media_type_is_allowed",
                violation_error_message=MEDIA_TYPE_REFUSED,
            ),
            models.CheckConstraint(
                condition=~Q(file_name="") & ~Q(file_name__regex=r"[/\\[:cntrl:]]"),
                name="paper_version_file_name_has_no_path",
                violation_error_message=_("文件名不能为空，也不能含有斜线"),
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="paper_version_sha256")]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.version_no}"


class OutgoingBook(models.Model):
    """A workbook too long for one request: asked for by somebody, written in the background within that person's reach,
    thrown away after some days. `file_name` is drawn at random and lies in the folder of outgoing files; no backup
    takes those along. Rooms add what it holds."""

    rows = models.BigIntegerField()
    written = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=enums.Making, default=enums.Making.WAITING)
    file_name = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def place(self) -> Path:
        return outgoing() / self.file_name

    @property
    def is_gone(self) -> bool:
        """Written, but thrown away since, or left behind by a restore."""
        return self.state == enums.Making.READY and not self.place.is_file()


def ready_with_its_file(noun: str) -> models.CheckConstraint:
    """A workbook is ready when it has a file, and only then."""
    ready = Q(state=enums.Making.READY)
    return models.CheckConstraint(
        condition=(ready & ~Q(file_name="")) | (~ready & Q(file_name="")), name=f"{noun}_ready_with_its_file"
    )
