"""The record in one file, checked where there is no database, no Django and no key of the house."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from redhouse.ground.ledger.actions import record_many
from redhouse.ground.ledger.jobs import sequence_once
from redhouse.ground.ledger.queries import export, heads
from redhouse.kit.errors import HouseError
from redhouse.kit.merkle import Frontier, leaf_hash
from redhouse.kit.record import FACTS, HEADS, KEYS, LEAVES, Known, check_bundle, head_statement, key_id_of
from redhouse.kit.seal import new_key, public_key, sign
from tests.ground.ledger.factories import visit, visit_rows

Parts = dict[str, bytes]

ALONE = """
import sys
from pathlib import Path
from redhouse.kit.record import check_bundle
report = check_bundle(Path(sys.argv[1]))
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "psycopg")]
print(report.size, report.root.hex(), report.heads, report.finding and report.finding.sentence)
"""


@pytest.fixture
def bundle(house: str, tmp_path: Path) -> Path:
    record_many(visit_rows(6))
    sequence_once()
    visit(7)
    sequence_once()
    visit(8)  # not yet in the log, so not in the bundle
    assert export(tmp_path / "record.zip") == 7
    return tmp_path / "record.zip"


def check_alone(path: Path) -> str:
    """In a process that knows of no database and no settings."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(path)],
        env={"HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def changed(path: Path, change: Callable[[Parts], object]) -> Path:
    with zipfile.ZipFile(path) as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    change(parts)
    altered = path.with_name("altered.zip")
    with zipfile.ZipFile(altered, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return altered


def lines(parts: Parts) -> list[bytes]:
    return parts[FACTS].splitlines(keepends=True)


def edit_line(number: int, old: bytes, new: bytes) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        rows = lines(parts)
        assert old in rows[number]
        rows[number] = rows[number].replace(old, new)
        parts[FACTS] = b"".join(rows)

    return change


def test_a_bundle_is_checked_with_no_database(bundle: Path) -> None:
    assert check_alone(bundle) == f"7 {heads()[-1].root.hex()} 2 None"


def test_an_altered_bundle_names_the_fact_with_no_database(bundle: Path) -> None:
    altered = changed(bundle, edit_line(3, b"|1|household|", b"|9|household|"))
    assert check_alone(altered).endswith("第 4 条与日志不符：内容被改过")


def swap_lines(parts: Parts) -> None:
    rows = lines(parts)
    rows[1], rows[2] = rows[2], rows[1]
    parts[FACTS] = b"".join(rows)


def without_line(number: int) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        rows = lines(parts)
        del rows[number]
        parts[FACTS] = b"".join(rows)
        parts[LEAVES] = parts[LEAVES][: 32 * number] + parts[LEAVES][32 * (number + 1) :]

    return change


def with_line(parts: Parts) -> None:
    extra = lines(parts)[-1].replace(b"redhouse-fact/1|7|", b"redhouse-fact/1|70|")
    parts[FACTS] += extra
    parts[LEAVES] += leaf_hash(extra.rstrip(b"\n"))


@pytest.mark.parametrize(
    ("change", "what", "fact_id"),
    [
        (edit_line(0, b"|7|7|1||", b"|7|8|1||"), "altered", 1),
        (swap_lines, "altered", 3),
        (without_line(2), "root", 1),
        (without_line(6), "tail", None),
        (with_line, "head", 70),
        (lambda parts: parts.update({LEAVES: parts[LEAVES][:-1]}), "altered", 7),
        (lambda parts: parts.update({FACTS: b"", LEAVES: b""}), "tail", None),
        (lambda parts: parts.update({HEADS: b"[]"}), "head", 1),
        (lambda parts: parts.update({KEYS: b"{}"}), "key", None),
    ],
)
def test_a_changed_bundle_is_refused(
    bundle: Path, change: Callable[[Parts], object], what: str, fact_id: int | None
) -> None:
    finding = check_bundle(changed(bundle, change)).finding
    assert finding is not None
    assert (finding.what, finding.fact_id) == (what, fact_id)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.pop(HEADS),
        lambda parts: parts.update({HEADS: b"not json"}),
        lambda parts: parts.update({HEADS: b'{"size": 1}'}),
        lambda parts: parts.update({KEYS: b"[1]"}),
        lambda parts: parts.update({KEYS: json.dumps({"0123456789abcdef": "no key"}).encode()}),
        lambda parts: parts.update({FACTS: b"nothing to read\n"}),
    ],
)
def test_what_is_no_bundle_is_said_in_one_sentence(bundle: Path, change: Callable[[Parts], object]) -> None:
    altered = changed(bundle, change)
    with pytest.raises(HouseError, match=str(altered)):
        check_bundle(altered)


def test_a_key_that_is_none_is_said_in_one_sentence(bundle: Path) -> None:
    def change(parts: Parts) -> None:
        (old,) = json.loads(parts[KEYS])
        no_key = b"no key at all"
        parts[KEYS] = json.dumps({key_id_of(no_key): no_key.decode()}).encode()
        parts[HEADS] = parts[HEADS].replace(old.encode(), key_id_of(no_key).encode())

    with pytest.raises(HouseError, match="不是完整的日志包"):
        check_bundle(changed(bundle, change))


@pytest.mark.parametrize("keep", [0, 10, 400])
def test_a_cut_off_file_is_said_in_one_sentence(bundle: Path, keep: int) -> None:
    bundle.write_bytes(bundle.read_bytes()[:keep])
    with pytest.raises(HouseError, match="不是完整的日志包"):
        check_bundle(bundle)


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="不是完整的日志包"):
        check_bundle(tmp_path / "nowhere.zip")


def test_a_forger_with_a_key_of_his_own_is_found_by_a_head_kept_elsewhere(bundle: Path) -> None:
    """A bundle brings its keys along, so by itself it shows only that it is whole; the published head shows whose."""
    published = Known(7, heads()[-1].root)
    key = new_key()
    public = public_key(key)

    def forge(parts: Parts) -> None:
        edit_line(3, b"|1|household|", b"|9|household|")(parts)
        rows, written = lines(parts), []
        parts[LEAVES] = b"".join(leaf_hash(row.rstrip(b"\n")) for row in rows)
        for head in heads():
            frontier = Frontier()
            frontier.extend(leaf_hash(row.rstrip(b"\n")) for row in rows[: head.size])
            statement = head_statement(
                size=head.size, last_fact_id=head.last_fact_id, root=frontier.root(), signed_at=head.signed_at
            )
            mine = {"root": frontier.root().hex(), "signature": sign(key, statement).hex(), "key_id": key_id_of(public)}
            written.append(head.as_json() | mine)
        parts[HEADS] = json.dumps(written).encode()
        parts[KEYS] = json.dumps({key_id_of(public): public.decode()}).encode()

    assert check_bundle(bundle, known=[published]).holds
    forged = changed(bundle, forge)
    assert check_bundle(forged).holds
    finding = check_bundle(forged, known=[published]).finding
    assert finding is not None
    assert finding.what == "root"


def test_a_record_that_does_not_hold_is_not_exported(bundle: Path, superuser) -> None:
    superuser.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
    superuser.execute("DELETE FROM ledger_entry WHERE fact_id = 3")
    with pytest.raises(HouseError, match="第 3 条与日志对不上，不能导出：先运行 redhouse verify"):
        export(bundle)


@pytest.mark.parametrize(
    "text", ["", "7", "7:", "7:abc", f"x:{'0' * 64}", f"-7:{'0' * 64}", f"7:{'0' * 65}", "٧:" + "0" * 64]
)
def test_a_head_copied_wrongly_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(HouseError, match="应写成 条数:根"):
        Known.parse(text)


def test_a_head_is_read_as_it_is_printed() -> None:
    assert Known.parse(f" 7:{'AB' * 32}\n") == Known(7, b"\xab" * 32)
