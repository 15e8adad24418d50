"""The queue of those who answer requests about people's data."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk.queries import mine
from redhouse.ground.access import actions
from redhouse.ground.access.models import DataRequest
from redhouse.ground.access.queries import request_for
from redhouse.ground.access.rules import may_answer_any_request, may_answer_request
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs, oneself
from redhouse.web.request import PersonRequest

WHO = gettext_lazy("只有本村（社区）或镇的书记、组织干部可以答复，而且不能答复自己的申请。")


def _row(person: Person, request_id: int) -> DataRequest | None:
    return request_for(person, request_id, today())


@needs(may_answer_any_request, oneself, who=WHO)
@require_safe
def queue(request: HttpRequest, person: Person) -> HttpResponse:
    """What waits for an answer, the soonest due first."""
    context = {"queue": mine.queue_for(person, today())}
    return render(request, "desk/requests/queue.html", context)


def _asked(person: Person, request_id: int) -> mine.Asked | None:
    return mine.to_answer(person, request_id, today())


@needs(None, _asked)
@require_safe
def one(request: HttpRequest, asked: mine.Asked) -> HttpResponse:
    """One request, and the answer to it."""
    return render(request, "desk/requests/one.html", {"asked": asked})


@needs(may_answer_request, _row, who=WHO)
@require_POST
def answer(request: PersonRequest, row: DataRequest) -> HttpResponse:
    """`answer=grant` or `answer=refuse`, with `reason`."""
    act = actions.grant_request if request.POST.get("answer") == "grant" else actions.refuse_request
    by = request.person
    try:
        act(row=row, reason=request.POST.get("reason", "")[:300], by=by, on=today())
    except NotYet as error:
        messages.error(request, "；".join(error.missing))
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect("desk:requests:one", row.pk)
    else:
        messages.success(request, _("已答复，本人在“我的”里看得到。"))
    return redirect("desk:requests:queue")
