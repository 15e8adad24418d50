"""Money of a matter: a register frozen as of a day, what is shared out by it, and what was paid. All of it is written
once; what is wrong is followed by a later row. Amounts in fen, units in whole parts of 1/scale."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Household, Person
from redhouse.work.decisions.enums import Basis, UnpaidReason
from redhouse.work.decisions.models.matter import Matter


class ShareRegister(models.Model):
    """Who held how much on `as_of`; the newest of a matter counts. `digest` is that of `paper`, its canonical text."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="registers")
    basis = models.CharField(_("分配依据"), max_length=8, choices=Basis)
    scale = models.PositiveSmallIntegerField(_("每一整份的单位数"))
    as_of = models.DateField(_("截至"))
    holders = models.PositiveIntegerField(_("人数"))
    units = models.BigIntegerField(_("份额合计"))
    digest = models.CharField(_("摘要"), max_length=64, db_collation="C")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    frozen_on = models.DateField(_("冻结"))
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(as_of__lte=F("frozen_on")),
                name="share_register_is_not_of_the_future",
                violation_error_message=_("登记册不能截至以后的日子"),
            ),
            models.CheckConstraint(
                condition=Q(units__gt=0, holders__gt=0, scale__gt=0),
                name="share_register_holds_something",
                violation_error_message=_("登记册里没有份额"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.as_of}"


class ShareLine(models.Model):
    """One holder. `salt` makes the code by which the line stands in the public text (`kit.sharing.holder_code`)."""

    register = models.ForeignKey(ShareRegister, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("册号"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="share_lines")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    units = models.BigIntegerField(_("份额"))
    salt = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "person"], name="share_line_once", violation_error_message=_("此人已在登记册上")
            ),
            models.UniqueConstraint(fields=["register", "number"], name="share_line_numbered_once"),
            models.CheckConstraint(
                condition=Q(units__gte=0),
                name="share_line_is_not_negative",
                violation_error_message=_("份额不能是负数"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}:{self.number}"


class ShareQuestion(models.Model):
    """Somebody says that their share is wrong, and is answered before the register is frozen."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="share_questions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    text = models.CharField(_("哪里不对"), max_length=400)
    raised_on = models.DateField(_("提出"))
    answer = models.CharField(_("答复"), max_length=400, blank=True)
    is_upheld = models.BooleanField(_("成立"), null=True, blank=True)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="share_question_says_something", violation_error_message=_("请写哪里不对")
            ),
            models.CheckConstraint(
                condition=Q(answer="", is_upheld__isnull=True, answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(is_upheld__isnull=False, answered_on__isnull=False, answered_by__isnull=False)),
                name="share_question_answered_whole",
                violation_error_message=_("答复要写明理由和异议是否成立"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.pk}"


class Distribution(models.Model):
    """A total shared out by a register; the newest of a matter counts. The database checks that its lines are exact
    (migration 0021)."""

    register = models.ForeignKey(ShareRegister, on_delete=models.PROTECT, related_name="distributions")
    total_fen = models.BigIntegerField(_("总额（分）"))
    digest = models.CharField(_("摘要"), max_length=64, db_collation="C")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("提出"))
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_fen__gt=0),
                name="distribution_is_of_something",
                violation_error_message=_("分配总额应大于零"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}: {self.total_fen}"


class DistributionLine(models.Model):
    """What one holder gets."""

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="lines")
    share = models.ForeignKey(ShareLine, on_delete=models.PROTECT, related_name="amounts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="distribution_lines")
    division_code = models.CharField(max_length=15, db_collation="C")
    amount_fen = models.BigIntegerField(_("金额（分）"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["distribution", "share"], name="distribution_line_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0),
                name="distribution_line_is_not_negative",
                violation_error_message=_("金额不能是负数"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}:{self.share_id}"


class PaymentList(models.Model):
    """One list by which money was paid out, with its evidence: a bank's receipt, names and accounts covered."""

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="payment_lists")
    number = models.CharField(_("发放清单号"), max_length=40)
    paid_on = models.DateField(_("发放日"))
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField(_("登记"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["distribution", "number"],
                name="payment_list_numbered_once",
                violation_error_message=_("这个清单号已经登记过"),
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="payment_list_has_a_number",
                violation_error_message=_("请写发放清单号"),
            ),
            models.CheckConstraint(
                condition=Q(paid_on__lte=F("recorded_on")),
                name="payment_list_is_not_of_the_future",
                violation_error_message=_("发放日不能晚于今天"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}: {self.number}"


class Payment(models.Model):
    """A line was paid by a list. Paid again only after the bank gave it back: `attempt` counts on."""

    payment_list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="payments")
    line = models.ForeignKey(DistributionLine, on_delete=models.PROTECT, related_name="payments")
    attempt = models.PositiveSmallIntegerField(_("第几次"), default=1)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "attempt"],
                name="payment_once_an_attempt",
                violation_error_message=_("这一笔已经登记发放"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}:{self.attempt}"


class Unpaid(models.Model):
    """Why a line is not paid, or which payment the bank gave back; the newest of a line counts."""

    line = models.ForeignKey(DistributionLine, on_delete=models.PROTECT, related_name="unpaid")
    reason = models.CharField(_("未发放的原因"), max_length=12, choices=UnpaidReason)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="bounce", verbose_name=_("退回的发放")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    noted_on = models.DateField(_("登记"))
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason=UnpaidReason.BOUNCED, payment__isnull=False)
                | (~Q(reason=UnpaidReason.BOUNCED) & Q(payment__isnull=True)),
                name="unpaid_bounced_is_a_payment",
                violation_error_message=_("银行退回的，要说明退回的是哪一次发放"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.reason}"
