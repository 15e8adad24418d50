"""Take running matters over to another version of their procedure: one or many, all or none."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions
from redhouse.ground.process.models import ProcedureVersion
from redhouse.ground.process.rules.rights import may_move_to
from redhouse.web.verbs import Doing, verb
from redhouse.work.decisions.queries.moves import moves_for
from redhouse.work.decisions.queries.power_list import version_shown
from redhouse.work.decisions.verbs.words import MovesForm

MOVERS = gettext_lazy("转入另一版程序由镇党委书记或镇领导决定。")


def _rows(version: ProcedureVersion, person: Person) -> dict[str, Any]:
    return {"rows": moves_for(person, version)}


@verb(
    gettext_lazy("转入另一版程序"), "versions/{version_id}/moves", version_shown, MovesForm, given=_rows,
    rule=may_move_to, who=MOVERS,
)  # fmt: skip
def move_matters(version: ProcedureVersion, do: Doing) -> str:
    """One recorded decision for all that are named: each back to a gate it has passed already, none past one."""
    said, rows = do.said, do.form.rows
    if not said["matter"]:
        raise NotYet([_("请先选要转入的事项")])
    if strange := [number for number in said["matter"] if number not in rows]:
        raise NotYet([_("编号%(n)s的事项不在可以转入的事项里") % {"n": number} for number in strange])
    chosen = [rows[number] for number in said["matter"]]
    facts = {
        row.run.pk: {fact.name: value for fact in row.facts if (value := said[f"fact-{row.matter}-{fact.name}"])}
        for row in chosen
    }
    moved = actions.move_runs(
        version=version,
        gates={row.run.pk: said[f"gate-{row.matter}"] for row in chosen},
        facts=facts,
        reason=said["reason"],
        by=do.by,
        on=do.on,
    )
    return ngettext("已转入%(n)s件事项。", "已转入%(n)s件事项。", moved) % {"n": moved}
