"""A sealed matter: what holds is said, and whatever is changed in it is found by name."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from redhouse.kit import merkle
from redhouse.kit.archive import MANIFEST, write_archive
from redhouse.kit.dossier import (
    DOSSIER,
    FACTS,
    FORMAT,
    HEAD,
    KEYS,
    PROOFS,
    Checked,
    Proof,
    Row,
    check_bundle,
    dossier_text,
    is_bundle,
    write_bundle,
)
from redhouse.kit.errors import HouseError
from redhouse.kit.record import Head, Known, digest_label, head_statement, key_id_of, leaf_hash, leaf_text
from redhouse.kit.seal import new_key, public_key, sign

KEY = new_key()
MOMENT = datetime(2026, 11, 20, 8, tzinfo=UTC)
MINUTES, BOX = b"minutes of the assembly", b"a box of ballots"


def leaf(fact_id: int, kind: str, label: str = "", object_id: int | None = None) -> bytes:
    return leaf_text(
        (fact_id, kind, "440605122220003", date(2026, 11, 18), MOMENT, 7, 7, 31, object_id, 1, label, None, bytes(16))
    )


ROWS = [
    Row("step", {"key": "draft", "outcome": "submitted"}, 2, {"label": "P07.draft.submitted", "object_id": 51}),
    Row("step", {"key": "vote", "outcome": "passed"}, 4, {"label": "P07.vote.passed", "object_id": 52}),
    Row("paper", {"title": "纪要"}, None, {}, "papers/9/1.pdf", sha256(MINUTES).hexdigest()),
    Row("box", {"method": "secret"}, None, {}, "papers/10/1.json", sha256(BOX).hexdigest()),
]
FACTS_OF_MATTER = [2, 4]
ABOUT = {"number": "440605122220003-2026-P07-01", "title": "股份分红"}


def log(dossier: bytes) -> tuple[list[bytes], list[int]]:
    """A log of nine facts, and the places of those of this matter."""
    texts = [leaf(n, "visit_recorded") for n in range(1, 10)]
    texts[1] = leaf(2, "step_closed", "P07.draft.submitted", 51)
    texts[3] = leaf(4, "step_closed", "P07.vote.passed", 52)
    texts[6] = leaf(7, "matter_archived", digest_label(sha256(dossier).hexdigest()))
    return texts, [1, 3, 6]


def written(path: Path, rows: list[Row] = ROWS) -> Path:
    dossier = dossier_text(about=ABOUT, rows=rows, facts=FACTS_OF_MATTER)
    texts, places = log(dossier)
    leaves = [leaf_hash(text) for text in texts]
    proofs = [Proof(texts[at], at, tuple(merkle.inclusion_proof(leaves, at, len(leaves)))) for at in places]
    root, public = merkle.root_of(leaves), public_key(KEY)
    statement = head_statement(size=9, last_fact_id=9, root=root, signed_at=MOMENT)
    head = Head(9, 9, root, sign(KEY, statement), key_id_of(public), MOMENT)
    files = []
    for name, content in (("papers/9/1.pdf", MINUTES), ("papers/10/1.json", BOX)):
        file = path.with_name(name.replace("/", "-"))
        file.write_bytes(content)
        files.append((name, file))
    write_bundle(path, dossier=dossier, files=files, proofs=proofs, head=head, keys={head.key_id: public})
    return path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return written(tmp_path / "matter.zip")


def reseal(bundle: Path, change: Callable[[dict[str, bytes]], None]) -> Checked:
    """What somebody does who knows the format: change parts, then write manifest and seal anew."""
    with zipfile.ZipFile(bundle) as source:
        parts = {name: source.read(name) for name in source.namelist() if name != MANIFEST}
    change(parts)
    files = []
    for place, (name, content) in enumerate(parts.items()):
        file = bundle.with_name(f"part-{place}")
        file.write_bytes(content)
        files.append((name, file))
    write_archive(bundle, files, {"format": FORMAT, "version": 1})
    return check_bundle(bundle)


def on_lines(name: str, change: Callable[[list[bytes]], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(parts: dict[str, bytes]) -> None:
        lines = parts[name].splitlines()
        change(lines)
        parts[name] = b"".join(line + b"\n" for line in lines)

    return changed


def on_json(name: str, change: Callable[[object], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(parts: dict[str, bytes]) -> None:
        data = json.loads(parts[name])
        change(data)
        parts[name] = json.dumps(data, ensure_ascii=False, indent=1).encode()

    return changed


def both(*changes: Callable[[dict[str, bytes]], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(parts: dict[str, bytes]) -> None:
        for change in changes:
            change(parts)

    return changed


def swap(items: list, one: int, other: int) -> None:  # type: ignore[type-arg]
    items[one], items[other] = items[other], items[one]


def test_what_holds_is_counted(bundle: Path) -> None:
    found = check_bundle(bundle)
    assert (found.holds, found.rows, found.files, found.facts) == (True, 4, 2, 3)
    assert found.about == ABOUT


def test_the_same_matter_is_the_same_bytes(tmp_path: Path) -> None:
    one, other = (tmp_path / "one", tmp_path / "other")
    one.mkdir()
    other.mkdir()
    assert written(one / "m.zip").read_bytes() == written(other / "m.zip").read_bytes()


def test_every_single_byte_counts(bundle: Path) -> None:
    sound = bundle.read_bytes()
    for place in range(len(sound)):
        broken = bytearray(sound)
        broken[place] ^= 1
        bundle.write_bytes(broken)
        assert refused(bundle), f"byte {place} of {len(sound)}"


def refused(bundle: Path) -> str:
    """What is found, or why nothing could be read."""
    try:
        found = check_bundle(bundle).finding
    except HouseError as error:
        return error.message if "不是完整的事项档案包" in error.message else ""
    return found.sentence if found else ""


@pytest.mark.parametrize("cut", [1, 64, 300, 1000])
def test_a_file_cut_short_is_refused(bundle: Path, cut: int) -> None:
    bundle.write_bytes(bundle.read_bytes()[:-cut])
    assert refused(bundle)


def test_a_paper_changed_in_place_is_named(bundle: Path) -> None:
    bundle.write_bytes(bundle.read_bytes().replace(MINUTES, MINUTES.upper()))
    assert refused(bundle) == "papers/9/1.pdf 被改过：与文件里的校验码不符"


def row(no: int, name: str, value: object) -> Callable[[dict[str, bytes]], None]:
    return on_json(DOSSIER, lambda data: data["rows"][no - 1]["row"].__setitem__(name, value))  # type: ignore[index]


WAYS = {
    "a paper": (lambda p: p.update({"papers/9/1.pdf": b"other minutes"}), "papers/9/1.pdf 被改过"),
    "a paper away": (lambda p: p.pop("papers/10/1.json"), "papers/10/1.json 不见了"),
    "a paper more": (lambda p: p.update({"papers/11/1.pdf": b"x"}), "papers/11/1.pdf 不在档案的清单里"),
    "a row": (row(2, "outcome", "failed"), "dossier.json 第 2 行（step）被改过"),
    "a row away": (on_json(DOSSIER, lambda d: d["rows"].pop(0)), "dossier.json 第 1 行不见了"),
    "rows swapped": (on_json(DOSSIER, lambda d: swap(d["rows"], 0, 1)), "dossier.json 第 1 行不在原来的次序上"),
    "the heading": (on_json(DOSSIER, lambda d: d["about"].update(title="别的")), "dossier.json 与公开日志"),
    "the dossier away": (lambda p: p.pop(DOSSIER), "dossier.json 不见了"),
    "a fact": (
        on_lines(FACTS, lambda lines: lines.__setitem__(1, lines[1].replace(b"passed", b"failed"))),
        "第 4 条事实与公开日志不符",
    ),
    "a fact away": (
        both(on_lines(FACTS, lambda lines: lines.pop(0)), on_json(PROOFS, lambda proofs: proofs.pop(0))),
        "第 2 条事实不见了",
    ),
    "the last facts away": (on_lines(FACTS, lambda lines: lines.pop()), "末尾缺了 1 条事实"),
    "the sealing away": (
        both(on_lines(FACTS, lambda lines: lines.pop()), on_json(PROOFS, lambda proofs: proofs.pop())),
        "封存档案的那条事实不见了",
    ),
    "facts swapped": (
        both(on_lines(FACTS, lambda x: swap(x, 0, 1)), on_json(PROOFS, lambda x: swap(x, 0, 1))),
        "第 2 条事实不在原来的次序上",
    ),
    "a fact twice": (
        both(on_lines(FACTS, lambda x: x.insert(1, x[0])), on_json(PROOFS, lambda x: x.insert(1, x[0]))),
        "第 2 条事实不在原来的次序上",
    ),
    "a proof away": (on_json(PROOFS, lambda proofs: proofs.pop()), "第 7 条事实没有证明"),
    "the root": (on_json(HEAD, lambda head: head.update(root="00" * 32)), "日志头 9 的签名不成立"),
    "the key": (on_json(KEYS, lambda keys: keys.update({next(iter(keys)): public_key(new_key()).decode()})), "公钥"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_whoever_writes_manifest_and_seal_anew_is_found_too(bundle: Path, way: str) -> None:
    change, sentence = WAYS[way]
    found = reseal(bundle, change)
    assert found.finding is not None
    assert sentence in found.finding.sentence


def test_a_fact_of_another_matter_is_no_part_of_it(bundle: Path) -> None:
    dossier = dossier_text(about=ABOUT, rows=ROWS, facts=[2])
    texts, _ = log(dossier)
    leaves = [leaf_hash(text) for text in texts]
    proofs = [Proof(texts[at], at, tuple(merkle.inclusion_proof(leaves, at, 9))) for at in (1, 3, 6)]
    head = Head(9, 9, merkle.root_of(leaves), b"", key_id_of(public_key(KEY)), MOMENT)
    signed = Head(9, 9, head.root, sign(KEY, head.statement), head.key_id, MOMENT)
    write_bundle(bundle, dossier=dossier, files=[], proofs=proofs, head=signed, keys={head.key_id: public_key(KEY)})
    found = check_bundle(bundle).finding
    assert found is not None
    assert (found.what, found.sentence) == ("inserted", "第 4 条事实不在档案的清单里")


def test_a_row_that_contradicts_its_fact_is_named(tmp_path: Path) -> None:
    wrong = [Row("step", {"key": "vote", "outcome": "failed"}, 4, {"label": "P07.vote.failed"}), *ROWS[2:]]
    found = check_bundle(written(tmp_path / "wrong.zip", wrong)).finding
    assert found is not None
    assert found.sentence == "dossier.json 第 1 行（step）与第 4 条事实不符"


def test_heads_kept_elsewhere_are_compared(bundle: Path) -> None:
    head = check_bundle(bundle).head
    assert head is not None
    assert check_bundle(bundle, known=[Known(9, head.root)]).holds
    found = check_bundle(bundle, known=[Known(9, bytes(32))]).finding
    assert found is not None
    assert "别处保存的不符" in found.sentence
    with pytest.raises(HouseError, match="9 条的日志头"):
        check_bundle(bundle, known=[Known(8, head.root)])


def test_what_is_no_bundle_is_told_apart(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("facts.txt", "")
    assert (is_bundle(bundle), is_bundle(other), is_bundle(tmp_path / "none")) == (True, False, False)


def test_what_was_shared_out_is_counted_again(tmp_path: Path) -> None:
    part = {"part": "papers/9/1.pdf", "register_part": "papers/9/1.pdf", "total_fen": 1, "digest": ""}
    found = check_bundle(written(tmp_path / "money.zip", [*ROWS, Row("distribution", part)])).finding
    assert found is not None
    assert found.sentence.startswith("papers/9/1.pdf 重算不符")
