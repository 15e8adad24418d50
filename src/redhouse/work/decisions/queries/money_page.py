"""What the pages of money print. Lines and questions are read with the wall open: a rule has said for whom."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from redhouse.ground.access.reach import everything
from redhouse.ground.papers.official.layout import chinese_date
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.queries import open_step
from redhouse.kit.numbers import exact_yuan, wholes, yuan
from redhouse.work.decisions.enums import Basis, UnpaidReason
from redhouse.work.decisions.models import (
    Distribution,
    Matter,
    Payment,
    PaymentList,
    ShareQuestion,
    ShareRegister,
    Unpaid,
)
from redhouse.work.decisions.queries.matters import matter_for
from redhouse.work.decisions.queries.money import (
    Paid,
    bases_of,
    distribution_of,
    paid_of,
    register_of,
    society_shares,
    standing_payments,
    with_state,
)


@dataclass(frozen=True)
class Totals:
    """What may be told to everybody: no line, no name."""

    register: ShareRegister
    distribution: Distribution | None
    sum_fen: int
    paid: Paid | None

    @property
    def per_whole(self) -> Fraction | None:
        """Fen for one whole share, square metre or yuan."""
        if self.distribution is None:
            return None
        return Fraction(self.distribution.total_fen * self.register.scale, self.register.units)

    @property
    def is_exact(self) -> bool:
        return self.distribution is not None and self.sum_fen == self.distribution.total_fen


def totals_of(matter: Matter) -> Totals | None:
    """None where nothing is frozen yet, or the matter is none of money."""
    register = register_of(matter) if bases_of(matter) else None
    if register is None:
        return None
    distribution = distribution_of(matter)
    if distribution is None:
        return Totals(register, None, 0, None)
    with everything():
        found = distribution.lines.aggregate(fen=Sum("amount_fen", default=0))
    step = open_step(matter.run)
    begun = distribution.payment_lists.exists() or (step is not None and step.kind == StepKind.EXECUTE)
    return Totals(register, distribution, found["fen"], paid_of(distribution) if begun else None)


def money_words(matter: Matter) -> str:
    """What a sheet for the board says of the money: totals, nobody's line. Sheets are Chinese; empty before a table."""
    totals = totals_of(matter)
    if totals is None or totals.distribution is None or totals.per_whole is None:
        return ""
    register, distribution = totals.register, totals.distribution
    with override("zh-hans"):
        unit = unit_word(register.basis)
        said = (
            f"分配总额{yuan(distribution.total_fen)}元。份额登记册截至{chinese_date(register.as_of)}，"
            f"{register.holders}人，共{wholes(register.units, register.scale)}{unit}，"
            f"每{unit}{exact_yuan(totals.per_whole)}元。每人金额按份额计算，先舍到分，余下的分按零头从大到小各补一分，"
            "合计与总额相符。"
        )
        if totals.paid is not None:
            paid = totals.paid
            said += f"已发放{paid.paid}笔{yuan(paid.paid_fen)}元，未发放{paid.lines - paid.paid}笔。"
    return said


@dataclass(frozen=True)
class Candidates:
    """Who would be on a register as of a day, before it is frozen."""

    as_of: date
    people: int
    units: int


def candidates(matter: Matter, as_of: date) -> Candidates:
    shares = society_shares(matter, as_of)
    return Candidates(as_of, len(shares), sum(share.units for share in shares))


def money_for(person: Person, matter_id: int, **address: str) -> Matter | None:
    """The door to the money of a matter that this person may see."""
    matter = matter_for(person, matter_id)
    return matter if matter is not None and bases_of(matter) else None


def questions_for(person: Person, matter: Matter, *, all_of_them: bool) -> list[ShareQuestion]:
    """All of them for whoever answers, else one's own."""
    with everything():
        rows = ShareQuestion.objects.filter(matter=matter).select_related("person").order_by("pk")
        return list(rows if all_of_them else rows.filter(person=person))


def question_for(person: Person, matter_id: int, question_id: int) -> ShareQuestion | None:
    matter = money_for(person, matter_id)
    if matter is None:
        return None
    with everything():
        return matter.share_questions.filter(pk=question_id).select_related("person").first()


@dataclass(frozen=True)
class Listed:
    """One payment list, with the lines and fen that it brought; what the bank gave back is left out."""

    row: PaymentList
    lines: int
    fen: int


def lists_of(distribution: Distribution) -> list[Listed]:
    with everything():
        counted = standing_payments().filter(payment_list__distribution=distribution).values("payment_list")
        found = {
            one["payment_list"]: (one["n"], one["fen"])
            for one in counted.annotate(n=Count("pk"), fen=Sum("line__amount_fen"))
        }
    rows = distribution.payment_lists.select_related("paper").order_by("pk")
    return [Listed(row, *found.get(row.pk, (0, 0))) for row in rows]


def lines_of(distribution: Distribution, *, unpaid_only: bool = False) -> QuerySet[Any]:
    """Lines in the order of the register with their holder, door, day of payment and newest reason. Evaluate it inside
    `everything()`."""
    newest = Unpaid.objects.filter(line=OuterRef("pk")).order_by("-pk")
    paid = Payment.objects.filter(line=OuterRef("pk"), bounce__isnull=True)
    rows = with_state(distribution).annotate(
        reason=Subquery(newest.values("reason")[:1]),
        paid_on=Subquery(paid.values("payment_list__paid_on")[:1]),
    )
    if unpaid_only:
        rows = rows.filter(amount_fen__gt=0, is_paid=False)
    found: QuerySet[Any] = rows.select_related("share__household__dwelling", "person").order_by("share__number")
    return found


def reason_word(reason: str | None) -> str:
    return str(UnpaidReason(reason).label) if reason else ""


def basis_words(matter: Matter) -> list[tuple[str, str]]:
    return [(basis.value, str(basis.label)) for basis in bases_of(matter)]


def unit_word(basis: str) -> str:
    """What one whole unit is called in a table."""
    return {Basis.SHARES: _("股"), Basis.AREA: _("平方米"), Basis.AMOUNTS: _("元")}[Basis(basis)]
