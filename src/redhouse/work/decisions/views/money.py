"""The tab 资金 of a matter: the register and what is shared out by it, how far it is paid, and one's own part."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.kit.today import today
from redhouse.web.access import needs, signed_in
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.web.telling import do, doing
from redhouse.work.decisions import rules
from redhouse.work.decisions.enums import Basis
from redhouse.work.decisions.forms import (
    AnswerQuestionForm,
    FreezeForm,
    PaymentForm,
    ProposeForm,
    QuestionForm,
    ShareBookForm,
)
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.mine import own_part, own_parts
from redhouse.work.decisions.queries.money import bases_of
from redhouse.work.decisions.queries.money_page import (
    basis_words,
    candidates,
    lists_of,
    money_for,
    questions_for,
    totals_of,
    unit_word,
)
from redhouse.work.decisions.verbs import money as verbs
from redhouse.work.decisions.views.matters import head

own = needs(None, money_for)
freeze = doing(verbs.freeze_register, "decisions:money")
propose = doing(verbs.share_out, "decisions:money")
question = doing(verbs.question_share, "decisions:money")
answer = doing(verbs.answer_question, "decisions:money", of=lambda row: row.matter_id)
unpaid = doing(verbs.note_unpaid, "decisions:money-lines")


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
def pay(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Back to where it was sent from: all that are owed from the tab, ticked lines from their list."""
    do(request, verbs.pay, matter)
    return redirect("decisions:money" if request.POST.get("all") else "decisions:money-lines", matter.pk)


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
