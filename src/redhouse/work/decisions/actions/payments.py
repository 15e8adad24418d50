"""Write down what was paid, and why something was not. `by` is the person who does it, `on` an Asia/Shanghai day."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import open_step
from redhouse.work.decisions import facts
from redhouse.work.decisions.actions.matters import Upload, keep_paper
from redhouse.work.decisions.actions.money import record
from redhouse.work.decisions.enums import UnpaidReason
from redhouse.work.decisions.models import Distribution, DistributionLine, Matter, Payment, PaymentList, Unpaid
from redhouse.work.decisions.queries.money import distribution_of, standing_payments, unpaid_lines
from redhouse.work.decisions.rules import may_pay

WHO = gettext_lazy("发放由办理“执行”这一步的人登记")


@transaction.atomic
def record_payment(
    *,
    matter: Matter,
    number: str,
    paid_on: date,
    evidence: Upload,
    by: Person,
    on: date,
    lines: Sequence[int] | None = None,
) -> PaymentList:
    """These lines (keys), by default all that are owed and not excused, were paid by the list `number`; `evidence` is
    filed with the execution. Raises PermissionDenied, NotYet, ValidationError; a line that is paid already stops the
    whole list."""
    distribution = _paying(matter, by, on)
    step = open_step(matter.run)
    assert step is not None
    if paid_on < step.opened_on:
        raise NotYet([_("%(day)s才开始执行，发放日不能更早") % {"day": step.opened_on}])
    with everything():
        owed = unpaid_lines(distribution, lines)
        if lines is not None and len(owed) != len(set(lines)):
            raise NotYet([_("有的行已经发放，或不在这张分配表里：请刷新后再登记")])
        if not owed:
            raise NotYet([_("没有待发放的行")])
        number = number.strip()
        title = _("发放凭证：%(number)s") % {"number": number}
        paper = keep_paper(matter=matter, kind=PaperKind.EVIDENCE, title=title, upload=evidence, by=by, on=on)
        row = PaymentList(
            distribution=distribution, number=number, paid_on=paid_on, paper=paper, recorded_on=on, recorded_by=by
        )
        row.full_clean(exclude=["distribution", "paper", "recorded_by"])
        with in_words(row):
            row.save()
        bounced = _bounced(owed)
        Payment.objects.bulk_create(
            Payment(
                payment_list=row,
                line=line,
                attempt=bounced.get(line.pk, 0) + 1,
                person_id=line.person_id,
                division_code=line.division_code,
            )
            for line in owed
        )
    record(facts.PAYMENTS_RECORDED, matter, by, on, object=paper.pk, quantity=len(owed))
    return row


@transaction.atomic
def note_unpaid(*, matter: Matter, lines: Sequence[int], reason: UnpaidReason, by: Person, on: date) -> int:
    """Say why these lines (keys) are not paid. `BOUNCED` takes their last payment back; for all others they must not be
    paid. Returns how many. Raises PermissionDenied, NotYet."""
    reason = UnpaidReason(reason)
    distribution = _paying(matter, by, on)
    wanted = set(lines)
    with everything():
        if reason == UnpaidReason.BOUNCED:
            paid = standing_payments().filter(line__distribution=distribution, line__in=wanted)
            rows: list[tuple[int, Payment | None]] = [(payment.line_id, payment) for payment in paid]
        else:
            rows = [(line.pk, None) for line in unpaid_lines(distribution, list(wanted))]
        if not wanted or len(rows) != len(wanted):
            raise NotYet([_("有的行不是这种情况（已发放、未发放过，或不在这张分配表里）：请刷新后再登记")])
        owners = DistributionLine.objects.in_bulk(wanted)
        Unpaid.objects.bulk_create(
            Unpaid(
                line_id=key,
                reason=reason,
                payment=payment,
                person_id=owners[key].person_id,
                division_code=owners[key].division_code,
                noted_on=on,
                noted_by=by,
            )
            for key, payment in rows
        )
    record(facts.UNPAID_NOTED, matter, by, on, quantity=len(rows), label=reason)
    return len(rows)


def _bounced(lines: Sequence[DistributionLine]) -> dict[int, int]:
    rows = Unpaid.objects.filter(line__in=lines, payment__isnull=False)
    return dict(rows.values_list("line").annotate(n=Count("pk")).order_by())


def _paying(matter: Matter, by: Person, on: date) -> Distribution:
    Run.objects.select_for_update(of=("self",)).get(pk=matter.run_id)
    if not may_pay(by, matter, on=on):
        raise PermissionDenied(str(WHO))
    distribution = distribution_of(matter)
    if distribution is None:
        raise NotYet([_("这件事项没有分配表")])
    return distribution
