"""The data stored with an approved sheet: they give the frozen figures, whatever is recorded or corrected later."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from redhouse.cli import redhouse
from redhouse.commands._queue import work_off_jobs
from redhouse.ground.access.reach import set_reach
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.actions import correct, void
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers import storage
from redhouse.ground.papers.queries import missing_or_altered
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Household, Post
from redhouse.work.answers.actions import CannotDecide, approve, ask_for_extract_again, store_extract
from redhouse.work.answers.extract.reading import open_extract
from redhouse.work.answers.extract.zipped import as_folder, pack
from redhouse.work.answers.models import FrozenSheet, SheetExtract
from redhouse.work.answers.queries import answer_sheet
from redhouse.work.answers.queries.frozen import frozen_answers
from tests.cast import BEGIN, TOWN, XINTIAN, person
from tests.work.answers.factories import AS_OF, fill_town, households, log, visit
from tests.work.answers.test_sheets import browser, frozen, sent


@pytest.fixture
def filled(town: str) -> str:
    """The town, with 舟 as its secretary: she approves."""
    fill_town()
    body = Body.objects.get(name="西樵镇党委")
    Post.objects.create(person=person("neighbour"), body=body, kind=PostKind.SECRETARY, from_on=BEGIN)
    return town


def stored(kept: FrozenSheet) -> SheetExtract:
    """What the background made of it."""
    assert work_off_jobs()
    set_reach("*")
    return SheetExtract.objects.select_related("version").get(pk=kept.pk)


def zip_of(extract: SheetExtract) -> Path:
    assert extract.version is not None
    return storage.path_of(extract.version.sha256)


@pytest.mark.parametrize("code", [TOWN, XINTIAN])
def test_data_are_stored_and_the_log_vouches_for_them(filled: str, code: str) -> None:
    kept = frozen(code)
    assert SheetExtract.objects.get().state == "waiting"
    extract = stored(kept)
    assert (extract.state, extract.fault) == ("ready", "")
    assert extract.version is not None
    assert missing_or_altered() == []
    label = urlsafe_b64encode(bytes.fromhex(extract.version.sha256)).rstrip(b"=").decode()
    (fact,) = Fact.objects.filter(kind="sheet_extract_stored")
    assert (fact.subject_id, fact.object_id, fact.label) == (kept.pk, extract.version.pk, label)
    with open_extract(zip_of(extract)) as found:
        assert found.manifest.digest == extract.manifest_digest
        assert found.manifest.head is not None
        assert (found.manifest.as_of, found.manifest.division_code) == (AS_OF, code)
        assert found.manifest.head.as_json() == kept.content["head"]


def test_later_corrections_leave_what_the_data_give(filled: str) -> None:
    kept = frozen()
    extract = stored(kept)
    first, second = Fact.objects.filter(kind="visit_recorded").order_by("pk")[:2]
    correct(fact_id=first.pk, by=1, quantity=100)
    void(fact_id=second.pk, by=1, on=AS_OF)
    visit(households()[1], quantity=7)
    Household.objects.filter(pk=households()[2].pk).update(until_on=AS_OF - timedelta(days=1))
    log()
    assert [a.value for a in answer_sheet(TOWN, AS_OF)] != [a.value for a in frozen_answers(kept)]
    with open_extract(zip_of(extract)) as found:
        assert found.answer_sheet(TOWN, AS_OF) == frozen_answers(kept)
    said = CliRunner().invoke(redhouse, ["answers", "--from", str(zip_of(extract)), "--json"], catch_exceptions=False)
    assert json.loads(said.output) == [answer.as_json() for answer in frozen_answers(kept)]
    with as_folder(zip_of(extract)) as folder:
        unzipped = CliRunner().invoke(redhouse, ["answers", "--from", str(folder), "--json"], catch_exceptions=False)
    assert unzipped.output == said.output


def test_what_was_edited_between_sending_and_approving_is_not_approved_unseen(filled: str) -> None:
    waiting = sent()
    answer_sheet(TOWN, AS_OF, waiting.last_fact_id)  # as the approver saw it
    Household.objects.filter(pk=households()[2].pk).update(until_on=AS_OF - timedelta(days=1))
    with pytest.raises(CannotDecide, match="F04、F05、F10、F23与送批时不同"):
        approve(sheet=waiting, by=person("neighbour"), on=AS_OF)
    assert not FrozenSheet.objects.exists()
    assert not SheetExtract.objects.exists()


def test_what_was_edited_between_approving_and_storing_is_told(filled: str) -> None:
    kept = frozen()
    Household.objects.filter(pk=households()[2].pk).update(until_on=AS_OF - timedelta(days=1))
    extract = stored(kept)
    assert (extract.state, extract.fault, extract.version) == ("failed", "differs", None)
    page = browser("org").get(reverse("answers:approval", args=[TOWN, kept.pk])).content.decode()
    assert "用它重算与批准的数字不同" in page
    Household.objects.filter(pk=households()[2].pk).update(until_on=None)
    again = reverse("answers:extract-again", args=[TOWN, kept.pk])
    assert browser("supervisor").post(again).status_code == 404
    assert browser("org").post(again).status_code == 302
    assert stored(kept).state == "ready"
    with pytest.raises(NotYet, match="已写好"):
        ask_for_extract_again(sheet=kept.sheet, by=person("org"), on=AS_OF)


def test_the_job_may_run_twice(filled: str) -> None:
    kept = frozen()
    extract = stored(kept)
    store_extract(kept.pk)
    assert Fact.objects.filter(kind="sheet_extract_stored").count() == 1
    assert SheetExtract.objects.get().version == extract.version


def test_page_says_how_far_it_is_and_hands_the_data_out(filled: str) -> None:
    kept = frozen()
    page, data = (reverse(f"answers:{name}", args=[TOWN, kept.pk]) for name in ("approval", "extract"))
    reader = browser("org")
    assert "等待写出…" in reader.get(page).content.decode()
    fragment = reader.get(page, headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith('<section id="extract"')
    assert reader.get(data).status_code == 404
    extract = stored(kept)
    shown = reader.get(page).content.decode()
    assert "与批准的数字逐个相同" in shown
    assert "every 2s" not in shown
    answer = reader.get(data)
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content) == zip_of(extract).read_bytes()  # type: ignore[attr-defined]
    assert browser("secretary").get(data).status_code == 404


def test_packing_gives_the_same_bytes_and_a_bad_zip_is_refused(filled: str, tmp_path: Path) -> None:
    extract = stored(frozen())
    with as_folder(zip_of(extract)) as folder:
        pack(folder, tmp_path / "again.zip")
        (folder / "manifest.json").unlink()
        pack(folder, tmp_path / "without.zip")
    whole = (tmp_path / "again.zip").read_bytes()
    assert whole == zip_of(extract).read_bytes()
    (tmp_path / "short.zip").write_bytes(whole[: len(whole) // 2])
    at = whole.index(b"PAR1") + 40
    (tmp_path / "bent.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    for name, why in (("short", "不是完好的 zip"), ("bent", "不是完好的 zip"), ("without", "里没有 manifest.json")):
        said = CliRunner().invoke(redhouse, ["answers", "--from", str(tmp_path / f"{name}.zip")])
        assert why in said.output, name
