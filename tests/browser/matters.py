"""What the walk needs of matters and messages: a matter archived with its sheet, one under vote, a power drafted."""

from datetime import timedelta

from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.messages.models import Receipt
from redhouse.ground.process.actions.drafts import draft_version
from redhouse.ground.process.models import StepPaper
from redhouse.ground.process.procedure.additions import Additions, added
from redhouse.ground.process.queries import procedure_of
from redhouse.work.decisions.models import Matter, Publicity
from tests.cast import SOCIETY, person
from tests.ground.process.votes import DAY, scene
from tests.work.decisions.boards import archived


def add_matters() -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """Values for addresses, and those that mean another thing where an address begins so."""
    done = archived()
    vote = scene(6, onsite=[1, 2, 3], online=[4])
    Matter.objects.create(
        run=vote.run, number=f"{SOCIETY}-2026-P07-99", title="2026年度股份分红", division_code=SOCIETY,
        amount=312_000_000, proposed_on=DAY, proposed_by=person("director"), summary="可分配312万元",
    )  # fmt: skip
    sheet = Publicity.objects.get(matter=done)
    paper = StepPaper.objects.filter(step__run=done.run).order_by("pk")[0].paper
    receipt = Receipt.objects.filter(notice=vote.meeting.notice).first()
    assert receipt is not None
    sequence_all()
    version = vote.run.version
    text = added(procedure_of(version), Additions(DAY + timedelta(days=60), counts={("notice", 0): 20}))
    draft = draft_version(base=version, text=text, reason="本镇加严", by=person("org"), on=DAY)
    values = {
        "matter_id": done.pk, "publicity_id": sheet.pk, "sheet": "a4", "paper_id": paper.pk, "version_no": 1,
        "meeting_id": vote.meeting.pk, "roll_id": vote.roll.pk, "box_id": vote.box.pk, "step_id": vote.step.pk,
        "version_id": version.pk, "receipt_id": receipt.pk, "notice_id": vote.meeting.notice.pk,
        "draft_id": draft.pk,
        "basis": "shares", "token": "none",  # a workbook under way is opened where it is tested
    }  # fmt: skip
    return values, {
        "decisions/powers/": {"code": "P07"},
        "decisions/new/": {"code": "P07"},
        "open/posters/": {"code": sheet.code, "kind": "pdf"},
    }
