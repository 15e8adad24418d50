"""Open a matter, file its papers, change its plan. How a step is closed, `ground.process` knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import actions as papers
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import Run, RunStep
from redhouse.ground.process.queries import open_step, step_rule
from redhouse.work.decisions import facts
from redhouse.work.decisions.definitions import power_at
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.rules import may_open_matter, may_work_on


@dataclass(frozen=True)
class Upload:
    """A file on its way in."""

    content: bytes | BinaryIO
    media_type: MediaType
    file_name: str


@transaction.atomic
def open_matter(
    *,
    code: str,
    host: Body,
    title: str,
    facts_of: Mapping[str, str],
    by: Person,
    on: date,
    summary: str = "",
    amount: int | None = None,
    lead_minimum: int = 80,
    plan: Upload | None = None,
) -> Matter:
    """Open a matter of power `code` for a body; `amount` in fen. The version in force on `on` binds it to its end.

    Raises PermissionDenied, ValidationError with the sentence of the broken constraint, ProcedureError where `code` is
    none of the ten powers, and what `open_run` raises.
    """
    if not may_open_matter(by, host.division_code, on=on):
        raise PermissionDenied(_("事项由本村（社区）或镇的书记、主任、理事长提出"))
    power_at(code, on)  # procedures of other rooms open no matters
    run = process.open_run(code=code, host=host, facts=dict(facts_of), by=by, on=on)
    matter = Matter(
        run=run,
        number=_next_number(code, host.division_code, on),
        title=title.strip(),
        summary=summary.strip(),
        division_code=host.division_code,
        amount=amount,
        lead_minimum=lead_minimum,
        proposed_on=on,
        proposed_by=by,
    )
    matter.full_clean(exclude=["run", "proposed_by"])
    matter.save()
    ledger.record(
        facts.MATTER_OPENED,
        happened_on=on,
        division_code=matter.division_code,
        by=by.pk,
        subject=matter.pk,
        object=run.pk,
    )
    if plan is not None:
        keep_paper(matter=matter, kind=PaperKind.PLAN, title=matter.title, upload=plan, by=by, on=on)
    return matter


def _next_number(code: str, division_code: str, on: date) -> str:
    """E.g. 440605122220003-2026-P07-02; two at once meet at the unique number, and one is told to try again."""
    stem = f"{division_code}-{on.year}-{code}-"
    return f"{stem}{Matter.objects.filter(number__startswith=stem).count() + 1:02}"


def file_paper(*, matter: Matter, kind: PaperKind, title: str, upload: Upload, by: Person, on: date) -> Paper:
    """File a paper with the open step, by who owes it. Raises PermissionDenied, and what `keep_paper` raises."""
    _ask(by, matter, on)
    return keep_paper(matter=matter, kind=kind, title=title, upload=upload, by=by, on=on)


@transaction.atomic
def keep_paper(*, matter: Matter, kind: PaperKind, title: str, upload: Upload, by: Person, on: date) -> Paper:
    """The same for an action that asked already who does it. Raises NotYet where nothing is open, ValidationError for
    what is no document."""
    step = _open_step(matter)
    paper = papers.add_paper(
        kind=kind,
        title=title,
        content=upload.content,
        media_type=upload.media_type,
        file_name=upload.file_name,
        division_code=matter.division_code,
        body=matter.run.host,
        by=by,
        on=on,
    )
    process.file_paper(step=step, paper=paper, by=by, on=on)
    return paper


@transaction.atomic
def amend_plan(
    *, matter: Matter, paper: Paper, upload: Upload, is_material: bool, reason: str, by: Person, on: date
) -> RunStep | None:
    """A new version of the plan. A material change after the draft closes the open step with `changed`, so that every
    gate is passed anew; once the electors have been called or have voted, the procedure may not allow it.

    Raises PermissionDenied, NotYet, ValidationError.
    """
    step = _open_step(matter)
    _ask(by, matter, on)
    if not reason.strip():
        raise ValidationError({"reason": _("改了什么、为什么改，要写明白")})
    papers.add_version(
        paper=paper,
        content=upload.content,
        media_type=upload.media_type,
        file_name=upload.file_name,
        by=by,
        on=on,
    )
    ledger.record(
        facts.MATTER_AMENDED,
        happened_on=on,
        division_code=matter.division_code,
        by=by.pk,
        subject=matter.pk,
        object=paper.pk,
        label="material" if is_material else "editorial",
    )
    if not is_material or step.kind == StepKind.DRAFT:
        return step
    rule = step_rule(step)
    if Outcome.CHANGED not in rule.next:
        raise NotYet([_("“%(step)s”这一步不能再作实质修改：可以撤回后重新提出") % {"step": rule.name}])
    return process.close_step(step=step, outcome=Outcome.CHANGED, reason=reason, by=by, on=on)


def _ask(by: Person, matter: Matter, on: date) -> None:
    if open_step(matter.run) is not None and not may_work_on(by, matter, on=on):
        raise PermissionDenied(_("文件由欠这一步的人归入和修改"))


def _open_step(matter: Matter) -> RunStep:
    step = open_step(
        Run.objects.select_for_update(of=("self",)).select_related("version", "host").get(pk=matter.run_id)
    )
    if step is None:
        raise NotYet([_("这件事项已经办结，不能再添文件")])
    return step
