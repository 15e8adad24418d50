from io import BytesIO

import pytest

from redhouse.ground.papers import storage
from redhouse.ground.papers.storage import Fault, FileAltered, FileMissing, FileTooLarge

ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
ABC_SM3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, example 1


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.REDHOUSE_PAPERS = tmp_path / "papers"
    return settings.REDHOUSE_PAPERS


def files(papers):
    return sorted(path for path in papers.rglob("*") if path.is_file())


def spoil(digest, content):
    path = storage.path_of(digest)
    path.chmod(0o600)
    path.write_bytes(content)


def test_put_returns_both_digests_and_the_size():
    assert storage.put(b"abc") == storage.StoredFile(ABC_SHA256, ABC_SM3, 3)


def test_put_reads_a_stream_in_pieces():
    content = b"x" * (storage.CHUNK + 1)
    stored = storage.put(BytesIO(content))
    assert stored == storage.put(content)
    with storage.open_file(stored.sha256) as file:
        assert file.read() == content


def test_put_again_changes_nothing_and_leaves_one_file(papers):
    storage.put(b"abc")
    storage.put(b"abc")
    assert files(papers) == [storage.path_of(ABC_SHA256)]


def test_put_that_fails_leaves_nothing(papers):
    class Broken(BytesIO):
        def read(self, size=-1):
            raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        storage.put(Broken())
    assert files(papers) == []


def test_put_refuses_a_huge_file_and_leaves_nothing(papers):
    class Endless(BytesIO):
        def read(self, size=-1):
            return b"\0" * size

    with pytest.raises(FileTooLarge, match="超过 100 MB"):
        storage.put(Endless())
    assert files(papers) == []


def test_open_file_names_a_missing_one():
    with pytest.raises(FileMissing, match="ba7816bf8f01… 不在库中"):
        storage.open_file(ABC_SHA256)


def test_open_file_finds_an_altered_one_unless_told_not_to_look():
    storage.put(b"abc")
    spoil(ABC_SHA256, b"abd")
    with pytest.raises(FileAltered, match="已被改动"):
        storage.open_file(ABC_SHA256)
    with storage.open_file(ABC_SHA256, check=False) as file:
        assert file.read() == b"abd"


def test_put_heals_an_altered_file():
    storage.put(b"abc")
    spoil(ABC_SHA256, b"abd")
    storage.put(b"abc")
    with storage.open_file(ABC_SHA256) as file:
        assert file.read() == b"abc"


@pytest.mark.parametrize(
    "digest", ["", "../../keys/sessions.key", ABC_SHA256.upper(), ABC_SHA256 + "\n", ABC_SHA256[:-1]]
)
def test_path_of_refuses_what_is_no_digest(digest):
    with pytest.raises(ValueError, match="不是文件摘要"):
        storage.path_of(digest)


def test_missing_or_altered_names_each_fault():
    kept, spoilt = storage.put(b"abc").sha256, storage.put(b"abcd").sha256
    spoil(spoilt, b"")
    absent = "0" * 64
    faults = list(storage.missing_or_altered([kept, spoilt, absent]))
    assert faults == [(spoilt, Fault.ALTERED), (absent, Fault.MISSING)]
