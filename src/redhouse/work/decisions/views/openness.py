"""The tab 公开 of a matter: sheets for the board with their evidence, objections with their answers, the archive."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from redhouse.ground.ledger.queries import latest_head
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.queries import open_step
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.files import stored
from redhouse.web.request import PersonRequest
from redhouse.web.telling import do, doing
from redhouse.work.decisions import queries, rules
from redhouse.work.decisions.forms import (
    AmendSheetForm,
    AnswerObjectionForm,
    ObjectionForm,
    PaperObjectionForm,
    PhotoForm,
    SheetForm,
)
from redhouse.work.decisions.models import Matter, MatterArchive, Publicity
from redhouse.work.decisions.queries.disclosure import clock_of, current_sheet, kind_of, sheets_of
from redhouse.work.decisions.queries.money_page import money_words
from redhouse.work.decisions.queries.openness import (
    archive_for,
    disclosed_matter,
    is_of_village,
    objections_for,
    publicity_for,
)
from redhouse.work.decisions.verbs import openness as verbs
from redhouse.work.decisions.views.matters import head
from redhouse.work.decisions.views.sheets import printed

TAB = "decisions:disclosure"

own = needs(None, queries.matter_for)
photograph = doing(verbs.photograph, TAB, of=lambda publicity: publicity.matter_id)
key_in = doing(verbs.key_in_objection, TAB, prefix="paper")
answer = doing(verbs.answer_objection, TAB, of=lambda objection: objection.matter_id)
archive = doing(verbs.archive, TAB)


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
        do(request, verbs.post_sheet, matter)
        return redirect("decisions:disclosure", matter.pk)
    clock = clock_of(step, today())
    context = head(request, matter) | {"form": form, "kind": kind, "clock": clock, "there": current_sheet(step)}
    return render(request, "decisions/new_sheet.html", context, status=422 if request.method == "POST" else 200)


@needs(None, verbs.amend_sheet.getter)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: PersonRequest, publicity: Publicity) -> HttpResponse:
    """Word the sheet that takes the place of this one."""
    matter = publicity.matter
    form = AmendSheetForm(request.POST or None, initial={"text": publicity.text})
    if request.method == "POST" and form.is_valid():
        do(request, verbs.amend_sheet, publicity)
        return redirect("decisions:disclosure", matter.pk)
    context = head(request, matter) | {"form": form, "publicity": publicity}
    return render(request, "decisions/amend_sheet.html", context, status=422 if request.method == "POST" else 200)


@needs(None, publicity_for)
@require_safe
def download(request: HttpRequest, publicity: Publicity) -> HttpResponseBase:
    """The sheet to print: a4.pdf, a3.pdf or a4.docx."""
    where = request.resolver_match.kwargs  # type: ignore[union-attr]
    return printed(request, publicity, where["sheet"], where["kind"])


@needs(None, disclosed_matter)
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Object for oneself, and see what became of one's earlier objections."""
    if request.method == "POST":
        do(request, verbs.object_to, matter)
        return redirect("decisions:object", matter.pk)
    person, day = request.person, today()
    found = [one for one in objections_for(person, matter) if one.person_id == person.pk]
    context = {"matter": matter, "run": matter.run, "form": ObjectionForm(), "objections": found, "today": day}
    context |= {"may_object": rules.may_object(person, matter, on=day), "is_of_village": is_of_village(person, matter)}
    return render(request, "decisions/object.html", context)


@needs(None, archive_for)
@require_safe
def bundle(request: HttpRequest, found: MatterArchive) -> HttpResponseBase:
    """The sealed file, for those who hold an office of the matter."""
    version = latest_version(found.bundle) if found.bundle else None
    if version is None:
        return redirect("decisions:disclosure", found.matter_id)
    return stored(version, as_attachment=True)
