"""File what a meeting leaves behind: minutes and decision as Word. `by` is the person who does it, `on` a day."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.actions import add_paper, add_version
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.papers.official.layout import OfficialDocument
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions.steps import file_paper
from redhouse.ground.process.models import Meeting, RunStep, Tally
from redhouse.ground.process.queries import documents
from redhouse.ground.process.queries.runs import open_step


@transaction.atomic
def file_minutes(*, meeting: Meeting, matter: str, by: Person, on: date) -> Paper:
    """Draft the minutes as Word and file them with the step of the vote; again makes another version."""
    tally = Tally.objects.filter(meeting=meeting).first()
    document = documents.minutes(meeting, matter, tally)
    return _filed(meeting, tally, PaperKind.MINUTES, document, "", by, on)


@transaction.atomic
def file_decision(*, meeting: Meeting, matter: str, number: str, by: Person, on: date) -> Paper:
    """Write the decision under its number. Raises NotYet before the vote is counted."""
    tally = Tally.objects.filter(meeting=meeting).first()
    if tally is None or not tally.passed:
        raise NotYet([_("表决通过以后才有决议")])
    document = documents.decision(meeting, matter, tally, number)
    return _filed(meeting, tally, PaperKind.RESOLUTION, document, number, by, on)


def _filed(
    meeting: Meeting,
    tally: Tally | None,
    kind: PaperKind,
    document: OfficialDocument,
    number: str,
    by: Person,
    on: date,
) -> Paper:
    roll = meeting.roll
    title = document.title.replace("\n", "")
    step: RunStep | None = tally.step if tally else open_step(roll.run)
    if step is None:
        raise NotYet([_("事项已经办结，文件不能再归入")])
    from redhouse.ground.papers.official.word import to_docx  # a tenth of a second to load, for Word only

    content, file_name = to_docx(document), f"{title}.docx"
    before = step.papers.filter(paper__kind=kind, paper__title=title).select_related("paper").first()
    if before is not None:
        paper: Paper = before.paper
        add_version(paper=paper, content=content, media_type=MediaType.DOCX, file_name=file_name, by=by, on=on)
        return paper
    paper = add_paper(
        kind=kind,
        title=title,
        number=number,
        content=content,
        media_type=MediaType.DOCX,
        file_name=file_name,
        division_code=roll.division_code,
        body=roll.run.host,
        by=by,
        on=on,
    )
    file_paper(step=step, paper=paper, by=by, on=on)
    return paper
