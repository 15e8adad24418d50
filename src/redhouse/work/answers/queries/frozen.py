"""Sheets that were sent for approval, and what was frozen of them: written once, read back as answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.reach import everything
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.models import TreeHead
from redhouse.ground.ledger.queries import plain
from redhouse.ground.papers.enums import Making
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.work.answers.definitions import Answer, Figure
from redhouse.work.answers.definitions.figures import PRELUDE
from redhouse.work.answers.enums import SheetState
from redhouse.work.answers.models import FrozenSheet, Sheet, SheetExtract


def sheet_asked(person: Person, code: str, sheet_id: int) -> Sheet | None:
    """A sheet of a division within this person's reach; else None."""
    if not may(person, Verb.SEE_ANSWERS, code, today()):
        return None
    return Sheet.objects.filter(pk=sheet_id, division_code=code).first()


def extract_of(sheet: Sheet) -> SheetExtract | None:
    """The data stored with an approved sheet; None for one that was approved before there was such a thing."""
    return SheetExtract.objects.filter(sheet=sheet).select_related("version").first()


def extract_asked(person: Person, code: str, sheet_id: int) -> SheetExtract | None:
    """The stored data of a sheet within reach, once they are there."""
    sheet = sheet_asked(person, code, sheet_id)
    kept = extract_of(sheet) if sheet else None
    return kept if kept and kept.state == Making.READY else None


def newest_sheet(code: str, as_of: date) -> Sheet | None:
    """The last sheet that was sent for approval for this division and day."""
    return Sheet.objects.filter(division_code=code, as_of=as_of).order_by("-number").first()


def undecided_with(person: Person) -> list[Sheet]:
    """Sheets that wait for approval anywhere, and this person's own that came back and were not sent again."""
    later = Sheet.objects.filter(
        division_code=OuterRef("division_code"), as_of=OuterRef("as_of"), number__gt=OuterRef("number")
    )
    came_back = Q(~Exists(later), state=SheetState.RETURNED, submitted_by=person)
    return list(Sheet.objects.filter(Q(state=SheetState.SUBMITTED) | came_back).order_by("pk"))


def names_on(sheet: Sheet) -> tuple[str, str]:
    """Who sent it, and who decided ("" while nobody has): names of office-holders, whatever the reader's own reach."""
    with everything():
        author = Person.objects.get(pk=sheet.submitted_by_id).name
        return author, Person.objects.get(pk=sheet.decided_by_id).name if sheet.decided_by_id else ""


def published_sheet(code: str) -> FrozenSheet | None:
    """The newest approved sheet of a division: of the latest day, and of that the latest number."""
    approved = FrozenSheet.objects.filter(sheet__division_code=code, sheet__state=SheetState.APPROVED)
    return approved.select_related("sheet").order_by("-sheet__as_of", "-sheet__number").first()


def content_of(answers: Iterable[Answer], sheet: Sheet, place: str) -> dict[str, Any]:
    """Everything that an approved sheet says, as JSON: whole numbers and texts only."""
    assert sheet.decided_at is not None  # it is frozen in the act of approving
    author, approver = names_on(sheet)
    head = TreeHead.objects.filter(last_fact_id=sheet.last_fact_id).first()
    return {
        "division_code": sheet.division_code,
        "place": place,
        "as_of": sheet.as_of.isoformat(),
        "last_fact_id": sheet.last_fact_id,
        "number": sheet.number,
        "head": plain(head).as_json() if head else None,
        "prelude": PRELUDE,
        "figures": [_figure(answer) for answer in answers],
        "submitted_by": author,
        "approved_by": approver,
        "approved_at": timezone.localtime(sheet.decided_at).isoformat(timespec="seconds"),
    }


def _figure(answer: Answer) -> dict[str, Any]:
    figure = answer.figure
    return {
        "id": figure.id,
        "header": dict(figure.header),
        "count_sql": figure.count_sql,
        "rows_sql": figure.rows_sql,
        "sql_digest": figure.digest,
        "numerator": answer.numerator,
        "denominator": answer.denominator,
        "facts": answer.facts,
        "parts": [list(pair) for pair in answer.parts.items()],
    }


def frozen_answers(frozen: FrozenSheet) -> list[Answer]:
    """The figures as they were approved, each with the text it was counted by."""
    content = frozen.content
    return [
        Answer(
            Figure(item["id"], item["header"], item["count_sql"], item["rows_sql"]),
            content["division_code"],
            date.fromisoformat(content["as_of"]),
            content["last_fact_id"],
            item["numerator"],
            item["denominator"],
            item["facts"],
            dict(item["parts"]),
        )
        for item in content["figures"]
    ]


def is_whole(frozen: FrozenSheet) -> bool:
    """Whether the content still has the digest that the public log holds."""
    return FrozenSheet.digest_of(frozen.content) == frozen.digest
