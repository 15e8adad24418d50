"""The list of the ten powers: what binds today, each version with its diagram and its changes, drafts of the town."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process import actions
from redhouse.ground.process.models import ProcedureVersion, VersionDraft
from redhouse.ground.process.procedure import read_procedure
from redhouse.ground.process.procedure.additions import added
from redhouse.ground.process.procedure.differences import differences
from redhouse.ground.process.procedure.drawing import strip
from redhouse.ground.process.queries.versions import procedure_of, versions_of
from redhouse.ground.process.rules.rights import may_approve_draft, may_draft_version, may_move_to
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.access import needs, signed_in
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.work.decisions.queries import power_list as queries
from redhouse.work.decisions.queries.stages import names_of
from redhouse.work.decisions.views.meeting_common import done
from redhouse.work.decisions.views.power_form import AdditionsForm

DRAFTERS = gettext_lazy("镇增订的版本由镇组织办拟订。")


@signed_in
@require_safe
def index(request: AccountRequest) -> HttpResponse:
    person = request.person
    found = queries.powers(person, today()) if person else []
    drafts = queries.drafts_for(person, today()) if person else []
    return render(request, "decisions/power_list.html", {"powers": found, "drafts": drafts})


@needs(None, queries.power_for)
@require_safe
def show(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    """One power: the version in force, and every other one."""
    return _version(request, version)


@needs(None, queries.version_shown)
@require_safe
def show_version(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    return _version(request, version)


def _version(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    person, told = request.person, queries.told(version)
    context = {
        "told": told,
        "strip": strip(told.procedure, {}),
        "versions": list(versions_of(version.code)),
        "in_force": queries.power_for(person, version.code),
        "may_draft": may_draft_version(person, version, today()),
        "may_move": may_move_to(person, version, today()),
        "today": today(),
    }
    return render(request, "decisions/power.html", context)


@needs(may_draft_version, queries.power_for, who=DRAFTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    """Add to the version in force. What is weaker than law is refused here, with clause and witness."""
    procedure = procedure_of(version)
    form = AdditionsForm(request.POST or None, request.FILES or None, procedure=procedure, today=today())
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            text = form.text or added(procedure, form.additions())
            draft = actions.draft_version(
                base=version, text=text, reason=form.cleaned_data["reason"], by=request.person, on=today()
            )
            messages.success(request, _("已送镇领导批准。"))
            return redirect("decisions:draft", draft.pk)
        except NotYet as error:
            refused = error.missing
        except (ValidationError, HouseError, PermissionDenied) as error:
            refused = error.messages if isinstance(error, ValidationError) else [str(error)]
    context = {"form": form, "version": version, "procedure": procedure, "refused": refused}
    return render(request, "decisions/power_edit.html", context, status=422 if request.method == "POST" else 200)


@needs(None, queries.draft_for)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PersonRequest, draft: VersionDraft) -> HttpResponse:
    """A draft with its changes; who approves it decides here."""
    person = request.person
    if request.method == "POST":

        def act() -> str:
            if request.POST.get("decision") == "approve":
                version = actions.approve_draft(draft=draft, by=person, on=today())
                return _("已采用，%(day)s起施行。") % {"day": version.from_on}
            actions.refuse_draft(draft=draft, reason=request.POST.get("refusal", "")[:200], by=person, on=today())
            return _("未批准，已写明理由。")

        return done(request, act, "decisions:draft", draft.pk)
    procedure = read_procedure(draft.text)
    names = names_of(key for key in (draft.author_id, draft.decided_by_id) if key)
    context: dict[str, Any] = {
        "draft": draft,
        "procedure": procedure,
        "strip": strip(procedure, {}),
        "changes": differences(procedure_of(draft.base), procedure),
        "author": names.get(draft.author_id, ""),
        "decider": names.get(draft.decided_by_id or 0, ""),
        "may_decide": draft.decided_on is None and may_approve_draft(person, draft, today()),
    }
    return render(request, "decisions/power_draft.html", context)
