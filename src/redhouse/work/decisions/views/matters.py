"""Matters: the list, a new one, and one with its rail, papers, opinions and record."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.procedure.drawing import strip
from redhouse.ground.process.queries import procedure_of, version_in_force
from redhouse.ground.process.rules import may_close, may_suspend, missing_before_closing
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.access import needs, signed_in
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.work.decisions import actions, queries, rules
from redhouse.work.decisions.forms import (
    VALUE_WORDS,
    AmendForm,
    AnswerForm,
    CloseForm,
    OpenForm,
    OpinionForm,
    PaperForm,
)
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.facts import record_of
from redhouse.work.decisions.queries.gates import coverage, informing_of
from redhouse.work.decisions.queries.lists import hosts_for, listed, versions_for
from redhouse.work.decisions.queries.money import bases_of
from redhouse.work.decisions.queries.stages import ONWARD, names_of, names_of_steps, stages, typed
from redhouse.work.decisions.views.convening import way_around

A_PAGE = 30
DISCLOSING = (
    StepKind.PRE_PUBLICITY,
    StepKind.DECISION_PUBLICITY,
    StepKind.OBJECTION,
    StepKind.RESULT_PUBLICITY,
    StepKind.ARCHIVE,
)
OPENERS = gettext_lazy("事项由本村（社区）或镇的书记、主任、理事长提出。")
own = needs(None, queries.matter_for)


def myself(person: Person, **address: object) -> Person:
    return person


opener = needs(rules.may_open_any, myself, who=OPENERS)


@signed_in
@require_safe
def index(request: AccountRequest) -> HttpResponse:
    """Matters that this person may see, by state, power and words."""
    person = request.person
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("state", "power", "q")}
    page = Paginator(listed(person, **asked), A_PAGE).get_page(request.GET.get("page"))
    for matter in page:
        matter.open_name = names_of_steps(matter.run.version).get(matter.open_key, "")  # type: ignore[attr-defined]
    context = {
        "page": page,
        "asked": asked,
        "today": today(),
        "powers": [(v.code, procedure_of(v).name) for v in versions_for(person, today())] if person else [],
        "may_open": person is not None and rules.may_open_any(person, on=today()),
    }
    return render(request, "decisions/matters.html", context)


@opener
@require_safe
def powers(request: HttpRequest, person: Person) -> HttpResponse:
    """Which of the ten powers is it about?"""
    versions = [(version, procedure_of(version)) for version in versions_for(person, today())]
    return render(request, "decisions/powers.html", {"versions": versions})


@opener
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Open a matter of one power."""
    code = request.resolver_match.kwargs["code"].upper()  # type: ignore[union-attr]
    version = version_in_force(code, person.division_code, today())
    if version is None:
        raise Http404
    procedure, hosts = procedure_of(version), hosts_for(person, today())
    form = OpenForm(
        request.POST or None, request.FILES or None, procedure=procedure, hosts=[(h.pk, h.name) for h in hosts]
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            said = form.cleaned_data
            try:
                matter = actions.open_matter(
                    code=version.code,
                    host=next(host for host in hosts if str(host.pk) == said["host"]),
                    title=said["title"],
                    summary=said["summary"],
                    amount=form.fen,
                    lead_minimum=said["lead_minimum"],
                    facts_of=form.facts_of,
                    plan=said["plan"],
                    by=person,
                    on=today(),
                )
                return redirect("decisions:matter", matter.pk)
            except (ValidationError, HouseError, NotYet, PermissionDenied) as error:
                form.add_error(None, _words(error))
        status = 422
    way = [step for step in procedure.steps if step.is_human]
    context = {"form": form, "version": version, "procedure": procedure, "way": way}
    return render(request, "decisions/new.html", context, status=status)


@own
@require_safe
def show(request: PersonRequest, matter: Matter) -> HttpResponse:
    """The rail: what was done, what is open, what is missing, who owes it, what comes."""
    context = head(request, matter)
    step = context["step"]
    context["around"] = way_around(request.person, matter.run, today())
    if step is not None:
        context |= {
            "informing": informing_of(step) if step.kind == StepKind.PARTY_INFORM else None,
            "coverage": coverage(step) if step.kind == StepKind.PARTY_LEAD else None,
            "close_form": CloseForm(outcomes=context["rule"].outcomes()) if context["may_close"] else None,
        }
    return render(request, "decisions/matter.html", context)


@own
@require_safe
def papers(request: PersonRequest, matter: Matter) -> HttpResponse:
    context = head(request, matter) | {"paper_form": PaperForm(), "amend_form": AmendForm()}
    return render(request, "decisions/papers.html", context)


@own
@require_safe
def opinions(request: PersonRequest, matter: Matter) -> HttpResponse:
    rows = list(matter.opinions.select_related("person").order_by("raised_on", "pk"))
    names = names_of(row.answered_by_id for row in rows if row.answered_by_id)
    context = head(request, matter) | {
        "opinions": [(row, names.get(row.answered_by_id or 0, "")) for row in rows],
        "opinion_form": OpinionForm(),
        "answer_form": AnswerForm(),
        "may_answer": rules.may_answer(request.person, matter, on=today()),
        "may_speak": rules.may_speak(request.person, matter, on=today()),
    }
    return render(request, "decisions/opinions.html", context)


@own
@require_safe
def record(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Every fact of this matter, in the order in which it was recorded."""
    return render(request, "decisions/record.html", head(request, matter) | {"lines": record_of(matter)})


def head(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What stands above every page of a matter."""
    person, day, run = request.person, today(), matter.run
    rows = list(run.steps.select_related("closed_by").prefetch_related("papers__paper__versions").order_by("number"))
    procedure, step = procedure_of(run.version), next((row for row in rows if not row.outcome), None)
    for row in rows:
        row.run = run
    may = step is not None and may_close(person, step, day)
    names = names_of([matter.proposed_by_id, *(row.closed_by_id for row in rows if row.closed_by_id)])
    shown = stages(run, rows, names)
    leads = step is not None and step.kind == StepKind.PARTY_LEAD
    done = [stage.step.key for stage in shown if stage.state == "done"]
    return {
        "matter": matter,
        "proposer": names[matter.proposed_by_id],
        "run": run,
        "step": step,
        "rule": procedure.by_key[step.key] if step else None,
        "stages": shown,
        "strip": strip(procedure, typed(run), done, step.key if step else ""),
        "typed": [(fact.label, VALUE_WORDS[value]) for fact, value in typed(run).items()],
        "missing": missing_before_closing(step, ONWARD[StepKind(step.kind)], day) if step else [],
        "may_close": may and run.suspended_on is None,
        "may_work": may,
        "may_suspend": not run.ending and may_suspend(person, run, day),
        "may_explain": leads and rules.may_explain(person, matter, on=day),
        "papers_count": sum(len(stage.papers) for stage in shown),
        "opinions_count": matter.opinions.count(),
        "is_money": bool(bases_of(matter)),
        "today": day,
        "disclosing": DISCLOSING,
    }


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "；".join(error.messages)
    return str(getattr(error, "message", error))
