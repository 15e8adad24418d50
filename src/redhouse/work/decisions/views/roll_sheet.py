"""The roll as a workbook: template, dry run, the same workbook back, the good lines in; and single lines by hand."""

from datetime import timedelta
from io import BytesIO

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.people.fields import sealer
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import rolls
from redhouse.ground.process.models import Roll
from redhouse.ground.process.queries.rolls import RollRow, roll_for
from redhouse.ground.process.rules.rolls import counts_area, may_keep_roll
from redhouse.kit.today import today
from redhouse.kit.workbook import WorkbookError, write_back, write_template
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.forms import SHEET_BYTES
from redhouse.work.decisions.queries.meeting_page import title_of
from redhouse.work.decisions.rules.roll_sheet import COLUMNS, NAME, RollSheet, homes_of, hundredths, read_roll_sheet
from redhouse.work.decisions.verbs.words import numbers_in
from redhouse.work.decisions.views.meeting_common import attempt, done

SEALED_AS = b"decisions.roll.file"
SALT, LIFE = "redhouse.roll-sheet", timedelta(days=2)
SHOWN = 100
SAYS = (
    "一行一人。只要姓名和公民身份号码，其他列按需要填。",
    "先试算：每一行认不认得出、重不重复、当日还在不在，都会说明；没有确认以前什么也不写。",
    "可以重复上传：已在名册上的人不会重复。",
)
keeping = needs(may_keep_roll, roll_for, who=gettext_lazy("名册由办理这一步的人管"))


@keeping
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: PersonRequest, roll: Roll) -> HttpResponse:
    """Send a workbook in; come back to its dry run by its address, for two days."""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None or not file.size or file.size > SHEET_BYTES:
            messages.error(request, _("请选一个不超过8 MB的Excel文件"))
            return redirect("decisions:roll-sheet", roll.pk)
        stored = storage.put(sealer().seal_bytes(file.read(), SEALED_AS))
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


def _read(token: str, roll: Roll) -> RollSheet:
    """Raises NotYet where the address is stale, or the file is no workbook."""
    try:
        roll_id, sha256 = signing.loads(token, salt=SALT, max_age=LIFE)
        if roll_id != roll.pk:
            raise NotYet([_("这张表是另一份名册的，请重新上传")])
        with storage.open_file(sha256) as file:
            content = sealer().open_bytes(file.read(), SEALED_AS)
    except (signing.BadSignature, storage.FileMissing):
        raise NotYet([_("这次上传已过期，请重新上传")]) from None
    try:
        return read_roll_sheet(content, roll)
    except WorkbookError as error:
        raise NotYet([error.say(_)]) from None


@keeping
@require_POST
def accept(request: PersonRequest, roll: Roll) -> HttpResponse:
    """Put the good lines on the roll; with `whole`, whoever is not in the workbook comes off it."""

    def act() -> str:
        found = _read(request.POST.get("sheet", ""), roll)
        taken = rolls.take_rows(
            roll=roll,
            rows=list(found.good.values()),
            excluded={found.good[row].person_id: kind for row, kind in found.excluded.items()},
            whole=request.POST.get("whole") == "yes",
            by=request.person,
            on=today(),
        )
        return _("名册上新增%(added)s人，去掉%(removed)s人，回避%(recused)s人。") % {
            "added": taken.added,
            "removed": taken.removed,
            "recused": taken.recused,
        }

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


@keeping
@require_POST
def amend(request: PersonRequest, roll: Roll) -> HttpResponse:
    """By hand: put one person on the roll, by name and door, or take numbers off it."""

    def act() -> str:
        if request.POST.get("remove"):
            numbers = numbers_in(request.POST["remove"])
            with everything():
                people = list(roll.electors.filter(number__in=numbers).values_list("person", flat=True))
            rolls.amend_roll(roll=roll, remove=people, by=request.person, on=today())
            return _("已从名册去掉%(n)s人。") % {"n": len(people)}
        row = _one(roll, request.POST.get("name", ""), request.POST.get("door", ""), request.POST.get("area", ""))
        refused = rolls.amend_roll(roll=roll, add=[row], by=request.person, on=today())
        if refused:
            raise NotYet([refusal.sentence for refusal in refused])
        return _("已列入名册。")

    attempt(request, act)
    return redirect("decisions:roll", roll.pk)


def _one(roll: Roll, name: str, door: str, area: str) -> RollRow:
    """The one person of this name behind this door on the day of the vote. Raises NotYet."""
    try:
        share = hundredths(area.strip())
    except ValueError:
        raise NotYet([_("专有面积“%(area)s”应为平方米，最多两位小数") % {"area": area[:20]}]) from None
    with everything():
        people = list(Person.objects.filter(name=name.strip()).values_list("pk", flat=True)[:500])
        homes = homes_of(people, roll.vote_on)
    found = [(person, homes[person][door.strip()]) for person in people if door.strip() in homes.get(person, {})]
    if len(found) != 1:
        raise NotYet([_("这个门牌当日有%(n)s位叫这个名字的人，认不准；请用Excel按证件号码列入") % {"n": len(found)}])
    return RollRow(found[0][0], found[0][1], share if counts_area(roll) else 0)
