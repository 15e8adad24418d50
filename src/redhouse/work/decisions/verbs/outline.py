"""A matter and its meetings as a program reads them: where they stand, what they lack, what this person may do now."""

from collections.abc import Callable
from datetime import date
from typing import Any

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import Meeting, ProcedureVersion, Roll, Run, RunStep
from redhouse.ground.process.queries import open_step, procedure_of, step_rule
from redhouse.ground.process.queries.meetings import latest_sitting, meeting_of
from redhouse.ground.process.queries.rolls import lines_of
from redhouse.ground.process.queries.versions import versions_of
from redhouse.ground.process.rules import may_close, may_move, may_record_demand, may_suspend, missing_before_closing
from redhouse.ground.process.rules.rolls import may_keep_roll, missing_before_closing_roll
from redhouse.kit.masks import mask_name
from redhouse.kit.today import now
from redhouse.web.verbs import Verb
from redhouse.work.decisions import rules
from redhouse.work.decisions.models import Matter, MatterArchive, Objection
from redhouse.work.decisions.queries.disclosure import sheets_of
from redhouse.work.decisions.queries.gates import informing_of
from redhouse.work.decisions.queries.homes import doors
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.queries.money import bases_of
from redhouse.work.decisions.queries.moves import moves_for
from redhouse.work.decisions.queries.openness import is_of_village, objections_for
from redhouse.work.decisions.queries.stages import ONWARD, Stage, names_of, stages, steps_read
from redhouse.work.decisions.verbs import matters, money, moves, openness, rolls

LINES = 1000
May = Callable[[Person, Matter, date], bool]


def _closes(person: Person, matter: Matter, on: date) -> bool:
    step = open_step(matter.run)
    return step is not None and may_close(person, step, on)


def _answers(person: Person, matter: Matter, on: date) -> bool:
    return rules.may_answer_objection(person, Objection(matter=matter, number=0), on=on)


# kind of step -> what is done in it, in this order
IN_STEP: dict[StepKind, tuple[Verb, ...]] = {
    StepKind.DRAFT: (
        matters.file_paper,
        money.freeze_register,
        money.freeze_workbook,
        money.share_out,
        matters.close,
    ),
    StepKind.PARTY_INFORM: (matters.inform, matters.close),
    StepKind.PARTY_DELIBERATE: (rolls.draw_roll, matters.close),
    StepKind.PARTY_LEAD: (matters.explain, matters.close),
    StepKind.LEADER_REVIEW: (matters.close,),
    StepKind.SUPERVISION_CHECK: (matters.check, matters.close),
    StepKind.PRE_PUBLICITY: (openness.post_sheet, openness.photograph, matters.close),
    StepKind.NOTICE: (rolls.draw_roll, matters.file_paper, matters.close),
    StepKind.VOTE: (matters.close,),
    StepKind.APPROVAL: (matters.file_paper, matters.close),
    StepKind.DECISION_PUBLICITY: (openness.post_sheet, openness.photograph, matters.close),
    StepKind.OBJECTION: (openness.photograph, matters.close),
    StepKind.EXECUTE: (matters.file_paper, money.pay, money.note_unpaid, matters.close),
    StepKind.RESULT_PUBLICITY: (openness.post_sheet, openness.photograph, matters.close),
    StepKind.ARCHIVE: (openness.archive,),
}
ALWAYS = (
    matters.speak, matters.answer_opinion, openness.object_to, openness.key_in_objection, openness.answer_objection,
    matters.suspend, matters.resume, matters.demand, moves.move_matters,
)  # fmt: skip
# verb -> the rule that its action asks
MAY: dict[str, May] = {
    matters.close.name: _closes,
    matters.file_paper.name: lambda who, matter, on: rules.may_work_on(who, matter, on=on),
    matters.inform.name: lambda who, matter, on: rules.may_work_on(who, matter, on=on),
    matters.check.name: lambda who, matter, on: rules.may_work_on(who, matter, on=on),
    matters.explain.name: lambda who, matter, on: rules.may_explain(who, matter, on=on),
    rolls.draw_roll.name: _closes,
    money.freeze_register.name: lambda who, matter, on: rules.may_keep_money(who, matter, on=on),
    money.freeze_workbook.name: lambda who, matter, on: rules.may_keep_money(who, matter, on=on),
    money.share_out.name: lambda who, matter, on: rules.may_keep_money(who, matter, on=on),
    money.pay.name: lambda who, matter, on: rules.may_pay(who, matter, on=on),
    money.note_unpaid.name: lambda who, matter, on: rules.may_pay(who, matter, on=on),
    openness.post_sheet.name: lambda who, matter, on: rules.may_post(who, matter, on=on),
    openness.photograph.name: lambda who, matter, on: rules.may_post(who, matter, on=on),
    openness.archive.name: lambda who, matter, on: rules.may_archive(who, matter, on=on),
    matters.speak.name: lambda who, matter, on: rules.may_speak(who, matter, on=on),
    matters.answer_opinion.name: lambda who, matter, on: rules.may_answer(who, matter, on=on),
    openness.object_to.name: lambda who, matter, on: (
        rules.may_object(who, matter, on=on) and is_of_village(who, matter)
    ),
    openness.key_in_objection.name: lambda who, matter, on: rules.may_key_in_objection(who, matter, on=on),
    openness.answer_objection.name: _answers,
    matters.suspend.name: lambda who, matter, on: may_suspend(who, matter.run, on) and not matter.run.suspended_on,
    matters.resume.name: lambda who, matter, on: (
        may_suspend(who, matter.run, on) and matter.run.suspended_on is not None
    ),
    matters.demand.name: lambda who, matter, on: may_record_demand(who, matter.run, on),
    moves.move_matters.name: lambda who, matter, on: may_move(who, matter.run, on),
}


def offered(person: Person, matter: Matter, on: date) -> list[Verb]:
    """What this person may do with the matter on that day, the work of the open step first."""
    step = open_step(matter.run)
    if step is None:
        return []
    work = [verb for verb in IN_STEP[StepKind(step.kind)] if bases_of(matter) or "/money/" not in verb.address]
    return [verb for verb in (*work, *ALWAYS) if MAY[verb.name](person, matter, on)]


def line(matter: Matter) -> dict[str, Any]:
    """A matter in a list, with its open step as `queries.listed` reads it."""
    run, procedure = matter.run, procedure_of(matter.run.version)
    return {
        "matter": matter.pk,
        "number": matter.number,
        "title": matter.title,
        "power": run.version.code,
        "power_name": procedure.name,
        "host": run.host.name,
        "host_id": run.host_id,
        "division_code": matter.division_code,
        "proposed_on": matter.proposed_on,
        "amount_fen": matter.amount,
        "ending": run.ending,
        "suspended_on": run.suspended_on,
    } | _standing(matter, getattr(matter, "open_key", None), getattr(matter, "open_due_on", None))


def _standing(matter: Matter, key: str | None, due_on: date | None) -> dict[str, Any]:
    step = procedure_of(matter.run.version).by_key[key] if key else None
    return {"step": key or "", "step_name": step.name if step else "", "due_on": due_on}


def outline(person: Person, matter: Matter, on: date) -> dict[str, Any]:
    run, rows = matter.run, steps_read(matter.run)
    step = open_step(run)
    names = names_of(row.closed_by_id for row in rows if row.closed_by_id)
    may = offered(person, matter, on)
    archive = MatterArchive.objects.filter(matter=matter).first()
    standing = _standing(matter, step.key, step.due_on) if step else {}
    return (
        line(matter)
        | standing
        | {
            "summary": matter.summary,
            "facts": run.facts,
            "version": {"code": run.version.code, "from_on": run.version.from_on, "digest": run.version.digest},
            "versions": _others(run) if moves.move_matters in may else [],
            "stages": [_stage(stage) for stage in stages(run, rows, names)],
            "missing": _missing(step, on) if step else [],
            "outcomes": {str(outcome): str(outcome.label) for outcome in step_rule(step).outcomes()} if step else {},
            "may": {verb.name: str(verb.title) for verb in may},
            "next": may[0].name if may and may[0] not in ALWAYS else "",
            "opinions": [
                {"opinion": row.pk, "text": row.text, "answer": row.answer} for row in matter.opinions.order_by("pk")
            ],
            "objections": [
                {"number": row.number, "text": row.text, "answer": row.answer, "due_on": row.due_on}
                for row in objections_for(person, matter)
            ],
            "sheets": [
                {
                    "sheet": sheet.publicity.pk,
                    "kind": sheet.publicity.kind,
                    "code": sheet.publicity.code,
                    "state": sheet.state,
                    "since": sheet.since,
                    "last_on": sheet.last_on,
                }
                for sheet in sheets_of(matter)
            ],
            "is_archived": archive is not None,
            "has_bundle": archive is not None and archive.bundle_id is not None,
            **_meeting_ids(step),
        }
    )


def _others(run: Run) -> list[dict[str, Any]]:
    """Other versions of the procedure, to which who decides it may take the matter over."""
    rows = versions_of(run.version.code).exclude(pk=run.version_id)
    return [{"version": row.pk, "origin": row.origin, "from_on": row.from_on} for row in rows]


def _stage(stage: Stage) -> dict[str, Any]:
    row = stage.row
    return {
        "number": stage.number,
        "step": row.pk if row else None,
        "key": stage.step.key,
        "kind": str(stage.step.kind),
        "name": stage.step.name,
        "state": stage.state,
        "owed_by": [str(role.label) for role in stage.step.owed_by],
        "clauses": [clause.text for clause in stage.step.clauses],
        "opened_on": row.opened_on if row else None,
        "due_on": row.due_on if row else None,
        "closed_on": row.closed_on if row else None,
        "closed_by": stage.who,
        "outcome": row.outcome if row else "",
        "reason": row.reason if row else "",
        "papers": [
            {"paper": filed.paper.pk, "kind": filed.paper.kind, "title": filed.paper.title} for filed in stage.papers
        ],
    }


def _missing(step: RunStep, on: date) -> list[dict[str, str]]:
    lacking = missing_before_closing(step, ONWARD[StepKind(step.kind)], on)
    return [{"sentence": lack.sentence, "owed_by": lack.owed_by, "mend": lack.mend} for lack in lacking]


def _meeting_ids(step: RunStep | None) -> dict[str, int | None]:
    """Roll, meeting and notice of the open step, where it has them."""
    vote = rolls.vote_of(step) if step else None
    roll, meeting = latest_sitting(step.run, vote.key) if step and vote else (None, None)
    informing = informing_of(step) if step and step.kind == StepKind.PARTY_INFORM else None
    told = informing.notice_id if informing else meeting.notice_id if meeting else None
    return {"roll": roll.pk if roll else None, "meeting": meeting.pk if meeting else None, "notice": told}


def roll_outline(person: Person, roll: Roll, on: date) -> dict[str, Any]:
    """`officers` are the people who could serve its meeting, for who keeps the roll; `lines` the first thousand, names
    masked as on the page."""
    keeps, meeting = may_keep_roll(person, roll, on), meeting_of(roll)
    with everything():
        count = roll.electors.count()
        lines = list(lines_of(roll)[:LINES])
        objections = list(roll.objections.order_by("pk"))
    return {
        "roll": roll.pk,
        "step": roll.step_key,
        "vote_on": roll.vote_on,
        "electors": count,
        "closed_on": roll.closed_on,
        "digest": roll.digest,
        "missing": missing_before_closing_roll(roll) if roll.closed_on is None else [],
        "meeting": meeting.pk if meeting else None,
        "lines": [{"number": number, "name": mask_name(name), "door": door or ""} for number, name, door in lines],
        "objections": [{"objection": row.pk, "text": row.text, "answer": row.answer} for row in objections],
        "officers": [{"person": one.pk, "name": one.name} for one in rolls.officers_of(roll)] if keeps else [],
    }


def meeting_outline(person: Person, meeting: Meeting, on: date) -> dict[str, Any]:
    page = meeting_page(meeting, person, at=now(), on=on)
    box, tally = page.box, page.tally
    return {
        "meeting": meeting.pk,
        "roll": meeting.roll_id,
        "notice": meeting.notice_id,
        "stage": page.stage,
        "electors": page.there.electors,
        "present": page.there.present,
        "quorum": page.quorum[0] if page.quorum else None,
        "number": page.elector.number if page.elector else None,
        "is_signed": page.is_signed,
        "has_voted": page.has_voted,
        "box": box.pk if box else None,
        "method": box.method if box else "",
        "printed": box.printed if box else 0,
        "missing": page.missing,
        "counts": tally.counts if tally else {},
        "outcome": tally.outcome if tally else "",
        "proxies": [{"proxy": row.pk, "principal": row.principal.number} for row in page.proxies],
    }


def moves_outline(person: Person, version: ProcedureVersion, on: date) -> dict[str, Any]:
    """The running matters that a version could take over, with what each has to say of itself: nothing is written."""
    return {
        "version": version.pk,
        "code": version.code,
        "from_on": version.from_on,
        "moves": [
            {
                "matter": row.matter,
                "title": row.title,
                "step_name": row.now,
                "gates": dict(row.gates),
                "facts": {fact.name: dict(fact.choices) for fact in row.facts},
            }
            for row in moves_for(person, version)
        ],
    }


def doors_outline(person: Person, matter: Matter, on: date) -> dict[str, Any]:
    """The households within one's reach at which the matter is to be explained; names masked."""
    step = open_step(matter.run)
    rows = doors(matter, step, person, on) if step and rules.may_explain(person, matter, on=on) else []
    return {
        "doors": [
            {"household": row.household_id, "door": row.door, "head": row.head, "done": row.explanation is not None}
            for row in rows
        ]
    }
