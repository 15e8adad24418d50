"""Archive a matter: one dossier whose digest the log keeps, then one sealed file that anyone can check."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.keys import trusted_keys
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import proofs_of
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.papers import actions as papers
from redhouse.ground.papers import storage
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import open_step
from redhouse.kit import dossier
from redhouse.kit.record import digest_label
from redhouse.work.decisions import facts
from redhouse.work.decisions.models import Matter, MatterArchive
from redhouse.work.decisions.queries.dossier import about, facts_of, files_of, rows_of
from redhouse.work.decisions.rules import may_archive
from redhouse.work.decisions.rules.openness import missing_before_dossier

SEAL = "decisions.seal_bundle"  # the job, in `jobs`


@transaction.atomic
def archive_matter(*, matter: Matter, by: Person, on: date) -> MatterArchive:
    """Write down everything the matter did, put the digest into the log, and close the last step.

    Raises PermissionDenied, NotYet with what is missing. The sealed file follows when the log is signed: `seal_bundle`.
    """
    Run.objects.select_for_update(of=("self",)).get(pk=matter.run_id)
    if not may_archive(by, matter, on=on):
        raise PermissionDenied(_("档案由欠“归档”这一步的人封存"))
    step = open_step(matter.run)
    assert step is not None
    require(missing_before_dossier(matter, on))
    known = [fact.pk for fact in facts_of(matter)]
    content = dossier.dossier_text(about=about(matter), rows=rows_of(matter), facts=known)
    paper = _keep(matter, _("档案目录"), content, MediaType.JSON, "dossier.json", by, on)
    row = MatterArchive.objects.create(matter=matter, dossier=paper, archived_on=on, archived_by=by)
    _record(facts.MATTER_ARCHIVED, matter, paper, by, on)
    process.file_paper(step=step, paper=paper, by=by, on=on)
    process.close_step(step=step, outcome=Outcome.ARCHIVED, by=by, on=on)
    app.configure_task(SEAL).defer(archive_id=row.pk)
    return row


def seal_bundle(*, archive: MatterArchive, on: date) -> Paper:
    """Put dossier, papers, facts and their proofs under the newest signed head into one file; the second time nothing
    happens. Raises NotYet while the log does not hold the facts yet, HouseError where a file is gone."""
    if archive.bundle is not None:
        return archive.bundle
    matter = archive.matter
    version = latest_version(archive.dossier)
    assert version is not None  # a paper is never kept without its file
    with storage.open_file(version.sha256) as file:
        content = file.read()
    proved = proofs_of(_fact_ids(content, version.sha256))
    if proved is None:
        raise NotYet([_("公开日志还没有收进这件事项的全部事实，稍后再封")])
    proofs, head = proved
    keys = {head.key_id: trusted_keys()[head.key_id]}
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "matter.zip"
        dossier.write_bundle(path, dossier=content, files=_named(content, matter), proofs=proofs, head=head, keys=keys)
        row = MatterArchive.objects.select_for_update(of=("self",)).get(pk=archive.pk)
        if row.bundle is None:
            with path.open("rb") as bundle:
                name = f"{matter.number}.zip"
                row.bundle = _keep(matter, _("档案包"), bundle, MediaType.ZIP, name, row.archived_by, on)
            row.save(update_fields=["bundle"])
            _record(facts.BUNDLE_SEALED, matter, row.bundle, row.archived_by, on)
    archive.bundle = row.bundle
    assert row.bundle is not None
    return row.bundle


def _fact_ids(content: bytes, sha256: str) -> list[int]:
    """The facts that the dossier lists, and the one that seals it."""
    sealing = Fact.objects.get(kind=facts.MATTER_ARCHIVED, label=digest_label(sha256))
    return [*json.loads(content)["facts"], sealing.pk]


def _named(content: bytes, matter: Matter) -> list[tuple[str, Path]]:
    """The files that the dossier names; a paper that came later is not part of it."""
    named = {row["file"] for row in json.loads(content)["rows"] if row["file"]}
    return [(name, path) for name, path in files_of(matter) if name in named]


def _keep(
    matter: Matter, what: str, content: bytes | BinaryIO, media_type: MediaType, name: str, by: Person, on: date
) -> Paper:
    return papers.add_paper(
        kind=PaperKind.ARCHIVE,
        title=f"{what}：{matter.title}",
        content=content,
        media_type=media_type,
        file_name=name,
        division_code=matter.division_code,
        body=matter.run.host,
        by=by,
        on=on,
    )


def _record(kind: str, matter: Matter, paper: Paper, by: Person, on: date) -> None:
    version = latest_version(paper)
    assert version is not None
    ledger.record(
        kind,
        happened_on=on,
        division_code=matter.division_code,
        by=by.pk,
        subject=matter.run_id,
        object=paper.pk,
        label=digest_label(version.sha256),
    )
