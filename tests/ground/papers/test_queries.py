from redhouse.ground.papers import actions, queries, storage
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.papers.models import Paper
from redhouse.ground.papers.storage import Fault
from tests.ground.papers.conftest import DAY, XINTIAN


def test_latest_version_is_the_highest(add_paper, clerk):
    paper = add_paper()
    second = actions.add_version(
        paper=paper, content=b"two", media_type=MediaType.TEXT, file_name="2.txt", by=clerk, on=DAY
    )
    assert queries.latest_version(paper) == second


def test_latest_version_of_a_paper_without_files_is_none(clerk):
    paper = Paper.objects.create(kind="notice", title="通知", division_code=XINTIAN, created_by=clerk)
    assert queries.latest_version(paper) is None


def test_versions_with_digest_finds_by_either_digest(add_paper):
    version = add_paper().versions.get()
    add_paper(content=b"another")
    assert list(queries.versions_with_digest(version.sha256)) == [version]
    assert list(queries.versions_with_digest(f" {version.sm3.upper()}\n")) == [version]
    assert list(queries.versions_with_digest("0" * 64)) == []


def test_missing_or_altered_names_the_versions(add_paper):
    kept, spoilt, gone = (add_paper(content=content).versions.get() for content in (b"kept", b"spoilt", b"gone"))
    path = storage.path_of(spoilt.sha256)
    path.chmod(0o600)
    path.write_bytes(b"other")
    storage.path_of(gone.sha256).unlink()
    assert queries.missing_or_altered() == [(spoilt, Fault.ALTERED), (gone, Fault.MISSING)]
    assert storage.put(b"spoilt").sha256 == spoilt.sha256
    assert storage.put(b"gone").sha256 == gone.sha256
    assert queries.missing_or_altered() == []
    assert queries.latest_version(kept.paper) == kept
