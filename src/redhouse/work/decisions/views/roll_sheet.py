"""The roll as a workbook: template, dry run, the same workbook back, the good lines in; single lines by hand."""

from datetime import timedelta
from io import BytesIO

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.people.fields import sealer
from redhouse.ground.process.models import Roll
from redhouse.kit.workbook import WorkbookError, write_back, write_template
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import doing
from redhouse.web.verbs import sentences_of
from redhouse.work.decisions.queries.meeting_page import title_of
from redhouse.work.decisions.rules.roll_sheet import COLUMNS, NAME, RollSheet, read_roll_sheet
from redhouse.work.decisions.verbs.roll_lines import amend_roll, take_roll_sheet
from redhouse.work.decisions.views.meeting_common import done

SEALED_AS = b"decisions.roll.file"
SALT, LIFE = "redhouse.roll-sheet", timedelta(days=2)
SHOWN = 100
SAYS = (
    "一行一人。只要姓名和公民身份号码，其他列按需要填。",
    "先试算：每一行认不认得出、重不重复、当日还在不在，都会说明；没有确认以前什么也不写。",
    "可以重复上传：已在名册上的人不会重复。",
)
keeping = needs(take_roll_sheet.rule, take_roll_sheet.getter, who=take_roll_sheet.who)
amend = doing(amend_roll, "decisions:roll")


@keeping
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: PersonRequest, roll: Roll) -> HttpResponse:
    """Send a workbook in; come back to its dry run by its address, for two days."""
    if request.method == "POST":
        form = take_roll_sheet.form(request.POST, request.FILES)
        if not form.is_valid():
            for sentence in sentences_of(form):
                messages.error(request, sentence)
            return redirect("decisions:roll-sheet", roll.pk)
        stored = storage.put(sealer().seal_bytes(form.cleaned_data["file"].read(), SEALED_AS))
        token = signing.dumps([roll.pk, stored.sha256], salt=SALT)
        return redirect(f"{reverse('decisions:roll-sheet', args=[roll.pk])}?sheet={token}")
    token = request.GET.get("sheet", "")
    context = {"roll": roll, "matter": title_of(roll.run), "host": roll.run.host, "token": token}
    if token:
        try:
            found = _read(token, roll)
        except NotYet as refused:
            return render(request, "decisions/roll_sheet.html", context | {"failure": "；".join(refused.missing)})
        new = [row for row in found.good if row not in found.known]
        context |= {
            "found": found,
            "counts": (len(new), len(found.known), len(found.slips)),
            "notes": [note.say(_) for note in found.sheet.notes],
            "told": found.told[:SHOWN],
            "more": max(0, len(found.told) - SHOWN),
        }
    return render(request, "decisions/roll_sheet.html", context)


def _sent_in(token: str, roll: Roll) -> bytes:
    """The workbook of this address. Raises NotYet where it is stale."""
    try:
        roll_id, sha256 = signing.loads(token, salt=SALT, max_age=LIFE)
        if roll_id != roll.pk:
            raise NotYet([_("这张表是另一份名册的，请重新上传")])
        with storage.open_file(sha256) as file:
            return sealer().open_bytes(file.read(), SEALED_AS)
    except (signing.BadSignature, storage.FileMissing):
        raise NotYet([_("这次上传已过期，请重新上传")]) from None


def _read(token: str, roll: Roll) -> RollSheet:
    """Raises NotYet where the address is stale, or the file is no workbook."""
    try:
        return read_roll_sheet(_sent_in(token, roll), roll)
    except WorkbookError as error:
        raise NotYet([error.say(_)]) from None


@keeping
@require_POST
def accept(request: PersonRequest, roll: Roll) -> HttpResponse:
    """Put the good lines on the roll; with `whole`, whoever is not in the workbook comes off it."""

    def act() -> str:
        book = SimpleUploadedFile("roll.xlsx", _sent_in(request.POST.get("sheet", ""), roll))
        return take_roll_sheet.do(roll, by=request.person, data=request.POST, files={"file": book}).said

    return done(request, act, "decisions:roll", roll.pk)


@keeping
@require_safe
def back(request: PersonRequest, roll: Roll) -> HttpResponse:
    """The same workbook, with what became of each line."""
    try:
        found = _read(request.GET.get("sheet", ""), roll)
    except NotYet as refused:
        messages.error(request, "；".join(refused.missing))
        return redirect("decisions:roll-sheet", roll.pk)

    def result(row: int) -> tuple[str, str, bool]:
        if row in found.slips:
            return _("有错"), found.slips[row], True
        if row in found.known:
            return _("已在名册"), "", False
        return (_("可收入"), "", False) if row in found.good else ("", "", False)

    file = BytesIO()
    write_back(file, found.sheet, headings=(_("结果"), _("说明")), result=result)
    return _sent(file, f"roll-{roll.pk}-checked.xlsx")


@keeping
@require_safe
def template(request: PersonRequest, roll: Roll) -> HttpResponse:
    file = BytesIO()
    write_template(file, name=NAME, headings=COLUMNS, instructions=SAYS, labels=("填写说明", "必填", "含义", "可填"))
    return _sent(file, "roll-template.xlsx")


def _sent(file: BytesIO, name: str) -> HttpResponse:
    answer = HttpResponse(file.getvalue(), content_type=MediaType.XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
