"""For everybody without an account: report, follow by code, say whether it is solved, rate, report again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from redhouse.ground.access.reach import everything
from redhouse.ground.places.queries import villages
from redhouse.ground.process import actions as process
from redhouse.ground.process.queries import types_of
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.today import now, today
from redhouse.web.access import public
from redhouse.web.publishing import slow_down, too_often
from redhouse.web.telling import REFUSALS, words_of
from redhouse.work.gridwork import actions, queries
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.forms import PublicReportForm, RateForm
from redhouse.work.gridwork.queries.cases import PublicCase

REPORTS_A_MINUTE, LOOKS_A_MINUTE = 5, 30


@public
@csrf_exempt  # nobody is signed in on these pages: there is no session that a foreign page could borrow
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    """Report a problem; like ones near the place are shown before it is taken twice."""
    on, at = today(), request.GET.get("at", "")[:CODE_LENGTH]
    places = [(village.code, village.name) for village in villages(on)]
    types = types_of(CODE, on).filter(is_public=True)
    if request.method != "POST":
        form = PublicReportForm(initial={"division_code": at}, types=types, places=places)
        return render(request, "open/report.html", {"form": form, "here": "report"})
    if too_often(request, "report", per_minute=REPORTS_A_MINUTE):
        return slow_down(request)
    form = PublicReportForm(request.POST, request.FILES, types=types, places=places)
    context: dict[str, Any] = {"form": form, "here": "report"}
    if form.is_valid():
        said = form.cleaned_data
        where = {name: said[name] for name in ("division_code", "type_code", "lat", "lon", "spot", "key")}
        context["near"] = [] if request.POST.get("anyway") else queries.near(on=on, **where)
        if not context["near"]:
            try:
                made = actions.report_event(by=None, on=on, **said)
                return redirect("open-grid:status", made.status_code)
            except REFUSALS as error:
                form.add_error(None, "；".join(words_of(error)))
    return render(request, "open/report.html", context, status=422)


@public
@never_cache
@require_http_methods(["GET", "HEAD"])
def find(request: HttpRequest) -> HttpResponse:
    """A code that somebody typed."""
    if too_often(request, "status", per_minute=LOOKS_A_MINUTE):
        return slow_down(request)
    code = request.GET.get("code", "").strip().upper()[:16]
    if code and queries.public_case(code, today()) is not None:
        return redirect("open-grid:status", code)
    return render(request, "open/find.html", {"code": code, "here": "report"}, status=404 if code else 200)


@public
@never_cache
@require_http_methods(["GET", "HEAD"])
def status(request: HttpRequest, code: str) -> HttpResponse:
    """How far it is, for whoever has the code."""
    if too_often(request, "status", per_minute=LOOKS_A_MINUTE):
        return slow_down(request)
    return _status(request, _case(code))


@public
@csrf_exempt
@never_cache
@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it is solved or not, rate, or report it again: the code is the key."""
    if too_often(request, "act", per_minute=LOOKS_A_MINUTE):
        return slow_down(request)
    case, on, what = _case(code), today(), request.POST.get("what", "")
    try:
        with everything():
            if what in ("content", "not_content") and case.step is not None and case.may_answer:
                process.record_reply(step=case.step, way="page", result=what, by=None, on=on)
            elif what == "rate":
                form = RateForm(request.POST)
                if form.is_valid():
                    actions.rate(report=case.report, stars=form.cleaned_data["stars"], on=on)
            elif what == "reopen" and case.may_reopen:
                words = request.POST.get("words", "").strip()[:500]
                after = process.reopen(report=case.report, words=words, by=None, on=on)
                return redirect("open-grid:status", after.status_code)
    except REFUSALS as error:
        return _status(request, _case(code), "；".join(words_of(error)), 422)
    return redirect("open-grid:status", code)


def _case(code: str) -> PublicCase:
    case = queries.public_case(code, today())
    if case is None:
        raise Http404(_("没有这个查询码"))
    return case


def _status(request: HttpRequest, case: PublicCase, error: str = "", status: int = 200) -> HttpResponse:
    context = {"case": case, "clock": queries.clock(case.step, today(), now()), "error": error, "here": "report"}
    return render(request, "open/status.html", context, status=status)
