"""Problems found in contact: raised at a door, followed by level, settled step by step."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import names_of
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import ASIDE, Outcome, StepKind
from redhouse.ground.process.queries import procedure_of
from redhouse.ground.process.queries.reports import Reported
from redhouse.ground.process.rules import may_close
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import attempt
from redhouse.work.visits import actions
from redhouse.work.visits.definitions import CODE
from redhouse.work.visits.forms import ProblemForm, ReplyForm, SettleForm
from redhouse.work.visits.queries.homes import visit_for
from redhouse.work.visits.queries.problems import kinds_at, problem_for, problems_for
from redhouse.work.visits.views.common import member

own = needs(None, problem_for)


@member
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """The list of problems by level: village, town, district, done."""
    rows = problems_for(person, today())
    names = names_of({each.row.report.division_code for each in rows}, today())
    titles = {"village": _("村级在办"), "town": _("镇级在办"), "district": _("已交区级"), "done": _("已办结")}
    groups = [(title, [each for each in rows if each.level == level]) for level, title in titles.items()]
    return render(request, "visits/problems.html", {"levels": groups, "names": names, "is_empty": not rows})


@needs(None, visit_for)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, found: tuple[Household, Fact]) -> HttpResponse:
    """Raise what was found at a visit; the words of the visit are there already."""
    home, fact = found
    kinds = kinds_at(home.division_code, today())
    first = {"spot": home.dwelling.door, "words": request.GET.get("words", "")[:500]}
    form = ProblemForm(request.POST or None, kinds=kinds, initial=first)
    if request.method == "POST":

        def act() -> str:
            said = form.cleaned_data
            code, _dot, type_code = said["kind"].partition(".")
            actions.raise_problem(
                visit=fact,
                household=home,
                words=said["words"],
                spot=said["spot"],
                code=code,
                type_code=type_code,
                key=said["key"],
                by=request.person,
                on=today(),
            )
            return _("已上报，办到哪一步在这一户的页面上看得到。")

        if attempt(request, form, act):
            return redirect("visits:household", home.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "visits/problem_new.html", {"home": home, "fact": fact, "form": form, "kinds": kinds}, status=status
    )


@own
@require_safe
def problem(request: PersonRequest, found: Reported) -> HttpResponse:
    """One case: what was done, what is open, and for who owes it the one next action."""
    person, run, step = request.person, found.report.run, found.step
    procedure = procedure_of(run.version)
    with everything():
        rows = list(
            run.steps.select_related("closed_by").prefetch_related("papers__paper", "replies").order_by("number")
        )
    mine = step is not None and run.version.code == CODE and may_close(person, step, today())
    context: dict[str, Any] = {
        "report": found.report,
        "run": run,
        "step": step,
        "state": found.state,
        "steps": [(row, procedure.by_key[row.key].name) for row in rows],
        "place": names_of([found.report.division_code], today()).get(found.report.division_code, ""),
        "today": today(),
    }
    if mine and step is not None:
        rule = procedure.by_key[step.key]
        context |= {
            "rule": rule,
            "onward": [o for o in rule.outcomes() if o not in ASIDE],
            "aside": [o for o in rule.outcomes() if o in ASIDE],
            "needs_photo": step.kind == StepKind.HANDLE,
            "reply_form": ReplyForm() if step.kind == StepKind.CLOSE else None,
        }
    return render(request, "visits/problem.html", context)


@own
@require_POST
def settle(request: PersonRequest, found: Reported) -> HttpResponse:
    """Close the open step, with photographs where they are asked for."""
    form, person, step = SettleForm(request.POST, request.FILES), request.person, found.step

    def act() -> str:
        if step is None:
            return _("这件已经办结。")
        said = form.cleaned_data
        actions.settle_step(
            step=step,
            outcome=Outcome(said["outcome"]),
            reason=said["reason"],
            photos=said["photos"],
            by=person,
            on=today(),
        )
        return _("已办结这一步。")

    attempt(request, form, act)
    return redirect("visits:problem", found.report.pk)


@own
@require_POST
def reply(request: PersonRequest, found: Reported) -> HttpResponse:
    form, step = ReplyForm(request.POST), found.step

    def act() -> str:
        if step is None:
            return _("这件已经办结。")
        process.record_reply(step=step, **form.cleaned_data, by=request.person, on=today())
        return _("已记下答复。")

    attempt(request, form, act)
    return redirect("visits:problem", found.report.pk)
