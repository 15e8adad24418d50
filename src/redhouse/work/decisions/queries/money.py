"""The register, the distribution and the payments of a matter. Lines are read with the wall open only after a rule or
a door has said for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person, SocietyMember
from redhouse.kit import sharing
from redhouse.work.decisions.enums import MONEY, Basis
from redhouse.work.decisions.models import (
    Distribution,
    DistributionLine,
    Matter,
    Payment,
    ShareLine,
    ShareQuestion,
    ShareRegister,
    Unpaid,
)


class Share(NamedTuple):
    """What one person brings into a register: `units` in whole parts of 1/scale."""

    person_id: int
    household_id: int | None
    units: int


def bases_of(matter: Matter) -> tuple[Basis, ...]:
    """By what this matter may share out money; empty where it is none of money."""
    return MONEY.get(matter.run.version.code, ())


def society_shares(matter: Matter, as_of: date) -> list[Share]:
    """The members of the society and their shares as the register of people knows them on that day."""
    with everything():
        rows = SocietyMember.objects.as_of(as_of).filter(body=matter.run.host_id)
        return [Share(*row) for row in rows.order_by("pk").values_list("person", "household", "shares")]


def register_of(matter: Matter) -> ShareRegister | None:
    """The newest; older ones stay as they were."""
    return matter.registers.order_by("-pk").first()


def distribution_of(matter: Matter, register: ShareRegister | None = None) -> Distribution | None:
    """What is shared out by the newest register, where whoever asks has read it: `register`; None while that one
    waits for its table."""
    register = register or register_of(matter)
    if register is None:
        return None
    found = register.distributions.order_by("-pk").first()
    if found is not None:
        found.register = register
    return found


def text_of(register: ShareRegister, lines: Iterable[ShareLine]) -> sharing.Register:
    """The register as its public text says it: numbers, codes and units, no name."""
    run, matter = register.matter.run_id, register.matter
    holders = (
        sharing.Holder(
            line.number,
            sharing.holder_code(run=run, number=line.number, person=line.person_id, salt=bytes(line.salt)),
            line.units,
        )
        for line in lines
    )
    about: dict[str, str | int] = {"matter": matter.number, "run": run, "host": matter.run.host.name}
    return sharing.Register(about, register.basis, register.scale, register.as_of.isoformat(), tuple(holders))


def questions_open(matter: Matter) -> int:
    with everything():
        return ShareQuestion.objects.filter(matter=matter, answered_on__isnull=True).count()


def standing_payments() -> QuerySet[Payment]:
    """Payments that the bank did not give back."""
    return Payment.objects.filter(bounce__isnull=True)


def with_state(distribution: Distribution) -> QuerySet[Any]:
    """Lines with `is_paid` and `is_excused`: a reason was given after the last payment, if there was one."""
    return distribution.lines.annotate(
        is_paid=Exists(standing_payments().filter(line=OuterRef("pk"))),
        is_excused=Exists(Unpaid.objects.filter(line=OuterRef("pk"))),
    )


@dataclass(frozen=True)
class Paid:
    """How far the payment is, in lines and fen; lines of nothing need no payment."""

    lines: int
    paid: int
    paid_fen: int
    excused: int

    @property
    def waiting(self) -> int:
        """Neither paid nor with a reason."""
        return self.lines - self.paid - self.excused


def paid_of(distribution: Distribution) -> Paid:
    """One query."""
    unpaid = Q(is_paid=False)
    with everything():
        found = (
            with_state(distribution)
            .filter(amount_fen__gt=0)
            .aggregate(
                lines=Count("pk"),
                paid=Count("pk", filter=~unpaid),
                fen=Sum("amount_fen", filter=~unpaid, default=0),
                excused=Count("pk", filter=unpaid & Q(is_excused=True)),
            )
        )
    return Paid(found["lines"], found["paid"], found["fen"], found["excused"])


def unpaid_lines(distribution: Distribution, keys: Sequence[int] | None = None) -> list[DistributionLine]:
    """Lines that are owed, in the order of the register: those of `keys`, or all for which no reason was given. Call
    inside `everything()`."""
    rows = with_state(distribution).filter(amount_fen__gt=0, is_paid=False).select_related("share")
    rows = rows.filter(is_excused=False) if keys is None else rows.filter(pk__in=keys)
    return list(rows.order_by("share__number"))


def holds_share(person: Person, matter: Matter, on: date) -> bool:
    """Whether the register of people has this person among the society's members."""
    with everything():
        return SocietyMember.objects.as_of(on).filter(body=matter.run.host_id, person=person).exists()
