"""Take running matters over to another version: a preview, chosen one by one or many at once, one recorded decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions
from redhouse.ground.process.enums import FACT_VALUES, MatterFact
from redhouse.ground.process.models import ProcedureVersion, Run
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules.rights import may_move_to
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.forms import VALUE_WORDS
from redhouse.work.decisions.queries.matters import matters_for
from redhouse.work.decisions.queries.power_list import version_shown
from redhouse.work.decisions.queries.stages import names_of_steps
from redhouse.work.decisions.views.meeting_common import attempt

MOVERS = gettext_lazy("转入另一版程序由镇党委书记或镇领导决定。")


@dataclass(frozen=True)
class FactAsked:
    """A typed fact that the version asks and the matter has not stated."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    value: str


@dataclass(frozen=True)
class Row:
    run: Run
    title: str
    now: str
    gates: list[tuple[str, str]]
    gate: str
    facts: list[FactAsked]
    picked: bool


@needs(may_move_to, version_shown, who=MOVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def moves(request: PersonRequest, version: ProcedureVersion) -> HttpResponse:
    picked = set(request.POST.getlist("run"))
    rows = _rows(request.person, version, request.POST.dict(), picked)
    if request.method == "POST":
        chosen = [row for row in rows if row.picked]

        def act() -> str:
            if not chosen:
                raise NotYet([_("请先选要转入的事项")])
            moved = actions.move_runs(
                version=version,
                gates={row.run.pk: row.gate for row in chosen},
                facts={row.run.pk: {fact.name: fact.value for fact in row.facts if fact.value} for row in chosen},
                reason=request.POST.get("reason", "")[:400],
                by=request.person,
                on=today(),
            )
            return ngettext("已转入%(n)s件事项。", "已转入%(n)s件事项。", moved) % {"n": moved}

        if attempt(request, act):
            return redirect("decisions:version", version.pk)
    context = {
        "version": version,
        "procedure": procedure_of(version),
        "rows": rows,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "decisions/moves.html", context, status=422 if request.method == "POST" else 200)


def _rows(person: Person, version: ProcedureVersion, said: Mapping[str, str], picked: set[str]) -> list[Row]:
    """One row a matter that this person may see; what was chosen before stays chosen."""
    titles = dict(matters_for(person).values_list("run_id", "title"))
    asked, names = procedure_of(version).facts, procedure_of(version).by_key
    rows = []
    for move in actions.preview_moves(version):
        run = move.step.run
        if run.pk in titles:
            gate = said.get(f"gate-{run.pk}", "")
            rows.append(
                Row(
                    run=run,
                    title=titles[run.pk],
                    now=names_of_steps(run.version).get(move.step.key, ""),
                    gates=[(key, names[key].name) for key in move.gates],
                    gate=gate,
                    facts=[_asked(run, fact, said) for fact in asked if run.facts.get(fact) not in FACT_VALUES[fact]],
                    picked=str(run.pk) in picked,
                )
            )
    return rows


def _asked(run: Run, fact: MatterFact, said: Mapping[str, str]) -> FactAsked:
    choices = [(value, VALUE_WORDS[value]) for value in FACT_VALUES[fact]]
    return FactAsked(fact.value, fact.label, choices, said.get(f"fact-{run.pk}-{fact.value}", ""))
