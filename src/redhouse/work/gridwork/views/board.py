"""The dispatcher's board, and a problem reported by somebody of the grid."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import villages, within
from redhouse.ground.process.queries import types_of
from redhouse.kit.today import now, today
from redhouse.web.telling import REFUSALS, words_of
from redhouse.work.gridwork import actions, queries, rules
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.forms import ReportForm
from redhouse.work.gridwork.queries.points import points
from redhouse.work.gridwork.views.common import done, seer

A_PAGE = 30


@seer
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """Open cases by village, type and urgency; `show` is waiting, today or late."""
    asked = {name: request.GET.get(name, "").strip()[:20] for name in ("show", "village", "type")}
    at, on = now(), today()
    steps = queries.open_cases(person, on, at, asked)
    page = Paginator(steps, A_PAGE).get_page(request.GET.get("page"))
    found = queries.board_of(person, on, at)
    context = {
        "board": found,
        "asked": asked,
        "village": next((tile for tile in found.tiles if tile.code == asked["village"]), None),
        "page": page,
        "rows": queries.rows_of(list(page), on, at),
        "points": points(steps[:200], on) if asked["village"] else None,
        "may_keep": rules.may_keep_types(person, on=on),
        "today": on,
    }
    return render(request, "gridwork/board.html", context)


@seer
@require_POST
def assign(request: HttpRequest, person: Person) -> HttpResponse:
    """Dispatch every ticked case; all or none."""
    keys = [int(key) for key in request.POST.getlist("step") if key.isdecimal()][:A_PAGE]

    def act() -> str:
        visible = queries.open_cases(person, today(), now(), {"show": "waiting"})
        steps = list(visible.filter(pk__in=keys))
        n = actions.assign_many(steps=steps, by=person, on=today())
        return _("已派出%(n)s件。") % {"n": n} if n else _("没有勾选要派遣的事件。")

    return done(request, None, act, "gridwork:board")


@seer
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Report what one saw on the street."""
    on = today()
    near = within(reach_of(person, Verb.SEE_CASES, on), "code")
    places = [(village.code, village.name) for village in villages(on).filter(near)]
    form = ReportForm(request.POST or None, request.FILES or None, types=types_of(CODE, on), places=places)
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.report_event(by=person, on=on, **form.cleaned_data)
            messages.success(request, _("已上报，查询码%(code)s。") % {"code": report.status_code})
            return redirect("gridwork:case", report.pk)
        except REFUSALS as error:
            form.add_error(None, "；".join(words_of(error)))
    return render(request, "gridwork/new.html", {"form": form}, status=422 if request.method == "POST" else 200)
