"""What hangs on the board, and what people say to it."""

from datetime import timedelta

from redhouse.demo.matters.papers import document
from redhouse.demo.matters.pictures import board
from redhouse.demo.matters.walk import Walk
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome, Role
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.models import Objection
from redhouse.work.decisions.queries.disclosure import sheets_of
from redhouse.work.decisions.queries.money import bases_of

SITE = "http://127.0.0.1:8018"  # where `redhouse demo` opens
PLACES = "村（居）公开栏、祠堂前"
KINDS = {"publicity": "方案公示", "decision": "决议公示", "result": "结果公示"}
WAIT = timedelta(days=8)  # an objection comes when a sheet has hung for a week


def post(w: Walk) -> None:
    """Print the sheet of the open step, hang it, and photograph the board: the step closes with the photograph."""
    by, host = w.closer(w.step), w.matter.run.host.name
    title = f"{host}\n{w.row.title}{KINDS[w.step.key]}"
    row = actions.prepare_publicity(
        matter=w.matter, title=title, text=w.row.text.strip(), places=PLACES, site=SITE, by=by, on=w.day
    )
    actions.post_publicity(publicity=row, photo=_photo(w), seen_on=w.day, by=by, on=w.day)
    w.matter.run.refresh_from_db()


def take_down(w: Walk) -> None:
    """Photograph what hung to the end of its period."""
    by = w.matter.proposed_by
    for sheet in sheets_of(w.matter):
        if sheet.start and not sheet.end and sheet.period_over(w.day):
            actions.end_publicity(publicity=sheet.publicity, photo=_photo(w), seen_on=w.day, by=by, on=w.day)


def object_to(w: Walk) -> list[tuple[Objection, str]]:
    """Objections on paper, keyed in by the supervisors of the society or the village, in the second week."""
    on, by = min(w.step.opened_on + WAIT, w.day), _watch(w)
    return [
        (actions.key_in_objection(matter=w.matter, text=said["text"], by=by, on=on), said.get("answer", ""))
        for said in w.row.objections
    ]


def settle(w: Walk) -> None:
    """Everything is answered, the sheet comes down, and nothing stands against the decision any more."""
    by = w.closer(w.step)
    for objection, answer in object_to(w):
        actions.answer_objection(
            objection=objection, answer=answer, is_upheld=False, by=by, on=objection.raised_on + timedelta(days=3)
        )
    take_down(w)
    w.close(Outcome.SETTLED, by=by)


def suspend(w: Walk) -> None:
    [secretary, *_others] = w.holding(Role.VILLAGE_SECRETARY)
    process.suspend_run(run=w.matter.run, reason=w.row.suspended, by=secretary, on=w.day)


def execute(w: Walk) -> None:
    by = w.closer(w.step)
    title = f"{w.row.title}执行情况"
    upload = document(title, "已按决议执行，凭证附后。", w.matter.run.host.name, w.day)
    if bases_of(w.matter):
        actions.record_payment(
            matter=w.matter, number=f"{w.day:%Y%m%d}-1", paid_on=w.day, evidence=upload, by=by, on=w.day
        )
    else:
        w.file(PaperKind.EVIDENCE, title, upload, by)
    w.close(Outcome.EXECUTED, by=by)


def archive(w: Walk) -> None:
    take_down(w)
    actions.archive_matter(matter=w.matter, by=w.closer(w.step), on=w.day)
    w.matter.run.refresh_from_db()


def _photo(w: Walk) -> Upload:
    return Upload(board(w.day), MediaType.PNG, f"公开栏{w.day:%Y%m%d}.png")


def _watch(w: Walk) -> Person:
    return next(iter(w.holding(Role.REC_SUPERVISOR) or w.holding(Role.SUPERVISOR)))
