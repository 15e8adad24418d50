"""One's own part of what is shared out: what stands on the register, what it came to, and why."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from redhouse.ground.people.models import Person
from redhouse.kit.sharing import Part, holder_code, part_of
from redhouse.work.decisions.models import Distribution, Matter, Payment, ShareLine, ShareRegister, Unpaid
from redhouse.work.decisions.queries.money import distribution_of, standing_payments


@dataclass(frozen=True)
class Mine:
    """`part` tells how the exact quota was rounded; `code` is how the line stands in the public text."""

    matter: Matter
    register: ShareRegister
    share: ShareLine
    code: str
    distribution: Distribution | None
    amount: int | None
    part: Part | None
    payment: Payment | None
    unpaid: Unpaid | None

    @property
    def paid_on(self) -> date | None:
        return self.payment.payment_list.paid_on if self.payment else None


def own_part(person: Person, matter: Matter) -> Mine | None:
    """On the newest register of the matter; the wall lets one's own rows through wherever one stands."""
    share = _shares(person).filter(register__matter=matter).first()
    return _mine(share) if share is not None else None


def own_parts(person: Person) -> list[Mine]:
    """Of every matter whose newest register names this person, the newest first."""
    return [_mine(share) for share in _shares(person)]


def _shares(person: Person) -> QuerySet[ShareLine]:
    """This person's lines on registers whose place no later one took."""
    later = ShareRegister.objects.filter(matter=OuterRef("register__matter"), pk__gt=OuterRef("register"))
    lines = ShareLine.objects.filter(~Exists(later), person=person)
    return lines.select_related("register__matter__run__version", "register__matter__run__host").order_by("-register")


def _mine(share: ShareLine) -> Mine:
    register = share.register
    matter = register.matter
    distribution = distribution_of(matter)
    line = share.amounts.filter(distribution=distribution).first() if distribution else None
    payment = standing_payments().filter(line=line).select_related("payment_list").first() if line else None
    part = None
    if distribution is not None and line is not None:
        part = part_of(distribution.total_fen, share.units, register.units, line.amount_fen)
    return Mine(
        matter=matter,
        register=register,
        share=share,
        code=holder_code(run=matter.run_id, number=share.number, person=share.person_id, salt=bytes(share.salt)),
        distribution=distribution,
        amount=line.amount_fen if line else None,
        part=part,
        payment=payment,
        unpaid=line.unpaid.order_by("-pk").first() if line and not payment else None,
    )
