"""Freeze the register, share out by it, hear who finds their share wrong, write down what was paid."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.kit.workbook import WorkbookError
from redhouse.web.verbs import Doing, verb
from redhouse.work.decisions import actions, rules
from redhouse.work.decisions.enums import Basis, UnpaidReason
from redhouse.work.decisions.forms import AnswerQuestionForm, FreezeForm, ProposeForm, QuestionForm
from redhouse.work.decisions.models import Matter, ShareQuestion
from redhouse.work.decisions.queries.money_page import basis_words, money_for, question_for, totals_of, unit_word
from redhouse.work.decisions.rules.share_book import missing_in, read_book
from redhouse.work.decisions.verbs.matters import MATTER
from redhouse.work.decisions.verbs.words import PaidLinesForm, ShareRowsForm, UnpaidLinesForm

MONEY = f"{MATTER}/money"


@verb(gettext_lazy("冻结份额登记册"), f"{MONEY}/freeze", money_for, FreezeForm)
def freeze_register(matter: Matter, do: Doing) -> str:
    """The members and shares that the register of people holds."""
    row = actions.freeze_register(matter=matter, as_of=do.said["as_of"], by=do.by, on=do.on)
    return _("已冻结：%(n)s人，摘要已写入公开记录。") % {"n": row.holders}


def _bases(matter: Matter, person: Person) -> dict[str, Any]:
    return {"bases": basis_words(matter)}


@verb(
    gettext_lazy("用Excel冻结份额登记册"), f"{MONEY}/workbook", money_for, ShareRowsForm, given=_bases,
    rule=rules.may_keep_money, who=gettext_lazy("份额由起草这件事项的人在起草时导入。"),
)  # fmt: skip
def freeze_workbook(matter: Matter, do: Doing) -> str:
    """Freeze what the workbook says, whole or not at all: one wrong row stops it. A trial only tells."""
    basis, as_of = Basis(do.said["basis"]), do.said["as_of"]
    try:
        book = read_book(do.said["file"].read(), matter=matter, basis=basis, as_of=as_of)
    except WorkbookError as error:
        raise NotYet([error.say(_)]) from None
    if missing := missing_in(book):
        raise NotYet(missing)
    if do.said["trial"] == "yes":
        words = {"n": len(book.shares), "sum": book.sum_text, "unit": unit_word(basis)}
        return _("试算：%(n)s行都对得上，合计%(sum)s%(unit)s；还没有冻结。") % words
    row = actions.freeze_register(
        matter=matter, basis=basis, as_of=as_of, shares=book.shares, scale=book.scale, by=do.by, on=do.on
    )
    return _("已冻结：%(n)s人，摘要已写入公开记录。") % {"n": row.holders}


@verb(gettext_lazy("计算分配表"), f"{MONEY}/share-out", money_for, ProposeForm)
def share_out(matter: Matter, do: Doing) -> str:
    """Share the total out by the frozen register."""
    totals = totals_of(matter)
    basis = Basis(totals.register.basis) if totals else Basis.SHARES
    row = actions.propose_distribution(matter=matter, total_fen=do.form.fen, basis=basis, by=do.by, on=do.on)
    return _("分配表已算好：%(n)s人，合计与总额相符。") % {"n": row.register.holders}


@verb(gettext_lazy("对份额提出异议"), f"{MONEY}/questions", money_for, QuestionForm)
def question_share(matter: Matter, do: Doing) -> str:
    actions.question_share(matter=matter, text=do.said["text"], by=do.by, on=do.on)
    return _("已提交，冻结前会答复您。")


@verb(gettext_lazy("答复份额异议"), f"{MONEY}/questions/{{question_id}}/answer", question_for, AnswerQuestionForm)
def answer_question(row: ShareQuestion, do: Doing) -> str:
    actions.answer_share_question(question=row, **do.said, by=do.by, on=do.on)
    return _("已答复。")


@verb(gettext_lazy("登记发放"), f"{MONEY}/pay", money_for, PaidLinesForm)
def pay(matter: Matter, do: Doing) -> str:
    """Lines were paid by one list: those that are named, or all that are owed."""
    said = do.said
    row = actions.record_payment(
        matter=matter,
        number=said["number"],
        paid_on=said["paid_on"],
        evidence=said["evidence"],
        lines=None if said["all"] else said["line"],
        by=do.by,
        on=do.on,
    )
    return _("已登记发放%(n)s笔。") % {"n": row.payments.count()}


@verb(gettext_lazy("登记未发放的原因"), f"{MONEY}/unpaid", money_for, UnpaidLinesForm)
def note_unpaid(matter: Matter, do: Doing) -> str:
    reason = UnpaidReason(do.said["reason"])
    count = actions.note_unpaid(matter=matter, lines=do.said["line"], reason=reason, by=do.by, on=do.on)
    return _("已登记%(n)s笔未发放的原因。") % {"n": count}
