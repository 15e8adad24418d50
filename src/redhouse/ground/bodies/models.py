from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies import enums
from redhouse.ground.ledger.periods import PeriodQuerySet, period_constraint
from redhouse.ground.places.fields import InitialsField


class Body(models.Model):
    """An organisation. The tree is who it belongs to; what guides or supervises it is a `Relation`."""

    kind = models.CharField(_("类别"), max_length=24, choices=enums.BodyKind)
    sector = models.CharField(_("领域"), max_length=20, choices=enums.Sector, default=enums.Sector.TERRITORY)
    name = models.CharField(_("名称"), max_length=80)
    initials = InitialsField()
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    is_joint = models.BooleanField(_("联合支部"), default=False)
    is_area = models.BooleanField(_("区域性党组织"), default=False)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    from_on = models.DateField(_("成立"))
    until_on = models.DateField(_("撤销"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("组织")
        constraints = [
            period_constraint("body"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="body_is_not_its_own_parent",
                violation_error_message=_("组织不能是自己的上级"),
            ),
            models.CheckConstraint(
                condition=Q(is_joint=False) | Q(kind=enums.BodyKind.PARTY_BRANCH),
                name="body_joint_only_for_branches",
                violation_error_message=_("只有党支部可以是联合支部（支部条例）"),
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="body_credit_code_once",
                violation_error_message=_("这个统一社会信用代码已属于另一组织"),
            ),
            models.UniqueConstraint(
                fields=["name", "division_code"],
                condition=Q(until_on__isnull=True),
                name="body_name_once_in_a_division",
                violation_error_message=_("本区划已有同名组织"),
            ),
        ]
        indexes = [models.Index(fields=["division_code", "kind"], name="body_division_kind")]

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """Who guides, supervises or manages whom, from when until when."""

    kind = models.CharField(_("关系"), max_length=12, choices=enums.RelationKind)
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="relations_out")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="relations_in")
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("relation"),
            models.CheckConstraint(
                condition=~Q(from_body=F("to_body")),
                name="relation_is_between_two_bodies",
                violation_error_message=_("组织不能与自己建立关系"),
            ),
            models.UniqueConstraint(
                fields=["kind", "from_body", "to_body"],
                condition=Q(until_on__isnull=True),
                name="relation_once_at_a_time",
                violation_error_message=_("这层关系已经登记"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_body_id} {self.kind} {self.to_body_id}"
