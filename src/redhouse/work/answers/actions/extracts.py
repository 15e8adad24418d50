"""The data of an approved sheet: written in the background, counted again, stored as a paper, vouched for by a fact."""

import logging
import tempfile
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.actions import add_paper
from redhouse.ground.papers.enums import UNDER_WAY, Making, MediaType, PaperKind
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.papers.storage import FileTooLarge
from redhouse.ground.people.models import Person
from redhouse.kit.record import digest_label
from redhouse.kit.today import today
from redhouse.work.answers import facts
from redhouse.work.answers.enums import ExtractFault
from redhouse.work.answers.extract.zipped import pack
from redhouse.work.answers.models import FrozenSheet, Sheet, SheetExtract
from redhouse.work.answers.queries.frozen import frozen_answers

STORE_EXTRACT = "answers.store_extract"

log = logging.getLogger(__name__)


def ask_for_extract(sheet: Sheet) -> None:
    """In the transaction that freezes the sheet: neither the row nor its job can be without the other."""
    SheetExtract.objects.create(sheet=sheet)
    app.configure_task(STORE_EXTRACT).defer(sheet_id=sheet.pk)


@transaction.atomic
def ask_for_extract_again(*, sheet: Sheet, by: Person, on: date) -> SheetExtract:
    """Try once more after it failed. Raises NotYet while it is under way or stored."""
    row = SheetExtract.objects.select_for_update().get(sheet=sheet)
    if row.state != Making.FAILED:
        raise NotYet([_("数据存档现在是“%(state)s”，不用再写") % {"state": row.get_state_display()}])
    row.state, row.fault = Making.WAITING, ""
    row.save(update_fields=["state", "fault"])
    app.configure_task(STORE_EXTRACT).defer(sheet_id=sheet.pk)
    return row


def store_extract(sheet_id: int) -> None:
    """Write the division's data at the sheet's cuts, count every figure from them with DuckDB, and store them if they
    give what was approved. Safe to repeat after an interruption."""
    from redhouse.work.answers.extract.writing import (
        write_extract,  # DuckDB: a tenth of a second to load, for jobs only
    )

    with everything():
        row = _begin(sheet_id)
        if row is None:
            return
        sheet = row.sheet
        with tempfile.TemporaryDirectory(prefix="redhouse-extract-") as scratch:
            folder, packed = Path(scratch, "extract"), Path(scratch, "extract.zip")
            manifest = write_extract(
                folder, division_code=sheet.division_code, last_fact_id=sheet.last_fact_id, as_of=sheet.as_of
            )
            if differing := figures_that_differ(folder, sheet.frozen):
                log.warning("sheet %s: counted from its data, %s differ", sheet.pk, ", ".join(differing))
                fail_extract(sheet.pk, ExtractFault.DIFFERS)
                return
            pack(folder, packed)
            try:
                _store(sheet, packed, manifest.digest)
            except FileTooLarge:
                fail_extract(sheet.pk, ExtractFault.TOO_LARGE)


def fail_extract(sheet_id: int, fault: ExtractFault) -> None:
    """Say on the page why there is none."""
    SheetExtract.objects.filter(pk=sheet_id, state__in=UNDER_WAY).update(state=Making.FAILED, fault=fault)


def figures_that_differ(folder: Path, frozen: FrozenSheet) -> list[str]:
    """Ids of the figures whose text or count is not what was frozen, counted from the folder alone."""
    from redhouse.work.answers.extract.reading import open_extract  # as above

    approved = frozen_answers(frozen)
    code, as_of = frozen.content["division_code"], date.fromisoformat(frozen.content["as_of"])
    with open_extract(folder) as extract:
        known = extract.figures
        return [
            answer.figure.id
            for answer in approved
            if answer.figure.id not in known
            or known[answer.figure.id].digest != answer.figure.digest
            or extract.count(known[answer.figure.id], code, as_of) != answer
        ]


@transaction.atomic
def _begin(sheet_id: int) -> SheetExtract | None:
    row = (
        SheetExtract.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("sheet__frozen", "sheet__decided_by")
        .filter(pk=sheet_id, state__in=UNDER_WAY)
        .first()
    )
    if row is not None:
        row.state = Making.WRITING
        row.save(update_fields=["state"])
    return row


@transaction.atomic
def _store(sheet: Sheet, packed: Path, manifest_digest: str) -> None:
    row = SheetExtract.objects.select_for_update().get(pk=sheet.pk)
    if row.state != Making.WRITING:  # another worker was quicker
        return
    by, on = sheet.decided_by, today()
    assert by is not None  # approved by somebody, says a constraint
    place = sheet.frozen.content["place"]
    name = f"{place}答卷{sheet.as_of}第{sheet.number}稿数据"
    with packed.open("rb") as content:
        paper = add_paper(
            kind=PaperKind.ANSWER_SHEET, title=name, content=content, media_type=MediaType.ZIP,
            file_name=f"{name}.zip", division_code=sheet.division_code, by=by, on=on,
        )  # fmt: skip
    version = latest_version(paper)
    assert version is not None
    ledger.record(
        facts.SHEET_EXTRACT_STORED,
        happened_on=on,
        division_code=sheet.division_code,
        by=by.pk,
        subject=sheet.pk,
        object=version.pk,
        label=digest_label(version.sha256),
    )
    row.state, row.version, row.manifest_digest = Making.READY, version, manifest_digest
    row.save()
