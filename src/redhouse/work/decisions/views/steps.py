"""What is done with the open step. Each form is one verb and goes back to the page it came from."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import REFUSALS, do, doing, words_of
from redhouse.web.verbs import Unsound
from redhouse.work.decisions import queries, rules
from redhouse.work.decisions.enums import Stance
from redhouse.work.decisions.forms import CheckForm
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.gates import coverage
from redhouse.work.decisions.queries.homes import doors
from redhouse.work.decisions.verbs import matters as verbs
from redhouse.work.decisions.views.matters import head, page_of

own = needs(None, queries.matter_for)
inform = doing(verbs.inform, "decisions:matter")
file = doing(verbs.file_paper, "decisions:papers")
amend = doing(verbs.amend_paper, "decisions:papers", of=lambda found: found[0].pk)
speak = doing(verbs.speak, "decisions:opinions")
answer = doing(verbs.answer_opinion, "decisions:opinions", of=lambda opinion: opinion.matter_id)
suspend = doing(verbs.suspend, "decisions:matter")
resume = doing(verbs.resume, "decisions:matter")


@own
@require_POST
def close(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Close the open step. Where that is refused, the page comes again with what was typed, whatever step is open
    now."""
    try:
        done = verbs.close.do(matter, by=request.person, data=request.POST)
    except (Unsound, *REFUSALS) as refused:
        return page_of(request, matter, refused=words_of(refused), typed=request.POST)
    messages.success(request, done.said)
    return redirect("decisions:matter", matter.pk)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: PersonRequest, matter: Matter) -> HttpResponse:
    """The households of the place, those not yet visited first; one form at each door."""
    if request.method == "POST":
        do(request, verbs.explain, matter)
        return redirect("decisions:explain", matter.pk)
    context = head(request, matter)
    step = context["step"]
    if step is None or not rules.may_explain(request.person, matter, on=today()):
        raise PermissionDenied(_("由本村（社区）的党员上门说明"))
    context |= {
        "coverage": coverage(step),
        "doors": doors(matter, step, request.person, today()),
        "stances": Stance.choices,
    }
    return render(request, "decisions/explain.html", context)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest, matter: Matter) -> HttpResponse:
    """The supervision committee's list, item by item."""
    context = head(request, matter)
    if not context["may_work"]:
        raise PermissionDenied(_("由村（居）务监督委员会核对"))
    if request.method != "POST":
        return _list(request, context, CheckForm())
    try:
        done = verbs.check.do(matter, by=request.person, data=request.POST)
    except Unsound as unsound:
        return _list(request, context, unsound.form, 422)
    except REFUSALS as refused:
        for sentence in words_of(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, done.said)
    return redirect("decisions:matter", matter.pk)


def _list(request: HttpRequest, context: dict[str, object], form: object, status: int = 200) -> HttpResponse:
    return render(request, "decisions/check.html", context | {"form": form}, status=status)
