"""One workbook on its way: uploaded, tried, confirmed, in. The page can be closed and come back to."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.kit.workbook import read_sheet, write_back
from redhouse.web.access import needs
from redhouse.web.files import as_workbook
from redhouse.work.registry import actions, queries
from redhouse.work.registry.enums import UNDER_WAY, ImportKind, ImportState, Mark
from redhouse.work.registry.forms import UploadForm
from redhouse.work.registry.models import Import
from redhouse.work.registry.queries.files import content_of
from redhouse.work.registry.rules.columns import TEMPLATES
from redhouse.work.registry.views.exchange import keeper, page

SHOWN_SLIPS = 100
LONG_WAIT = 60  # seconds after which the page says what may be wrong
own = needs(None, queries.import_for)
_STEPS = (
    (gettext_lazy("上传"), ()),
    (gettext_lazy("试算"), (ImportState.WAITING, ImportState.CHECKING)),
    (gettext_lazy("确认"), (ImportState.READY,)),
    (gettext_lazy("导入"), (ImportState.CONFIRMED, ImportState.IMPORTING)),
)


@dataclass(frozen=True)
class Said:
    """A slip as the page prints it."""

    line: int
    heading: str
    sentence: str


@keeper
@require_POST
def upload(request: HttpRequest, person: Person) -> HttpResponse:
    """Take a workbook and go to the page of its progress."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = actions.upload_workbook(
                kind=ImportKind(form.cleaned_data["kind"]),
                content=file.read(),
                file_name=file.name,
                by=person,
                on=today(),
            )
            return redirect("registry:import", row.pk)
        except ValidationError as error:
            form.add_error("file", error)
    return page(request, person, form, status=422)


@own
@require_safe
def show(request: HttpRequest, row: Import) -> HttpResponse:
    """How far it is: a fragment for HTMX while it is under way, else the page."""
    template = "registry/_import.html" if request.headers.get("HX-Request") else "registry/import.html"
    return render(request, template, {"row": row} | _told(row))


@own
@require_POST
def confirm(request: HttpRequest, row: Import) -> HttpResponseRedirect:
    try:
        actions.confirm_import(row=row, by=row.created_by, on=today())
    except NotYet as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("registry:import", args=[row.pk]))


@own
@require_POST
def withdraw(request: HttpRequest, row: Import) -> HttpResponseRedirect:
    try:
        actions.withdraw_import(row=row, by=row.created_by, on=today())
    except NotYet as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("registry:import", args=[row.pk]))


@own
@require_safe
def workbook(request: HttpRequest, row: Import) -> HttpResponse | FileResponse:
    """The same workbook back, with what became of each row and why."""
    if "marks" not in row.outcome:
        messages.error(request, _("这张表还没有逐行的结果"))
        return HttpResponseRedirect(reverse("registry:import", args=[row.pk]))
    template = TEMPLATES[ImportKind(row.kind)]
    sheet = read_sheet(content_of(row), name=template.name, required=template.required, known=template.headings)
    marks, slips = row.outcome["marks"], row.outcome["slips"]
    words = {mark.value: str(mark.label) for mark in Mark}

    def result(index: int) -> tuple[str, str, bool]:
        why = "；".join(f"{heading}：{_(sentence) % values}" for heading, sentence, values in slips.get(str(index), ()))
        return words[marks[index]], why, marks[index] == Mark.REFUSED

    name = row.file_name.rpartition(".")[0] or row.file_name
    return as_workbook(
        lambda file: write_back(file, sheet, headings=(_("结果"), _("说明")), result=result),
        _("%(name)s-结果.xlsx") % {"name": name},
    )


def _told(row: Import) -> dict[str, Any]:
    """The outcome in words."""
    outcome = row.outcome
    counts = outcome.get("counts", {})
    slips = [
        Said(int(index) + outcome["first_line"], heading, _(sentence) % values)
        for index, said in list(outcome.get("slips", {}).items())[:SHOWN_SLIPS]
        for heading, sentence, values in said
    ]
    failure = outcome.get("failure")
    since = row.confirmed_at or row.created_at
    at = next((n for n, (_word, states) in enumerate(_STEPS) if row.state in states), len(_STEPS))
    return {
        "under_way": row.state in UNDER_WAY,
        "long": row.state in UNDER_WAY and (timezone.now() - since).total_seconds() > LONG_WAIT,
        "states": {state.name: row.state == state for state in ImportState},
        "counts": [(mark, counts.get(mark.value, 0)) for mark in Mark],
        "rows": sum(counts.get(mark.value, 0) for mark in Mark if mark != Mark.SKIPPED),
        "to_write": counts.get(Mark.NEW, 0) + counts.get(Mark.CHANGED, 0),
        "refused": counts.get(Mark.REFUSED, 0),
        "slips": sorted(slips, key=lambda slip: slip.line),
        "more_slips": max(0, len(outcome.get("slips", {})) - SHOWN_SLIPS),
        "notes": [_(sentence) % values for sentence, values in outcome.get("notes", ())],
        "previews": [(mark, outcome["first"][mark.value]) for mark in Mark if outcome.get("first", {}).get(mark.value)],
        "headings": outcome.get("headings", ()),
        "failure": _(failure[0]) % failure[1] if failure else "",
        "steps": [(word, "done" if n < at else "now" if n == at else "") for n, (word, _s) in enumerate(_STEPS)],
    }
