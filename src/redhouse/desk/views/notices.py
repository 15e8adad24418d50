"""What was sent from my place, how it arrived, and writing down for others that it did."""

from __future__ import annotations

from typing import cast

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk import verbs
from redhouse.desk.message_forms import AnnounceForm, ReceiptsForm
from redhouse.desk.queries import messages as queries
from redhouse.desk.views.messages import Page, page_for
from redhouse.ground.messages.models import Notice
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.verbs import Unsound


@needs(None, page_for)
@require_safe
def sent(request: HttpRequest, page: Page) -> HttpResponse:
    """What I sent, and what was sent where my posts serve notices."""
    rows, has_more = queries.sent_page(page.person, page.number, today())
    if page.number > 1 and not rows:
        raise Http404
    return render(request, "desk/messages/sent.html", {"rows": rows, "page": page.number, "has_more": has_more})


@needs(None, verbs.served)
@require_safe
def notice(request: HttpRequest, found: Notice) -> HttpResponse:
    """One notice: who confirmed, who was reached, who is missing, what went out, what was announced."""
    return _show(request, found)


@needs(None, verbs.served)
@require_POST
def record_receipts(request: PersonRequest, found: Notice) -> HttpResponse:
    """Write down for people whom somebody reached on paper, by telephone or at the door."""
    try:
        done = verbs.record_receipts.do(found, by=request.person, data=request.POST)
    except Unsound as unsound:
        return _show(request, found, receipts_form=cast(ReceiptsForm, unsound.form), status=422)
    told.success(request, done.said)
    return redirect("desk:messages:notice", found.pk)


@needs(None, verbs.served)
@require_POST
def announce(request: PersonRequest, found: Notice) -> HttpResponse:
    """Log that it was read out or put up, with a photograph where there is one."""
    try:
        done = verbs.announce.do(found, by=request.person, data=request.POST, files=request.FILES)
    except Unsound as unsound:
        return _show(request, found, announce_form=cast(AnnounceForm, unsound.form), status=422)
    told.success(request, done.said)
    return redirect("desk:messages:notice", found.pk)


def _show(
    request: HttpRequest,
    found: Notice,
    *,
    receipts_form: ReceiptsForm | None = None,
    announce_form: AnnounceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "notice": found,
        "arrival": queries.arrival_of(found, today()),
        "deliveries": queries.deliveries_of(found),
        "announcements": queries.announcements_of(found),
        "receipts_form": receipts_form or ReceiptsForm(people=[]),
        "announce_form": announce_form or AnnounceForm(initial={"announced_on": today()}),
    }
    return render(request, "desk/messages/notice.html", context, status=status)
