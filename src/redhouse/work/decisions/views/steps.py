"""What is done with the open step. Each view is one action and goes back to the page it came from."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Household
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.queries import open_step, step_rule
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions import actions, queries
from redhouse.work.decisions.enums import Channel, Stance
from redhouse.work.decisions.forms import (
    AmendForm,
    AnswerForm,
    CheckForm,
    CloseForm,
    ExplainForm,
    OpinionForm,
    PaperForm,
    ReasonForm,
)
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.gates import coverage
from redhouse.work.decisions.queries.homes import doors
from redhouse.work.decisions.views.matters import head

own = needs(None, queries.matter_for)


@own
@require_POST
def close(request: PersonRequest, matter: Matter) -> HttpResponse:
    """Close the open step."""
    step = open_step(matter.run)
    if step is None or str(step.pk) != request.POST.get("step", str(step.pk)):
        messages.error(request, _("这一步刚才已经有人办了，请看最新的进程。"))
        return redirect("decisions:matter", matter.pk)
    rule = step_rule(step)
    form = CloseForm(request.POST, outcomes=rule.outcomes())

    def act() -> str:
        said = form.cleaned_data
        process.close_step(
            step=step, outcome=Outcome(said["outcome"]), reason=said["reason"], by=request.person, on=today()
        )
        return _("“%(step)s”已办结：%(outcome)s。") % {
            "step": rule.name,
            "outcome": Outcome(said["outcome"]).label,
        }

    return _done(request, form, act, "decisions:matter", matter.pk)


@own
@require_POST
def inform(request: PersonRequest, matter: Matter) -> HttpResponse:
    def act() -> str:
        actions.inform_members(matter=matter, by=request.person, on=today())
        return _("先知通知已发出。")

    return _done(request, Form({}), act, "decisions:matter", matter.pk)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: PersonRequest, matter: Matter) -> HttpResponse:
    """The households of the place, those not yet visited first; one form at each door."""
    if request.method == "POST":
        form = ExplainForm(request.POST)

        def act() -> str:
            said = form.cleaned_data
            actions.explain_matter(
                matter=matter,
                household=Household.objects.get(pk=said["household"]),
                stance=Stance(said["stance"]),
                opinion=said["opinion"],
                by=request.person,
                on=today(),
            )
            return _("已登记。")

        return _done(request, form, act, "decisions:explain", matter.pk)
    context = head(request, matter)
    step = context["step"]
    if step is None or not context["may_explain"]:
        raise PermissionDenied(_("由本村（社区）的党员上门说明"))
    context |= {
        "coverage": coverage(step),
        "doors": doors(matter, step, request.person),
        "stances": Stance.choices,
    }
    return render(request, "decisions/explain.html", context)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest, matter: Matter) -> HttpResponse:
    """The supervision committee's list, item by item."""
    context = head(request, matter)
    if not context["may_work"]:
        raise PermissionDenied(_("由村（居）务监督委员会核对"))
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.check_items(matter=matter, marks=form.marks, by=request.person, on=today())
            return _("核对单已记下。")

        return _done(request, form, act, "decisions:matter", matter.pk)
    return render(
        request, "decisions/check.html", context | {"form": form}, status=422 if request.method == "POST" else 200
    )


@own
@require_POST
def file(request: PersonRequest, matter: Matter) -> HttpResponse:
    form = PaperForm(request.POST, request.FILES)

    def act() -> str:
        said = form.cleaned_data
        actions.file_paper(
            matter=matter, kind=said["kind"], title=said["title"], upload=said["file"], by=request.person, on=today()
        )
        return _("文件已归入这一步。")

    return _done(request, form, act, "decisions:papers", matter.pk)


@needs(None, queries.paper_for)
@require_POST
def amend(request: PersonRequest, found: tuple[Matter, Paper]) -> HttpResponse:
    """A new version of a filed paper, editorial or material."""
    matter, paper = found
    form = AmendForm(request.POST, request.FILES)

    def act() -> str:
        said = form.cleaned_data
        actions.amend_plan(
            matter=matter,
            paper=paper,
            upload=said["file"],
            is_material=said["is_material"],
            reason=said["reason"],
            by=request.person,
            on=today(),
        )
        return _("新的一版已存；前置环节重走。") if said["is_material"] else _("新的一版已存。")

    return _done(request, form, act, "decisions:papers", matter.pk)


@own
@require_POST
def speak(request: PersonRequest, matter: Matter) -> HttpResponse:
    form = OpinionForm(request.POST)

    def act() -> str:
        person = request.person
        actions.record_opinion(
            matter=matter, text=form.cleaned_data["text"], channel=Channel.ONLINE, person=person, by=person, on=today()
        )
        return _("意见已收到，答复后会通知您。")

    return _done(request, form, act, "decisions:opinions", matter.pk)


@needs(None, queries.opinion_for)
@require_POST
def answer(request: PersonRequest, found: Any) -> HttpResponse:
    form = AnswerForm(request.POST)

    def act() -> str:
        said = form.cleaned_data
        actions.answer_opinion(
            opinion=found, answer=said["answer"], is_adopted=said["is_adopted"], by=request.person, on=today()
        )
        return _("已答复。")

    return _done(request, form, act, "decisions:opinions", found.matter_id)


@own
@require_POST
def suspend(request: PersonRequest, matter: Matter) -> HttpResponse:
    form = ReasonForm(request.POST)

    def act() -> str:
        process.suspend_run(run=matter.run, reason=form.cleaned_data["reason"], by=request.person, on=today())
        return _("已中止，时限停算。")

    return _done(request, form, act, "decisions:matter", matter.pk)


@own
@require_POST
def resume(request: PersonRequest, matter: Matter) -> HttpResponse:
    def act() -> str:
        process.resume_run(run=matter.run, by=request.person, on=today())
        return _("已恢复办理。")

    return _done(request, Form({}), act, "decisions:matter", matter.pk)


def _done(request: HttpRequest, form: Form, act: Callable[[], str], where: str, *address: int) -> HttpResponse:
    """Do it, say how it went, go back. What was refused is said in its own sentences."""
    try:
        if not form.is_valid():
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                messages.error(
                    request, f"{label}：{'；'.join(map(str, errors))}" if label else "；".join(map(str, errors))
                )
        else:
            messages.success(request, act())
    except NotYet as error:
        for sentence in error.missing:
            messages.error(request, sentence)
    except (ValidationError, HouseError, PermissionDenied) as error:
        said = error.messages if isinstance(error, ValidationError) else [str(getattr(error, "message", error))]
        messages.error(request, "；".join(said))
    return redirect(where, *address)
