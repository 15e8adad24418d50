"""我的: my posts and sign-ins, who can see me, and what I may ask about my data."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk import sessions
from redhouse.desk.copies import FORMATS
from redhouse.desk.forms import CorrectionForm
from redhouse.desk.queries import front as queries
from redhouse.desk.queries import mine
from redhouse.desk.queries.copy import copy_of
from redhouse.ground.access import actions
from redhouse.ground.access.models import DataRequest
from redhouse.ground.access.queries import own_request, posts_of
from redhouse.ground.access.reach import everything
from redhouse.ground.access.rules import may_take_copy
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs, oneself, signed_in
from redhouse.web.request import AccountRequest
from redhouse.web.templatetags.furniture import day


@signed_in
@require_safe
def account(request: AccountRequest) -> HttpResponse:
    """What the house knows about my sign-in, and who can see me."""
    person, on = request.person, today()
    return render(
        request,
        "desk/mine/account.html",
        {
            "posts": posts_of(person, on),
            "watchers": queries.watchers_of(person, on),
            "looks": queries.looks_of(person),
            "second_factor": queries.has_second_factor(request.user),
            "sessions": sessions.open_sessions(request),
            "requests": mine.my_requests(person, on),
        },
    )


@signed_in
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign out one other device of mine."""
    if sessions.end_session(request, session_id):
        messages.success(request, _("已让那台设备退出登录。"))
    return redirect("desk:account")


@signed_in
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out all devices but this one."""
    count = sessions.end_other_sessions(request)
    messages.success(request, _("已让其他%(n)s处退出登录。") % {"n": count})
    return redirect("desk:account")


def _own(person: Person, request_id: int) -> DataRequest | None:
    return own_request(person, request_id)


@needs(None, oneself)
@require_safe
def data(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask for a copy or a correction; how my requests stand."""
    return _data_page(request, person, CorrectionForm())


@needs(None, oneself)
@require_POST
def ask_for_copy(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        row = actions.ask_for_copy(by=person, on=today())
        messages.success(request, _("已提出，最迟%(on)s答复。") % {"on": day(row.due_on)})
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    return redirect("desk:mine:data")


@needs(None, oneself)
@require_POST
def ask_for_correction(request: HttpRequest, person: Person) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _data_page(request, person, form, status=422)
    try:
        row = actions.ask_for_correction(**form.cleaned_data, by=person, on=today())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _data_page(request, person, form, status=422)
    messages.success(request, _("已提出，最迟%(on)s答复。") % {"on": day(row.due_on)})
    return redirect("desk:mine:data")


@needs(None, _own)
@require_POST
def withdraw_request(request: HttpRequest, row: DataRequest) -> HttpResponse:
    try:
        actions.withdraw_request(row=row, by=row.person, on=today())
        messages.success(request, _("已撤回。"))
    except NotYet as error:
        messages.error(request, "；".join(error.missing))
    return redirect("desk:mine:data")


TOO_LATE = gettext_lazy("副本没有准备好，或已过下载期限：请重新申请。")


@needs(may_take_copy, _own, who=TOO_LATE)
@require_POST
@never_cache
def take_copy(request: HttpRequest, row: DataRequest) -> FileResponse:
    """The copy as it stands at this moment, as the file that was asked for (`kind`: xlsx or json)."""
    ending = "json" if request.POST.get("kind") == "json" else "xlsx"
    (media_type, write), on = FORMATS[ending], today()
    actions.take_copy(row=row, by=row.person, on=on)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it when it has been sent
    with everything():  # what is held about me is mine to know, also where my posts do not reach
        write(file, copy_of(row.person))
    file.seek(0)
    name = _("本人资料%(on)s") % {"on": on}
    return FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=media_type)


def _data_page(request: HttpRequest, person: Person, form: CorrectionForm, *, status: int = 200) -> HttpResponse:
    context = {"requests": mine.my_requests(person, today()), "form": form}
    return render(request, "desk/mine/data.html", context, status=status)
