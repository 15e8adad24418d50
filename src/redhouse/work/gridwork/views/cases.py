"""One case: what was seen, how far it is, and what may be done with it now."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.models import PaperVersion
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import Reply, Report
from redhouse.ground.process.queries import history, open_step, procedure_of, step_rule
from redhouse.ground.process.queries.reports import bounces
from redhouse.ground.process.rules import missing_before_closing
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.files import stored
from redhouse.web.request import PersonRequest
from redhouse.web.telling import REFUSALS, words_of
from redhouse.work.gridwork import actions, queries, rules
from redhouse.work.gridwork.forms import AssignForm, CloseForm, LookForm, ReasonForm, ReplyForm
from redhouse.work.gridwork.views.common import case, done


@case
@require_safe
def show(request: PersonRequest, report: Report) -> HttpResponse:
    return render(request, "gridwork/case.html", _context(request, report))


def _context(request: PersonRequest, report: Report) -> dict[str, Any]:
    person, on, at = request.person, today(), now()
    step = open_step(report.run)
    if step is not None:
        step.run.report = report
    rule, may = step_rule(step) if step else None, rules.may_act(person, report, on=on)
    with everything():  # who acted in office is nobody's secret
        steps, names = history(report.run), procedure_of(report.run.version).by_key
    for row in steps:
        row.name = names[row.key].name if row.key in names else row.key  # type: ignore[attr-defined]
    outcomes = rule.outcomes() if rule else ()
    people = queries.handlers_of(step, on) if step and may else []
    forward = next(iter(outcomes), None)
    return {
        "report": report,
        "row": queries.row_of(report, step, on, at),
        "step": step,
        "rule": rule,
        "steps": steps,
        "photos": _photos(report),
        "replies": list(Reply.objects.filter(step__run=report.run).order_by("pk")),
        "bounces": bounces(report.run),
        "missing": missing_before_closing(step, forward, on) if step and forward else [],
        "may_act": may,
        "assign_form": AssignForm(people=people) if people else None,
        "close_form": CloseForm(outcomes=outcomes, with_photos=bool(rule and rule.evidence)) if may else None,
        "reply_form": ReplyForm() if may and step and step.kind == StepKind.CLOSE else None,
        "templates": queries.templates_for(person, on) if may and step and step.kind == StepKind.CLOSE else [],
        "look_form": LookForm() if may and not report.erased_on else None,
        "may_stop": rules.may_stop(person, report, on=on),
        "today": on,
    }


def _photos(report: Report) -> list[tuple[int, int]]:
    """(paper, number of the step it was filed with), in order."""
    rows = report.run.steps.filter(papers__isnull=False).order_by("number", "papers__pk")
    return list(rows.values_list("papers__paper", "number"))


@needs(None, queries.photo_for)
@require_safe
def photo(request: HttpRequest, version: PaperVersion) -> FileResponse:
    return stored(version)


@case
@require_POST
def close(request: PersonRequest, report: Report) -> HttpResponse:
    """Close the open step; photographs are filed with it in the same breath."""
    step, person = open_step(report.run), request.person
    if step is None or str(step.pk) != request.POST.get("step", ""):
        messages.error(request, _("这一步刚才已经有人办了，请看最新的进程。"))
        return redirect("gridwork:case", report.pk)
    rule = step_rule(step)
    form = CloseForm(request.POST, request.FILES, outcomes=rule.outcomes(), with_photos=bool(rule.evidence))

    def act() -> str:
        said = form.cleaned_data
        with transaction.atomic():
            for paper in actions.photograph(
                said.get("photos", []), division_code=report.division_code, by=person, on=today()
            ):
                process.file_paper(step=step, paper=paper, by=person, on=today())
            process.close_step(step=step, outcome=said["outcome"], reason=said["reason"], by=person, on=today())
        return _("“%(step)s”已办结：%(outcome)s。") % {"step": rule.name, "outcome": Outcome(said["outcome"]).label}

    return done(request, form, act, "gridwork:case", report.pk)


@case
@require_POST
def assign(request: PersonRequest, report: Report) -> HttpResponse:
    step, person = open_step(report.run), request.person
    if step is not None:
        step.run.report = report
    people = {str(each.pk): each for each in (queries.handlers_of(step, today()) if step else ())}
    form = AssignForm(request.POST, people=people.values())

    def act() -> str:
        assert step is not None  # else there would be nobody to choose
        handler = people[form.cleaned_data["handler"]]  # their home may lie beyond the reach of who dispatches
        actions.assign(step=step, handler=handler, note=form.cleaned_data["note"], by=person, on=today())
        return _("已派给%(who)s。") % {"who": handler}

    return done(request, form, act, "gridwork:case", report.pk)


@case
@require_POST
def reply(request: PersonRequest, report: Report) -> HttpResponse:
    step, form = open_step(report.run), ReplyForm(request.POST)

    def act() -> str:
        if step is None:
            raise NotYet([_("这一件已经办结，不用再答复")])
        process.record_reply(step=step, by=request.person, on=today(), **form.cleaned_data)
        return _("答复已记下。")

    return done(request, form, act, "gridwork:case", report.pk)


@case
@require_POST
def look(request: PersonRequest, report: Report) -> HttpResponse:
    """Name and phone, once, on this answer only; that somebody looked is recorded."""
    form = LookForm(request.POST)
    context = _context(request, report)
    try:
        if form.is_valid():
            context["contact"] = actions.look_at_contact(
                report=report, reason=form.cleaned_data["reason"], by=request.person, on=today()
            )
    except REFUSALS as error:
        for sentence in words_of(error):
            messages.error(request, sentence)
    return render(request, "gridwork/case.html", context)


@case
@require_POST
def suspend(request: PersonRequest, report: Report) -> HttpResponse:
    form = ReasonForm(request.POST)

    def act() -> str:
        process.suspend_run(run=report.run, reason=form.cleaned_data["reason"], by=request.person, on=today())
        return _("已中止，时限停算。")

    return done(request, form, act, "gridwork:case", report.pk)


@case
@require_POST
def resume(request: PersonRequest, report: Report) -> HttpResponse:
    def act() -> str:
        process.resume_run(run=report.run, by=request.person, on=today())
        return _("已恢复办理。")

    return done(request, None, act, "gridwork:case", report.pk)
