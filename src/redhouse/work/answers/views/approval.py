"""Sending the sheet for approval, deciding on it, and what was frozen beside today's figures."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import UNDER_WAY, Making
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.answers import actions, queries
from redhouse.work.answers.enums import SheetState
from redhouse.work.answers.models import Sheet, SheetExtract
from redhouse.work.answers.queries import Asked
from redhouse.work.answers.queries.frozen import (
    extract_asked,
    extract_of,
    is_whole,
    names_on,
    newest_sheet,
    sheet_asked,
)
from redhouse.work.answers.queries.since import since_frozen
from redhouse.work.answers.rules import may_decide, may_have_data_stored, may_submit
from redhouse.work.answers.views.links import cuts

AUTHORS = gettext_lazy("送批答卷的是书记或组织办干部。")
APPROVERS = gettext_lazy("批准答卷的是党委书记或镇领导，而且不能是送批的人。")


@needs(may_submit, queries.sheet_for, who=AUTHORS)
@require_POST
def submit(request: PersonRequest, asked: Asked) -> HttpResponse:
    """Send the sheet at the cuts that the page showed."""
    on, code, cut = today(), str(asked.code), request.POST.get("cut", "")
    try:
        as_of = queries.parse_day(request.POST.get("as_of", ""), on)
        queries.division_at(code, as_of)
        known = int(cut) if cut.isascii() and cut.isdigit() and len(cut) < 19 else 0
        sheet = actions.submit(division_code=code, as_of=as_of, last_fact_id=known, by=request.person, on=on)
    except HouseError as error:
        messages.error(request, error.message)
        return redirect("answers:division", code)
    messages.success(request, _("第%(n)s稿已送批。") % {"n": sheet.number})
    return redirect(f"{reverse('answers:division', kwargs={'code': code})}?{cuts(as_of, known)}")


@needs(None, sheet_asked)
@require_safe
def page(request: PersonRequest, sheet: Sheet) -> HttpResponse:
    """One sheet: what was frozen beside today, or what waits for a decision."""
    author, decider = names_on(sheet)
    context: dict[str, Any] = {
        "sheet": sheet,
        "place": queries.division_at(sheet.division_code, sheet.as_of).name,
        "author": author,
        "decider": decider,
        "cuts": cuts(sheet.as_of, sheet.last_fact_id),
        "may_decide": sheet.state == SheetState.SUBMITTED and may_decide(request.person, sheet, on=today()),
    }
    if sheet.state == SheetState.APPROVED:
        frozen = sheet.frozen
        context |= {
            "frozen": frozen,
            "digest": bytes.fromhex(frozen.digest),
            "root": bytes.fromhex((frozen.content["head"] or {}).get("root", "")),
            "is_whole": is_whole(frozen),
        }
        context |= extract_context(request, sheet)
        if request.headers.get("HX-Request"):
            return render(request, "answers/_extract.html", context)
        context["changes"] = since_frozen(frozen)
    else:
        context["answers"] = queries.answer_sheet(sheet.division_code, sheet.as_of, sheet.last_fact_id)
    return render(request, "answers/approval.html", context)


@needs(may_decide, sheet_asked, who=APPROVERS)
@require_POST
def approve(request: PersonRequest, sheet: Sheet) -> HttpResponse:
    """Freeze it."""
    try:
        actions.approve(sheet=sheet, by=request.person, on=today())
        messages.success(request, _("第%(n)s稿已批准并冻结。") % {"n": sheet.number})
    except HouseError as error:
        messages.error(request, error.message)
    return redirect("answers:approval", sheet.division_code, sheet.pk)


@needs(may_decide, sheet_asked, who=APPROVERS)
@require_POST
def send_back(request: PersonRequest, sheet: Sheet) -> HttpResponse:
    """Return it to its author with a reason."""
    try:
        actions.send_back(sheet=sheet, reason=request.POST.get("reason", ""), by=request.person, on=today())
        messages.success(request, _("第%(n)s稿已退回。") % {"n": sheet.number})
    except HouseError as error:
        messages.error(request, error.message)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    return redirect("answers:approval", sheet.division_code, sheet.pk)


def extract_context(request: PersonRequest, sheet: Sheet) -> dict[str, Any]:
    """Whether the data are stored, and what can be done about it."""
    kept = extract_of(sheet)
    failed = kept is not None and kept.state == Making.FAILED
    return {
        "sheet": sheet,
        "extract": kept,
        "extract_digest": bytes.fromhex(kept.version.sha256) if kept and kept.version else b"",
        "extract_under_way": kept is not None and kept.state in UNDER_WAY,
        "may_have_data_stored": failed and may_have_data_stored(request.person, sheet, on=today()),
    }


@needs(None, extract_asked)
@require_safe
def extract(request: HttpRequest, kept: SheetExtract) -> FileResponse:
    """The stored data, byte for byte as the log vouches for them."""
    assert kept.version is not None  # `extract_asked` gives none without
    file = storage.open_file(kept.version.sha256)
    return FileResponse(file, as_attachment=True, filename=kept.version.file_name, content_type=kept.version.media_type)


@needs(may_have_data_stored, sheet_asked, who=AUTHORS)
@require_POST
def extract_again(request: PersonRequest, sheet: Sheet) -> HttpResponse:
    """Try once more."""
    try:
        actions.ask_for_extract_again(sheet=sheet, by=request.person, on=today())
    except NotYet as error:
        messages.error(request, str(error))
    return redirect("answers:approval", sheet.division_code, sheet.pk)


def bar(request: PersonRequest, code: str, as_of: date) -> dict[str, Any]:
    """What the bar under the sheet says and offers to this person."""
    person, on, sheet = request.person, today(), newest_sheet(code, as_of)
    waits = sheet is not None and sheet.state == SheetState.SUBMITTED
    author, decider = names_on(sheet) if sheet else ("", "")
    return {
        "sheet": sheet,
        "author": author,
        "decider": decider,
        "may_submit": not waits and may_submit(person, Asked(code), on=on),
        "may_decide": sheet is not None and waits and may_decide(person, sheet, on=on),
    }
