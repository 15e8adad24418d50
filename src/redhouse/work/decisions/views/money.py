"""The tab 资金 of a matter: the register and what is shared out by it, how far it is paid, and one's own part."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.kit.today import today
from redhouse.web.access import needs, signed_in
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.work.decisions import actions, rules
from redhouse.work.decisions.enums import Basis, UnpaidReason
from redhouse.work.decisions.forms import (
    AnswerQuestionForm,
    FreezeForm,
    PaymentForm,
    ProposeForm,
    QuestionForm,
    ShareBookForm,
    UnpaidForm,
)
from redhouse.work.decisions.models import Matter, ShareQuestion
from redhouse.work.decisions.queries.mine import own_part, own_parts
from redhouse.work.decisions.queries.money import bases_of
from redhouse.work.decisions.queries.money_page import (
    basis_words,
    candidates,
    lists_of,
    money_for,
    question_for,
    questions_for,
    totals_of,
    unit_word,
)
from redhouse.work.decisions.views.matters import head
from redhouse.work.decisions.views.steps import _done

own = needs(None, money_for)


@own
@require_safe
@never_cache
def show(request: PersonRequest, matter: Matter) -> HttpResponse:
    """What is frozen, what is proposed, what is paid; what comes next, for whoever owes it."""
    person, day = request.person, today()
    totals, keeps = totals_of(matter), rules.may_keep_money(person, matter, on=day)
    answers = rules.may_answer_question(person, matter, on=day)
    context: dict[str, Any] = head(request, matter) | {
        "totals": totals,
        "unit": unit_word(totals.register.basis if totals else bases_of(matter)[0]),
        "mine": own_part(person, matter),
        "may_see_lines": rules.may_see_lines(person, matter, on=day),
        "may_pay": rules.may_pay(person, matter, on=day),
        "may_question": rules.may_question(person, matter, on=day),
        "question_form": QuestionForm(),
        "questions": questions_for(person, matter, all_of_them=answers),
        "answers": answers,
        "answer_form": AnswerQuestionForm(),
        "lists": lists_of(totals.distribution) if totals and totals.distribution else [],
        "payment_form": PaymentForm(initial={"paid_on": day}),
        "keeps": keeps,
    }
    if keeps:
        as_of = _as_of(request, day)
        context |= {
            "candidates": candidates(matter, as_of),
            "by_shares": Basis.SHARES in bases_of(matter),
            "freeze_form": FreezeForm(initial={"as_of": as_of}),
            "propose_form": ProposeForm(initial={"total": _yuan(matter.amount)}),
            "book_form": ShareBookForm(bases=basis_words(matter), initial={"as_of": as_of}),
            "bases": basis_words(matter),
        }
    return render(request, "decisions/money.html", context)


def _as_of(request: HttpRequest, day: date) -> date:
    """The day whose members are shown before the freeze: as asked, else today."""
    try:
        return min(date.fromisoformat(request.GET.get("as_of", "")), day)
    except ValueError:
        return day


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02}"


@own
@require_POST
def freeze(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Freeze the members and shares that the register of people holds."""
    form = FreezeForm(request.POST)

    def act() -> str:
        as_of = form.cleaned_data["as_of"]
        row = actions.freeze_register(matter=matter, as_of=as_of, by=request.person, on=today())
        return _("已冻结：%(n)s人，摘要已写入公开记录。") % {"n": row.holders}

    return _done(request, form, act, "decisions:money", matter.pk)


@own
@require_POST
def propose(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Share the total out by the frozen register."""
    form = ProposeForm(request.POST)

    def act() -> str:
        totals = totals_of(matter)
        basis = Basis(totals.register.basis) if totals else Basis.SHARES
        row = actions.propose_distribution(
            matter=matter, total_fen=form.fen, basis=basis, by=request.person, on=today()
        )
        return _("分配表已算好：%(n)s人，合计与总额相符。") % {"n": row.register.holders}

    return _done(request, form, act, "decisions:money", matter.pk)


@own
@require_POST
def question(request: PersonRequest, matter: Matter) -> HttpResponse:
    form = QuestionForm(request.POST)

    def act() -> str:
        actions.question_share(matter=matter, text=form.cleaned_data["text"], by=request.person, on=today())
        return _("已提交，冻结前会答复您。")

    return _done(request, form, act, "decisions:money", matter.pk)


@needs(None, question_for)
@require_POST
def answer(request: PersonRequest, row: ShareQuestion) -> HttpResponse:
    form = AnswerQuestionForm(request.POST)

    def act() -> str:
        actions.answer_share_question(question=row, **form.cleaned_data, by=request.person, on=today())
        return _("已答复。")

    return _done(request, form, act, "decisions:money", row.matter_id)


@own
@require_POST
def pay(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Lines were paid by one list: those that were ticked, or all that are owed (`all`)."""
    form = PaymentForm(request.POST, request.FILES)

    def act() -> str:
        row = actions.record_payment(
            matter=matter, **form.cleaned_data, lines=_ticked(request), by=request.person, on=today()
        )
        return _("已登记发放%(n)s笔。") % {"n": row.payments.count()}

    return _done(request, form, act, _back(request), matter.pk)


@own
@require_POST
def unpaid(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Why the ticked lines are not paid."""
    form = UnpaidForm(request.POST)

    def act() -> str:
        reason = UnpaidReason(form.cleaned_data["reason"])
        count = actions.note_unpaid(
            matter=matter, lines=_ticked(request) or [], reason=reason, by=request.person, on=today()
        )
        return _("已登记%(n)s笔未发放的原因。") % {"n": count}

    return _done(request, form, act, "decisions:money-lines", matter.pk)


def _ticked(request: HttpRequest) -> list[int] | None:
    if request.POST.get("all"):
        return None
    return [int(text) for text in request.POST.getlist("line") if text.isascii() and text.isdigit()]


def _back(request: HttpRequest) -> str:
    return "decisions:money" if request.POST.get("all") else "decisions:money-lines"


@signed_in
@require_safe
@never_cache
def mine(request: AccountRequest) -> HttpResponse:
    """Everything that was shared out to me, and why it came to that."""
    person = request.person
    parts = own_parts(person) if person is not None else []
    return render(
        request, "decisions/my_shares.html", {"parts": [(one, unit_word(one.register.basis)) for one in parts]}
    )
