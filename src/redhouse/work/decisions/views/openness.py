"""The tab 公开 of a matter: sheets for the board with their evidence, objections with their answers, the archive."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.ledger.queries import latest_head
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.queries import open_step
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.files import stored
from redhouse.web.request import PersonRequest
from redhouse.work.decisions import actions, queries, rules
from redhouse.work.decisions.forms import (
    AmendSheetForm,
    AnswerObjectionForm,
    ObjectionForm,
    PaperObjectionForm,
    PhotoForm,
    SheetForm,
)
from redhouse.work.decisions.models import Matter, MatterArchive, Objection, Publicity
from redhouse.work.decisions.queries.disclosure import clock_of, current_sheet, kind_of, sheets_of
from redhouse.work.decisions.queries.money_page import money_words
from redhouse.work.decisions.queries.openness import (
    archive_for,
    matter_of_village,
    objection_for,
    objections_for,
    publicity_for,
)
from redhouse.work.decisions.views.matters import head
from redhouse.work.decisions.views.sheets import printed, site
from redhouse.work.decisions.views.steps import _done

own = needs(None, queries.matter_for)
sheet_of = needs(None, publicity_for)


@own
@require_safe
def show(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Sheets with what they lack, objections, and the archive."""
    person, day = request.person, today()
    found = objections_for(person, matter)
    archive = MatterArchive.objects.filter(matter=matter).select_related("bundle").first()
    context = head(request, matter) | {
        "sheets": sheets_of(matter),
        "may_post": rules.may_post(person, matter, on=day),
        "photo_form": PhotoForm(initial={"seen_on": day}),
        "objections": [(one, rules.may_answer_objection(person, one, on=day)) for one in found],
        "answer_form": AnswerObjectionForm(),
        "may_object": rules.may_object(person, matter, on=day),
        "paper_form": PaperObjectionForm(prefix="paper")
        if rules.may_key_in_objection(person, matter, on=day)
        else None,
        "archive": archive,
        "may_archive": rules.may_archive(person, matter, on=day),
        "may_fetch": archive_for(person, matter.pk) is not None,
        "head": latest_head(),
    }
    return render(request, "decisions/disclosure.html", context)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Word a sheet for the open step and print it."""
    step = open_step(matter.run)
    if step is None or not rules.may_post(request.person, matter, on=today()):
        raise Http404
    kind = kind_of(step)
    initial = {
        "title": f"{matter.run.host.name}\n{matter.title}{kind.label}",
        "text": "\n".join(filter(None, (matter.summary, money_words(matter)))),
        "from_on": today(),
    }
    form = SheetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            actions.prepare_publicity(matter=matter, **said, site=site(request), by=request.person, on=today())
            return _("公示稿已制作：请打印、张贴，拍照存证。")

        return _done(request, form, act, "decisions:disclosure", matter.pk)
    clock = clock_of(step, today())
    context = head(request, matter) | {"form": form, "kind": kind, "clock": clock, "there": current_sheet(step)}
    return render(request, "decisions/new_sheet.html", context, status=422 if request.method == "POST" else 200)


@sheet_of
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: PersonRequest, publicity: Publicity) -> HttpResponse:
    """Word the sheet that takes the place of this one."""
    matter = publicity.matter
    if not rules.may_post(request.person, matter, on=today()):
        raise Http404
    form = AmendSheetForm(request.POST or None, initial={"text": publicity.text})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            actions.amend_publicity(publicity=publicity, **said, site=site(request), by=request.person, on=today())
            return _("更正稿已制作：请打印、张贴，拍照存证。")

        return _done(request, form, act, "decisions:disclosure", matter.pk)
    context = head(request, matter) | {"form": form, "publicity": publicity}
    return render(request, "decisions/amend_sheet.html", context, status=422 if request.method == "POST" else 200)


@sheet_of
@require_POST
def photograph(request: PersonRequest, publicity: Publicity) -> HttpResponse:
    """Evidence from the board: `phase` is start or end."""
    form = PhotoForm(request.POST, request.FILES)

    def act() -> str:
        said = form.cleaned_data
        given: dict[str, Any] = {
            "publicity": publicity, "photo": said["photo"], "seen_on": said["seen_on"], "by": request.person,
            "on": today(),
        }  # fmt: skip
        if request.POST.get("phase") == "end":
            actions.end_publicity(**given)
            return _("期满照片已存。")
        actions.post_publicity(**given)
        return _("张贴照片已存，公示期开始计算。")

    return _done(request, form, act, "decisions:disclosure", publicity.matter_id)


@needs(None, publicity_for)
@require_safe
def download(request: HttpRequest, publicity: Publicity) -> HttpResponseBase:
    """The sheet to print: a4.pdf, a3.pdf or a4.docx."""
    where = request.resolver_match.kwargs  # type: ignore[union-attr]
    return printed(request, publicity, where["sheet"], where["kind"])


@needs(None, matter_of_village)
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Object for oneself, and see what became of one's earlier objections."""
    person, day = request.person, today()
    form = ObjectionForm(request.POST or None)
    if request.method == "POST":

        def act() -> str:
            row = actions.raise_objection(matter=matter, text=form.cleaned_data["text"], by=person, on=day)
            return _received(row)

        return _done(request, form, act, "decisions:object", matter.pk)
    found = [one for one in objections_for(person, matter) if one.person_id == person.pk]
    context = {"matter": matter, "run": matter.run, "form": form, "objections": found, "today": day}
    return render(request, "decisions/object.html", context | {"may_object": rules.may_object(person, matter, on=day)})


@own
@require_POST
def key_in(request: PersonRequest, matter: Matter) -> HttpResponse:
    """What came on paper."""
    form = PaperObjectionForm(request.POST, prefix="paper")

    def act() -> str:
        said = form.cleaned_data
        row = actions.key_in_objection(
            matter=matter, text=said["text"], name=said["name"], by=request.person, on=today()
        )
        return _received(row)

    return _done(request, form, act, "decisions:disclosure", matter.pk)


def _received(row: Objection) -> str:
    return _("异议已收到，第%(number)s件，%(due)s前答复。") % {"number": row.number, "due": row.due_on}


@needs(None, objection_for)
@require_POST
def answer(request: PersonRequest, objection: Objection) -> HttpResponse:
    form = AnswerObjectionForm(request.POST)

    def act() -> str:
        said = form.cleaned_data
        actions.answer_objection(
            objection=objection, answer=said["answer"], is_upheld=said["is_upheld"], by=request.person, on=today()
        )
        return _("已答复。")

    return _done(request, form, act, "decisions:disclosure", objection.matter_id)


@own
@require_POST
def archive(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Seal the archive; the last step closes with it."""
    form = Form({})

    def act() -> str:
        actions.archive_matter(matter=matter, by=request.person, on=today())
        return _("档案已封存，公开日志签名后生成档案包。")

    return _done(request, form, act, "decisions:disclosure", matter.pk)


@needs(None, archive_for)
@require_safe
def bundle(request: HttpRequest, found: MatterArchive) -> HttpResponseBase:
    """The sealed file, for those who hold an office of the matter."""
    version = latest_version(found.bundle) if found.bundle else None
    if version is None:
        return redirect("decisions:disclosure", found.matter_id)
    return stored(version, as_attachment=True)
