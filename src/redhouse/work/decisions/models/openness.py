"""What is put up on the board, what people object to it, and what is kept in the end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.models import Paper
from redhouse.ground.people.fields import SealedField
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import RunStep
from redhouse.work.decisions.enums import ObjectionChannel, Phase, PublicityKind
from redhouse.work.decisions.models.matter import Matter


class Publicity(models.Model):
    """One sheet for the board, as it was printed. Written once: a mistake is mended by a sheet that amends it.

    `code` is computed from what the sheet says, so that nobody can show another sheet under the same code.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="publicities")
    run_step = models.ForeignKey(RunStep, on_delete=models.PROTECT, related_name="publicities")
    kind = models.CharField(_("类别"), max_length=12, choices=PublicityKind)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="publicity")
    amends = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amended_by", verbose_name=_("更正")
    )
    is_material = models.BooleanField(_("实质更正"), default=False)
    reason = models.CharField(_("更正说明"), max_length=200, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"), max_length=4000)
    places = models.CharField(_("张贴地点"), max_length=60)
    from_on = models.DateField(_("张贴日"))
    last_on = models.DateField(_("公示至"))  # the last day, itself included
    code = models.CharField(_("验证码"), max_length=14, unique=True, db_collation="C")
    head_size = models.BigIntegerField(null=True, blank=True)  # the newest signed head when it was printed
    head_root = models.CharField(max_length=64, blank=True, db_collation="C")
    made_on = models.DateField(_("制作"))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(title="") & ~Q(places=""),
                name="publicity_says_what_and_where",
                violation_error_message=_("请写标题、内容和张贴地点"),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("from_on")),
                name="publicity_ends_after_it_begins",
                violation_error_message=_("公示期止日不能早于张贴日"),
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True, is_material=False, reason="")
                | (Q(amends__isnull=False) & ~Q(reason="")),
                name="publicity_amendment_says_why",
                violation_error_message=_("更正要写明改了什么、为什么"),
            ),
        ]
        indexes = [models.Index(fields=["matter", "kind"], name="publicity_matter_kind")]

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """Evidence that a sheet hung on the board, or hung there to the end: a photograph of the board, faces left out."""

    publicity = models.ForeignKey(Publicity, on_delete=models.PROTECT, related_name="postings")
    phase = models.CharField(_("时点"), max_length=8, choices=Phase)
    photo = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField(_("拍摄日"))
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publicity", "phase"],
                name="posting_once_a_phase",
                violation_error_message=_("这一时点的照片已经存过"),
            ),
            models.CheckConstraint(
                condition=Q(seen_on__lte=F("recorded_on")),
                name="posting_is_not_in_the_future",
                violation_error_message=_("拍摄日不能晚于今天"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publicity_id} {self.phase}"


class Objection(models.Model):
    """What somebody objects to, and the answer. Who it is stays behind the wall; the public sees a number."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField(_("第几件"))
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = SealedField(_("姓名"))  # of somebody who is not in the register and wrote on paper
    division_code = models.CharField(max_length=15, db_collation="C")
    channel = models.CharField(_("途径"), max_length=8, choices=ObjectionChannel)
    text = models.CharField(_("异议"), max_length=1000)
    raised_on = models.DateField(_("提出"))
    due_on = models.DateField(_("答复期限"))
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("答复"), max_length=1000, blank=True)
    is_upheld = models.BooleanField(_("异议成立"), null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="objection_numbered_once"),
            models.CheckConstraint(
                condition=~Q(text=""), name="objection_says_something", violation_error_message=_("请写异议内容")
            ),
            models.CheckConstraint(
                condition=Q(answer="", is_upheld__isnull=True, answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(is_upheld__isnull=False, answered_on__isnull=False, answered_by__isnull=False)),
                name="objection_answered_whole",
                violation_error_message=_("答复要写明理由和异议是否成立"),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("raised_on")),
                name="objection_answered_after_it_was_raised",
                violation_error_message=_("答复不能早于异议"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.number}"


class MatterArchive(models.Model):
    """The dossier of an archived matter, and the sealed bundle, once the public log holds the dossier's digest."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="archive")
    dossier = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    bundle = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archived_on = models.DateField(_("归档"))
    archived_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.matter_id}"
