"""My messages: read, open, confirm, and choose what comes by which way."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.desk import verbs
from redhouse.desk.message_forms import PreferencesForm
from redhouse.desk.queries import messages as queries
from redhouse.ground.messages import actions
from redhouse.ground.messages.models import Receipt
from redhouse.ground.messages.queries import receipt_for
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs, oneself
from redhouse.web.request import PersonRequest


@dataclass(frozen=True)
class Page:
    person: Person
    number: int


def page_for(person: Person, page: int = 1) -> Page | None:
    return Page(person, page) if page > 0 else None


@needs(None, page_for)
@require_safe
def inbox(request: HttpRequest, page: Page) -> HttpResponse:
    """What is to be confirmed, what is new, what was read; page by page."""
    found = queries.inbox_page(page.person, page.number, today())
    if found is None:
        raise Http404
    return render(request, "desk/messages/inbox.html", {"inbox": found})


@needs(None, receipt_for)
@require_safe
def open_message(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """To the thing itself, noting that the person went there. The path was checked when the notice was written."""
    if request.method == "GET":
        actions.mark_read(receipt=receipt, by=receipt.person)
    return HttpResponseRedirect(receipt.notice.link)


@needs(None, receipt_for)
@require_POST
def confirm(request: PersonRequest, receipt: Receipt) -> HttpResponse:
    """The person says that it arrived."""
    told.success(request, verbs.confirm_receipt.do(receipt, by=request.person, data=request.POST).said)
    return redirect("desk:messages:inbox")


@needs(None, oneself)
@require_POST
def mark_all_read(request: HttpRequest, person: Person) -> HttpResponse:
    """Nothing is new any more; what is to be confirmed still is."""
    count = actions.mark_all_read(by=person)
    told.success(request, ngettext("%(n)s条标为看过", "%(n)s条标为看过", count) % {"n": count})
    return redirect("desk:messages:inbox")


@needs(None, oneself)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonRequest, person: Person) -> HttpResponse:
    """Which kind by which channel."""
    form = PreferencesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        for kind, channel, is_on in form.changes():
            actions.choose_channel(kind=kind, channel=channel, is_on=is_on, by=person)
        told.success(request, _("接收方式已保存"))
        return redirect("desk:messages:preferences")
    context = {"form": form, "ways": form.ways(), "notes": queries.where_it_goes(person, request.user)}
    return render(request, "desk/messages/preferences.html", context)
