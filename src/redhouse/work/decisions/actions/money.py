"""Freeze a register, share money out by it, hear who finds their share wrong. `by` is the person who does it, `on` an
Asia/Shanghai day; amounts in fen."""

import os
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Run
from redhouse.kit.record import digest_label
from redhouse.kit.sharing import share_out
from redhouse.work.decisions import facts
from redhouse.work.decisions.actions.matters import Upload, keep_paper
from redhouse.work.decisions.enums import SCALES, Basis
from redhouse.work.decisions.models import (
    Distribution,
    DistributionLine,
    Matter,
    ShareLine,
    ShareQuestion,
    ShareRegister,
)
from redhouse.work.decisions.queries.money import Share, register_of, society_shares, text_of
from redhouse.work.decisions.rules import (
    may_answer_question,
    may_keep_money,
    may_question,
    missing_for_distribution,
    missing_for_register,
)

KEEPERS = gettext_lazy("登记册和分配表由起草的人在起草时办；起草以后要改，先作实质修改，退回起草")


@transaction.atomic
def freeze_register(
    *,
    matter: Matter,
    as_of: date,
    by: Person,
    on: date,
    basis: Basis = Basis.SHARES,
    shares: Sequence[Share] | None = None,
    scale: int | None = None,
) -> ShareRegister:
    """Write down for good who holds how much: the members of the society on `as_of`, or `shares` as a workbook gave
    them. The text, with codes instead of people, is filed with the draft; its digest goes into the ledger.

    Raises PermissionDenied, NotYet. A second register takes the place of the first, which stays.
    """
    basis = Basis(basis)
    _keep(matter, by, on)
    found = society_shares(matter, as_of) if shares is None else list(shares)
    require(missing_for_register(matter, basis, as_of, found, on))
    found.sort(key=lambda share: (share.household_id or 0, share.person_id))
    register = ShareRegister(
        matter=matter,
        basis=basis,
        scale=scale or SCALES[basis],
        as_of=as_of,
        holders=len(found),
        units=sum(share.units for share in found),
        frozen_on=on,
        frozen_by=by,
    )
    lines = [
        ShareLine(
            register=register,
            number=number,
            person_id=share.person_id,
            household_id=share.household_id,
            division_code=matter.division_code,
            units=share.units,
            salt=os.urandom(16),
        )
        for number, share in enumerate(found, start=1)
    ]
    text = text_of(register, lines)
    title = _("份额登记册（截至%(day)s）") % {"day": as_of}
    register.digest = text.digest()
    register.paper = _filed(matter, PaperKind.REGISTER, title, text.text(), by, on)
    register.save()
    with everything():  # holders may live anywhere
        ShareLine.objects.bulk_create(lines)  # one statement: the database compares it with the register
    record(
        facts.REGISTER_FROZEN, matter, by, on, object=register.paper_id, quantity=len(lines),
        label=digest_label(register.digest),
    )  # fmt: skip
    return register


@transaction.atomic
def propose_distribution(
    *, matter: Matter, total_fen: int, by: Person, on: date, basis: Basis = Basis.SHARES
) -> Distribution:
    """Share `total_fen` out by the newest register: largest remainder, of equal ones the lower number first. It becomes
    the amount of the matter. Raises PermissionDenied, NotYet."""
    basis = Basis(basis)
    _keep(matter, by, on)
    register = register_of(matter)
    require(missing_for_distribution(register, basis, total_fen))
    assert register is not None
    register.matter = matter
    with everything():
        shares = list(register.lines.order_by("number"))
    shared = share_out(text_of(register, shares), total_fen)
    row = Distribution(register=register, total_fen=total_fen, digest=shared.digest(), proposed_on=on, proposed_by=by)
    row.paper = _filed(matter, PaperKind.DISTRIBUTION, _("分配表（按份额登记册计算）"), shared.text(), by, on)
    row.save()
    with everything():
        DistributionLine.objects.bulk_create(  # one statement, as above
            DistributionLine(
                distribution=row,
                share=share,
                person_id=share.person_id,
                division_code=share.division_code,
                amount_fen=amount,
            )
            for share, amount in zip(shares, shared.amounts, strict=True)
        )
    matter.amount = total_fen
    matter.save(update_fields=["amount"])
    record(
        facts.DISTRIBUTION_PROPOSED, matter, by, on, object=row.paper_id, quantity=len(shares),
        label=digest_label(row.digest),
    )  # fmt: skip
    return row


@transaction.atomic
def question_share(*, matter: Matter, text: str, by: Person, on: date) -> ShareQuestion:
    """A member finds their share wrong, before it is final. Raises PermissionDenied, ValidationError."""
    if not may_question(by, matter, on=on):
        raise PermissionDenied(_("起草时由本集体的成员提出；定下以后，对分配有异议请在公示期内提出"))
    row = ShareQuestion(matter=matter, person=by, division_code=matter.division_code, text=text.strip(), raised_on=on)
    with everything():
        row.full_clean(exclude=["matter", "person"])
        row.save()
    record(facts.SHARES_QUESTIONED, matter, by, on)
    return row


@transaction.atomic
def answer_share_question(
    *, question: ShareQuestion, answer: str, is_upheld: bool, by: Person, on: date
) -> ShareQuestion:
    """Answer once; an upheld one is mended in the register of people or by a workbook, before the freeze."""
    with everything():
        row = ShareQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
        matter = row.matter
        if not may_answer_question(by, matter, on=on):
            raise PermissionDenied(str(KEEPERS))
        if row.answered_on is not None:
            raise NotYet([_("这条异议已经答复")])
        row.answer, row.is_upheld, row.answered_on, row.answered_by = answer.strip(), is_upheld, on, by
        row.full_clean(exclude=["matter", "person", "answered_by"])
        row.save()
    record(facts.SHARES_QUESTION_ANSWERED, matter, by, on, label="upheld" if is_upheld else "explained")
    return row


def _keep(matter: Matter, by: Person, on: date) -> None:
    """Lock the run, so that two tables, or a table and the end of the draft, come one after the other."""
    Run.objects.select_for_update(of=("self",)).get(pk=matter.run_id)
    if not may_keep_money(by, matter, on=on):
        raise PermissionDenied(str(KEEPERS))


def _filed(matter: Matter, kind: PaperKind, title: str, text: str, by: Person, on: date) -> Paper:
    upload = Upload(text.encode(), MediaType.JSON, f"{kind}.json")
    return keep_paper(matter=matter, kind=kind, title=title, upload=upload, by=by, on=on)


def record(
    kind: str, matter: Matter, by: Person, on: date, *, object: int | None = None, quantity: int = 1, label: str = ""
) -> None:
    ledger.record(
        kind,
        happened_on=on,
        division_code=matter.division_code,
        by=by.pk,
        subject=matter.pk,
        object=object,
        quantity=quantity,
        label=label,
    )
