"""Take running matters over to another version: a preview, chosen one by one or many at once, one recorded decision."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import do
from redhouse.work.decisions.queries.moves import moves_for
from redhouse.work.decisions.verbs.moves import move_matters


@needs(move_matters.rule, move_matters.getter, who=move_matters.who)
@require_http_methods(["GET", "HEAD", "POST"])
def moves(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    if request.method == "POST" and do(request, move_matters, version):
        return redirect("decisions:version", version.pk)
    context = {
        "version": version,
        "procedure": procedure_of(version),
        "rows": moves_for(request.person, version, request.POST.dict(), request.POST.getlist("matter")),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "decisions/moves.html", context, status=422 if request.method == "POST" else 200)
