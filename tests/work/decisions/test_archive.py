"""The sealed file of a matter: complete, checked with no database, and wrong in no byte, row or fact unnoticed."""

import json
import zipfile
from pathlib import Path

import pytest

from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.queries import open_step
from redhouse.kit.dossier import check_bundle
from redhouse.work.decisions import actions
from redhouse.work.decisions.models import MatterArchive
from tests.cast import person
from tests.ground.process.factories import D1
from tests.work.decisions.boards import DAY, archived, began, ended, matter_at, posted

END = D1 + 60 * DAY


def bundle_of(matter) -> Path:
    archive = MatterArchive.objects.get(matter=matter)
    paper = actions.seal_bundle(archive=archive, on=END)
    return storage.path_of(latest_version(paper).sha256)


def test_a_matter_is_sealed_when_the_log_holds_it(town):
    matter = archived()
    matter.run.refresh_from_db()
    assert matter.run.ending == "archived"
    archive = MatterArchive.objects.get(matter=matter)
    with pytest.raises(NotYet, match="稍后再封"):
        actions.seal_bundle(archive=archive, on=END)
    sequence_all()
    path = bundle_of(matter)
    found = check_bundle(path)
    assert found.finding is None
    assert found.about["number"] == matter.number
    assert (found.rows > 15, found.files >= 3, found.facts > 20) == (True, True, True)
    assert actions.seal_bundle(archive=archive, on=END) == MatterArchive.objects.get().bundle
    sealed = Fact.objects.get(kind="bundle_sealed")
    assert sealed.object_id == MatterArchive.objects.get().bundle_id


def test_it_holds_every_step_with_roles_and_keys_and_no_name(town):
    matter = archived()
    sequence_all()
    with zipfile.ZipFile(bundle_of(matter)) as bundle:
        text = bundle.read("dossier.json").decode()
    dossier = json.loads(text)
    steps = [row["row"] for row in dossier["rows"] if row["what"] == "step"]
    assert [step["key"] for step in steps] == [step.key for step in matter.run.steps.order_by("number")]
    assert steps[0]["closed_by"] == person("director").pk
    assert steps[0]["roles"] == ["rec_director"]
    kinds = {row["what"] for row in dossier["rows"]}
    assert {"matter", "procedure", "step", "paper", "publicity", "posting"} <= kinds
    for someone in ("director", "secretary", "member"):
        assert person(someone).name not in text


def test_nothing_is_archived_before_everything_hung_to_its_end(town):
    matter = matter_at("result")
    row = posted(matter, began(matter))
    with pytest.raises(NotYet, match="还没有期满的照片"):
        actions.archive_matter(matter=matter, by=person("director"), on=END)
    ended(row, END)
    actions.archive_matter(matter=matter, by=person("director"), on=END)
    assert open_step(matter.run) is None


def test_every_file_and_every_row_of_a_real_bundle_is_missed(town, tmp_path):
    """Whatever part is changed, without the seal being mended, is named."""
    matter = archived()
    sequence_all()
    sound = bundle_of(matter).read_bytes()
    copy = tmp_path / "copy.zip"
    copy.write_bytes(sound)
    with zipfile.ZipFile(copy) as bundle:
        parts = {info.filename: (info.header_offset, info.file_size) for info in bundle.infolist()}
    for name, (offset, size) in parts.items():
        if name == "manifest.json" or not size:
            continue
        start = offset + 30 + int.from_bytes(sound[offset + 26 : offset + 28], "little")
        start += int.from_bytes(sound[offset + 28 : offset + 30], "little")
        broken = bytearray(sound)
        broken[start + size // 2] ^= 1
        copy.write_bytes(broken)
        found = check_bundle(copy).finding
        assert found is not None
        assert name in found.sentence
