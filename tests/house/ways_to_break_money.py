"""The constraints of money: registers, tables, payments."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model

from redhouse.ground.people.models import Person
from redhouse.work.decisions.models import (
    Distribution,
    DistributionLine,
    Payment,
    PaymentList,
    ShareLine,
    ShareQuestion,
    ShareRegister,
    Unpaid,
)
from tests.cast import SOCIETY, person
from tests.ground.process.factories import D1
from tests.house.ways_to_break_decisions import again, paper, saved_matter

DIGEST = "0" * 64
M = TypeVar("M", bound=Model)


def saved(row: M) -> M:
    row.save()
    return row


def register(**changes: object) -> ShareRegister:
    fields = {"matter": saved_matter(), "basis": "shares", "scale": 1, "as_of": D1, "holders": 1, "units": 2}
    fields |= {"digest": DIGEST, "paper": paper(), "frozen_on": D1, "frozen_by": person("secretary")}
    return ShareRegister(**fields | changes)


def share_line(who: Person | None = None, **changes: object) -> ShareLine:
    head = saved(register())
    fields = {"register": head, "number": 1, "person": who or person("member"), "division_code": SOCIETY}
    return ShareLine(**fields | {"units": 2, "salt": b"salt"} | changes)


def share_question(**changes: object) -> ShareQuestion:
    fields = {"matter": saved_matter(), "person": person("member"), "division_code": SOCIETY, "text": "少算一股"}
    return ShareQuestion(**fields | {"raised_on": D1} | changes)


def distribution(**changes: object) -> Distribution:
    head = changes.pop("register", None) or saved(register())
    fields = {"register": head, "total_fen": 500, "digest": DIGEST, "paper": paper(), "proposed_on": D1}
    return Distribution(**fields | {"proposed_by": person("secretary")} | changes)


def distribution_line(who: Person | None = None, **changes: object) -> DistributionLine:
    share = saved(share_line(who))
    head = saved(distribution(register=share.register))
    fields = {"distribution": head, "share": share, "person": share.person, "division_code": SOCIETY}
    return DistributionLine(**fields | {"amount_fen": 500} | changes)


def payment_list(**changes: object) -> PaymentList:
    head = changes.pop("distribution", None) or saved(distribution())
    fields = {"distribution": head, "number": "1", "paid_on": D1, "paper": paper(), "recorded_on": D1}
    return PaymentList(**fields | {"recorded_by": person("secretary")} | changes)


def payment(who: Person | None = None, **changes: object) -> Payment:
    line = saved(distribution_line(who))
    listed = saved(payment_list(distribution=line.distribution))
    fields = {"payment_list": listed, "line": line, "person": line.person, "division_code": SOCIETY}
    return Payment(**fields | changes)


def unpaid(**changes: object) -> Unpaid:
    line = saved(distribution_line())
    fields = {"line": line, "reason": "heirs", "person": line.person, "division_code": SOCIETY, "noted_on": D1}
    return Unpaid(**fields | {"noted_by": person("secretary")} | changes)


def about(member: Person) -> None:
    """A row about this person in every table of money."""
    saved(share_question(person=member))
    paid = saved(payment(member))
    Unpaid(
        line=paid.line, reason="bounced", payment=paid, person=member, division_code=SOCIETY, noted_on=D1,
        noted_by=person("secretary"),
    ).save()  # fmt: skip


WAYS: dict[str, Callable[[], Model]] = {
    "share_register_is_not_of_the_future": lambda: register(as_of=D1.replace(year=2019)),
    "share_register_holds_something": lambda: register(units=0),
    "share_line_once": lambda: again(share_line(), number=2),
    "share_line_numbered_once": lambda: again(share_line(), person_id=person("outsider").pk),
    "share_line_is_not_negative": lambda: share_line(units=-1),
    "share_question_says_something": lambda: share_question(text=""),
    "share_question_answered_whole": lambda: share_question(answer="已核对"),
    "distribution_is_of_something": lambda: distribution(total_fen=0),
    "distribution_line_once": lambda: again(distribution_line()),
    "distribution_line_is_not_negative": lambda: distribution_line(amount_fen=-1),
    "payment_list_numbered_once": lambda: again(payment_list(), paper_id=paper().pk),
    "payment_list_has_a_number": lambda: payment_list(number=""),
    "payment_list_is_not_of_the_future": lambda: payment_list(paid_on=D1.replace(year=2019)),
    "payment_once_an_attempt": lambda: again(payment()),
    "unpaid_bounced_is_a_payment": lambda: unpaid(reason="bounced"),
}
SPEAKING_FIELDS = {"share_question_says_something", "payment_list_has_a_number"}
