"""A new form: from the catalogue of what is held, with the meter beside it before anybody approves."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.holdings import Holding, all_holdings, holding_named
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.forms import actions, queries, rules
from redhouse.work.forms.definitions import held_as
from redhouse.work.forms.enums import QUESTIONS_AT_MOST
from redhouse.work.forms.forms import DraftForm, RefusalForm
from redhouse.work.forms.models import FormDraft
from redhouse.work.forms.queries.burden import weigh_new
from redhouse.work.forms.views.common import REFUSALS, done, drafter, words_of

LEADERS = gettext_lazy("由镇领导批准，不能批准自己拟的。")


@drafter
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose what a row is, tick what is known, ask the rest. A question that the house can answer is refused with the
    name of who holds it, and its field is ticked instead."""
    holding = holding_named(request.GET.get("holding", ""))
    if holding is None:
        return render(request, "forms/draft_new.html", {"holdings": all_holdings()})
    form = DraftForm(request.POST or None, holding=holding)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            draft = actions.draft_form(
                title=said["title"],
                reason=said["reason"],
                holding=holding.key,
                fields=said["fields_known"],
                questions=form.questions,
                every=said["every"],
                month_on=said["month"],
                by=person,
                on=today(),
            )
            return redirect("forms:draft", draft.pk)
        except REFUSALS as error:
            form = DraftForm(_filled_instead(request.POST, holding), holding=holding)
            form.is_valid()
            form.add_error(None, "\n".join(words_of(error)))
    context = {"holdings": all_holdings(), "holding": holding, "form": form}
    return render(request, "forms/draft_new.html", context, status=422 if request.method == "POST" else 200)


def _filled_instead(data: QueryDict, holding: Holding) -> QueryDict:
    """The same draft without the questions that this holding answers, their fields ticked."""
    mended = data.copy()
    for number in range(1, QUESTIONS_AT_MOST + 1):
        name = f"question_{number}"
        found = held_as(mended.get(name, "")) if mended.get(name, "").strip() else None
        if found is not None and found[0] is holding:
            mended[name] = ""
            if found[1].key not in mended.getlist("fields_known"):
                mended.appendlist("fields_known", found[1].key)
    return mended


@needs(None, queries.draft_for)
@require_safe
def show(request: PersonRequest, draft: FormDraft) -> HttpResponse:
    """The draft with its meter: how much is held already, how many people write how long."""
    form = queries.form_of(draft)
    with everything():  # who acts in office is nobody's secret
        people = Person.objects.in_bulk([key for key in (draft.author_id, draft.decided_by_id) if key])
    context = {
        "draft": draft,
        "form": form,
        "meter": weigh_new(form, draft.division_code, today()) if form else None,
        "author": people.get(draft.author_id),
        "decided_by": people.get(draft.decided_by_id or 0),
        "may_decide": rules.may_decide(request.person, draft, on=today()),
        "refusal": RefusalForm(),
        "month": f"{draft.month_on or today():%Y-%m}",
    }
    return render(request, "forms/draft.html", context)


@needs(rules.may_decide, queries.draft_for, who=LEADERS)
@require_POST
def approve(request: PersonRequest, draft: FormDraft) -> HttpResponse:
    def act() -> str:
        actions.approve_draft(draft=draft, by=request.person, on=today())
        return _("已批准，从本月起填。")

    done(request, None, act)
    return redirect("forms:draft", draft.pk)


@needs(rules.may_decide, queries.draft_for, who=LEADERS)
@require_POST
def send_back(request: PersonRequest, draft: FormDraft) -> HttpResponse:
    form = RefusalForm(request.POST)

    def act() -> str:
        actions.return_draft(draft=draft, refusal=form.cleaned_data["refusal"], by=request.person, on=today())
        return _("已退回，理由写在报表上。")

    done(request, form, act)
    return redirect("forms:draft", draft.pk)
