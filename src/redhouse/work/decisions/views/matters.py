"""Matters: the list, a new one, and one with its rail, papers, opinions and record."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import ProcedureVersion, RunStep
from redhouse.ground.process.procedure.drawing import strip
from redhouse.ground.process.queries import procedure_of, step_rule
from redhouse.ground.process.queries.meetings import meetings_for
from redhouse.ground.process.rules import may_close, may_suspend, missing_before_closing
from redhouse.kit.today import today
from redhouse.web.access import needs, oneself, signed_in
from redhouse.web.keeping import kept_text
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.web.telling import REFUSALS, words_of
from redhouse.web.verbs import Unsound
from redhouse.work.decisions import queries, rules
from redhouse.work.decisions.enums import VALUE_WORDS
from redhouse.work.decisions.forms import (
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
from redhouse.work.decisions.queries.stages import (
    ONWARD,
    filed_with,
    names_of,
    names_of_steps,
    stages,
    steps_read,
    with_versions,
)
from redhouse.work.decisions.queries.stages import typed as facts_of
from redhouse.work.decisions.verbs import matters as verbs
from redhouse.work.decisions.verbs.matters import OPENERS
from redhouse.work.decisions.views.convening import way_around

A_PAGE = 30
DISCLOSING = (
    StepKind.PRE_PUBLICITY,
    StepKind.DECISION_PUBLICITY,
    StepKind.OBJECTION,
    StepKind.RESULT_PUBLICITY,
    StepKind.ARCHIVE,
)
own = needs(None, queries.matter_for)
opener = needs(rules.may_open_any, oneself, who=OPENERS)


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


@needs(verbs.propose.rule, verbs.propose.getter, who=OPENERS)
def new(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    """Open a matter of one power."""
    procedure, person = procedure_of(version), request.person
    form = OpenForm(procedure=procedure, hosts=[(host.pk, host.name) for host in hosts_for(person, today())])
    status = 200
    if request.method == "POST":
        status = 422
        try:
            done = verbs.propose.do(version, by=person, data=request.POST, files=request.FILES)
            return redirect("decisions:matter", done.came["matter"])
        except Unsound as unsound:
            form = cast(OpenForm, unsound.form)
        except REFUSALS as refused:
            form = OpenForm(request.POST, request.FILES, **verbs.propose.given(version, person))
            form.add_error(None, "；".join(words_of(refused)))
    way = [step for step in procedure.steps if step.is_human]
    context = {"form": form, "version": version, "procedure": procedure, "way": way}
    return render(request, "decisions/new.html", context, status=status)


@own
@require_safe
def show(request: PersonRequest, matter: Matter) -> HttpResponse:
    """The rail: what was done, what is open, what is missing, who owes it, what comes."""
    return page_of(request, matter)


def page_of(
    request: PersonRequest, matter: Matter, *, refused: Sequence[str] = (), typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page of a matter; after a refusal (409) with its sentences and what was typed. The words come back in the
    form where the same step is still open to this person, else beside it, to be copied."""
    context = head(request, matter)
    person, day, run, step = request.person, today(), matter.run, context["step"]
    shown = stages(run, context["steps"], context["names"])
    done = [stage.step.key for stage in shown if stage.state == "done"]
    leads = step is not None and step.kind == StepKind.PARTY_LEAD
    covered = coverage(step) if leads else None
    state = f"{run.version.digest}:{matter.pk}:{run.facts}:{covered}:{[stage.printed for stage in shown]}"
    context |= {
        "way": kept_text(
            f"way:{state}",
            lambda: render_to_string(
                "decisions/_stages.html", {"stages": shown, "matter": matter, "coverage": covered}
            ),
        ),
        "strip": kept_text(
            f"strip:{state}",
            lambda: strip(procedure_of(run.version), facts_of(run), done, step.key if step else ""),
        ),
        "missing": missing_before_closing(step, ONWARD[StepKind(step.kind)], day) if step else [],
        "may_close": context["may_work"] and run.suspended_on is None,
        "may_suspend": not run.ending and may_suspend(person, run, day),
        "may_explain": leads and rules.may_explain(person, matter, on=day),
        "around": way_around(person, run, day),
        "disclosing": DISCLOSING,
    }
    if step is not None:
        form = None
        if context["may_close"]:
            form = CloseForm(outcomes=context["rule"].outcomes(), initial={"step": step.pk})
            if typed is not None and typed.get("step", str(step.pk)) == str(step.pk):
                form.initial.update({name: typed.get(name, "") for name in ("outcome", "reason")})
                typed = None
        context |= {
            "sitting": meetings_for(person, day).filter(roll__run=run, ending="").first() if sits(step) else None,
            "informing": informing_of(step) if step.kind == StepKind.PARTY_INFORM else None,
            "close_form": form,
        }
    context |= {"refused": refused, "written": typed.get("reason", "").strip() if typed else ""}
    return render(request, "decisions/matter.html", context, status=409 if refused else 200)


@own
@require_safe
def papers(request: PersonRequest, matter: Matter) -> HttpResponse:
    context = head(request, matter)
    context |= {
        "stages": stages(matter.run, with_versions(context["steps"]), context["names"]),
        "paper_form": PaperForm(),
        "amend_form": AmendForm(),
    }
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
    context = head(request, matter)
    return render(request, "decisions/record.html", context | {"lines": record_of(matter, context["names"])})


def sits(step: RunStep) -> bool:
    """Whether a sitting may belong to this step: one that votes, or gives notice of it."""
    return step.kind == StepKind.NOTICE or bool(step_rule(step).rule)


def head(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """What stands above every page of a matter. The steps stay on the run, for whoever asks for them again."""
    day, run = today(), matter.run
    rows = steps_read(run)
    step = next((row for row in rows if not row.outcome), None)
    names = names_of([matter.proposed_by_id, *(row.closed_by_id for row in rows if row.closed_by_id)])
    return {
        "matter": matter,
        "proposer": names[matter.proposed_by_id],
        "names": names,
        "run": run,
        "steps": rows,
        "step": step,
        "rule": procedure_of(run.version).by_key[step.key] if step else None,
        "typed": [(fact.label, VALUE_WORDS[value]) for fact, value in facts_of(run).items()],
        "may_work": step is not None and may_close(request.person, step, day),
        "papers_count": sum(len(filed_with(row)) for row in rows),
        "opinions_count": matter.opinions.count(),
        "is_money": bool(bases_of(matter)),
        "today": day,
    }
