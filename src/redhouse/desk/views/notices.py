"""What was sent from my place, how it arrived, and writing down for others that it did."""

from __future__ import annotations

from django.contrib import messages as told
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from redhouse.desk.message_forms import AnnounceForm, ReceiptsForm
from redhouse.desk.queries import messages as queries
from redhouse.desk.views.messages import Page, page_for
from redhouse.ground.messages import actions
from redhouse.ground.messages.models import Notice
from redhouse.ground.messages.queries import receipts
from redhouse.ground.papers.actions import add_paper
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest


def _notice_for(person: Person, notice_id: int) -> Notice | None:
    return queries.notice_for(person, notice_id, today())


@needs(None, page_for)
@require_safe
def sent(request: HttpRequest, page: Page) -> HttpResponse:
    """What I sent, and what was sent where my posts serve notices."""
    rows, has_more = queries.sent_page(page.person, page.number, today())
    if page.number > 1 and not rows:
        raise Http404
    return render(request, "desk/messages/sent.html", {"rows": rows, "page": page.number, "has_more": has_more})


@needs(None, _notice_for)
@require_safe
def notice(request: HttpRequest, found: Notice) -> HttpResponse:
    """One notice: who confirmed, who was reached, who is missing, what went out, what was announced."""
    return _show(request, found)


@needs(None, _notice_for)
@require_POST
def record_receipts(request: PersonRequest, found: Notice) -> HttpResponse:
    """Write down for people whom somebody reached on paper, by telephone or at the door."""
    arrived = receipts(found)
    form = ReceiptsForm(request.POST, people=[receipt.person for receipt in arrived.waiting])
    if not form.is_valid():
        return _show(request, found, receipts_form=form, status=422)
    for person in form.cleaned_data["people"]:
        actions.confirm_receipt(
            notice=found,
            person=person,
            by=request.person,
            on=today(),
            channel=form.cleaned_data["channel"],
        )
    count = len(form.cleaned_data["people"])
    told.success(request, ngettext("代记了%(n)s份回执", "代记了%(n)s份回执", count) % {"n": count})
    return redirect("desk:messages:notice", found.pk)


@needs(None, _notice_for)
@require_POST
def announce(request: PersonRequest, found: Notice) -> HttpResponse:
    """Log that it was read out or put up, with a photograph where there is one."""
    form = AnnounceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, announce_form=form, status=422)
    by: Person = request.person
    with transaction.atomic():
        actions.record_broadcast(
            notice=found,
            channel=form.cleaned_data["channel"],
            note=form.cleaned_data["note"],
            paper=_kept(form.cleaned_data["photo"], found, by),
            by=by,
            on=form.cleaned_data["announced_on"],
        )
    told.success(request, _("已登记公开告知"))
    return redirect("desk:messages:notice", found.pk)


def _kept(photo: UploadedFile[bytes] | None, found: Notice, by: Person) -> Paper | None:
    """The photograph as a paper of the house."""
    if photo is None:
        return None
    return add_paper(
        kind=PaperKind.EVIDENCE,
        title=_("公开告知：%(title)s") % {"title": found.title},
        content=photo.open().read(),
        media_type=MediaType(str(photo.content_type)),
        file_name=photo.name or "photo",
        division_code=found.division_code,
        by=by,
        on=today(),
    )


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
