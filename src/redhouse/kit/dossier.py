"""The sealed file of one matter: what it did, row by row, its papers byte for byte, and the proof that the public log
knew all of it. Anyone can check it with no database and no network.

It is an archive (`kit.archive`) of these parts:
    dossier.json    the matter, its rows in order, the numbers of its facts; its digest is a fact of the public log
    papers/…        files, each named by a row with its digest
    log/…           the leaves of those facts, an inclusion proof for each, one signed head, public keys

Whoever changes a byte, a row, a file or a fact, takes one away, adds one or swaps two, is found by name.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from struct import error as struct_error
from typing import IO, Any

from redhouse.kit.archive import MANIFEST, BadArchive, read_archive, write_archive
from redhouse.kit.errors import HouseError
from redhouse.kit.merkle import leaf_hash, verify_inclusion
from redhouse.kit.record import LEAF_COLUMNS, LEAF_VERSION, Finding, Head, Known, digest_label, key_id_of
from redhouse.kit.seal import SealBroken
from redhouse.kit.seal import verify as signature_holds
from redhouse.kit.sentences import SentenceError
from redhouse.kit.sharing import findings, read_distribution

FORMAT, VERSION = "redhouse-dossier", 1
SEALING = "matter_archived"  # the kind of fact whose label is the digest of the dossier; the last of its facts
DOSSIER, FACTS, PROOFS, HEAD, KEYS = (
    "dossier.json",
    "log/facts.txt",
    "log/proofs.json",
    "log/head.json",
    "log/keys.json",
)
LOG_PARTS = (FACTS, PROOFS, HEAD, KEYS)
CHUNK = 1 << 20


@dataclass(frozen=True)
class Row:
    """One thing on file. `fact` is the fact that says it, `says` the columns of that fact that must agree; `file` the
    part that holds its bytes, with their SHA-256."""

    what: str  # step, paper, tally, …
    row: Mapping[str, Any]  # plain JSON
    fact: int | None = None
    says: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        return {
            "what": self.what, "row": dict(self.row), "fact": self.fact, "says": dict(self.says), "file": self.file,
            "sha256": self.sha256,
        }  # fmt: skip


@dataclass(frozen=True)
class Proof:
    """The leaf text of a fact, its place in the log, and the path from there to the root of the head."""

    leaf: bytes
    position: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Checked:
    """What was found to agree, up to the finding if there is one."""

    about: Mapping[str, Any]
    rows: int
    files: int
    facts: int
    head: Head | None
    finding: Finding | None = None

    @property
    def holds(self) -> bool:
        return self.finding is None


def dossier_text(*, about: Mapping[str, Any], rows: Iterable[Row], facts: Sequence[int]) -> bytes:
    """The bytes whose digest the log keeps. Each row bears its number and its digest, so that it can be named."""
    numbered = [{"no": no, **row.plain, "digest": _digest(row.plain)} for no, row in enumerate(rows, start=1)]
    whole = {"format": FORMAT, "version": VERSION, "about": dict(about), "rows": numbered, "facts": sorted(facts)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def write_bundle(
    path: Path, *, dossier: bytes, files: Iterable[tuple[str, Path]], proofs: Sequence[Proof], head: Head,
    keys: Mapping[str, bytes],
) -> None:  # fmt: skip
    """Write the sealed file; the same matter under the same head is always the same bytes. Raises HouseError."""
    log = {
        DOSSIER: dossier,
        FACTS: b"".join(proof.leaf + b"\n" for proof in proofs),
        PROOFS: _dump([{"position": p.position, "path": [node.hex() for node in p.path]} for p in proofs]),
        HEAD: _dump(head.as_json()),
        KEYS: _dump({key_id: pem.decode() for key_id, pem in sorted(keys.items())}),
    }
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for place, (name, content) in enumerate(log.items()):
            part = Path(folder) / str(place)
            part.write_bytes(content)
            parts.append((name, part))
        write_archive(path, [*parts, *files], {"format": FORMAT, "version": VERSION})


def is_bundle(path: Path) -> bool:
    """Whether the file at least looks like one of these, so that a record of the whole log is told apart."""
    try:
        with zipfile.ZipFile(path) as bundle:
            return DOSSIER in bundle.namelist() or FACTS in bundle.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


class _Wrong(Exception):
    def __init__(self, what: str, sentence: str, fact_id: int | None = None) -> None:
        super().__init__(sentence)
        self.finding = Finding(what, sentence, fact_id)


def check_bundle(path: Path, *, known: Sequence[Known] = ()) -> Checked:
    """Check everything in the file and stop at the first thing that is wrong. `known` are heads written down elsewhere:
    without one, whoever holds the house's key could have made up the whole. Raises HouseError where it is no bundle."""
    done: dict[str, Any] = {"about": {}, "rows": 0, "files": 0, "facts": 0, "head": None}
    try:
        with zipfile.ZipFile(path) as bundle:
            done["head"] = head = _head(bundle, known)
            leaves = _facts(bundle, head, done)
            dossier = _dossier(bundle, leaves)
            done["about"] = dossier["about"]
            _rows(bundle, dossier, leaves, done)
        read_archive(path, format_name=FORMAT, newest=VERSION)
    except _Wrong as wrong:
        return Checked(**done, finding=wrong.finding)
    except BadArchive:
        return Checked(**done, finding=Finding("seal", "封印不符：内容都对得上，文件的其他字节被改过"))
    except (zipfile.BadZipFile, LookupError, AttributeError, ValueError, TypeError, EOFError, OSError) as error:
        raise HouseError(f"{path} 不是完整的事项档案包（{error}）：请重新取一份") from None
    return Checked(**done)


def _head(bundle: zipfile.ZipFile, known: Sequence[Known]) -> Head:
    keys = {key_id: str(pem).encode() for key_id, pem in _json(bundle, KEYS).items()}
    for key_id, pem in keys.items():
        if key_id_of(pem) != key_id:
            raise _Wrong("key", f"公钥 {key_id} 与它的编号不符：{KEYS} 被改过")
    try:
        head = Head.from_json(_json(bundle, HEAD))
    except (ValueError, LookupError, TypeError):
        raise _Wrong("head", f"{HEAD} 读不出日志头：被改过") from None
    if head.key_id not in keys:
        raise _Wrong("key", f"日志头 {head.size} 用了不认识的公钥 {head.key_id}")
    try:
        holds = signature_holds(keys[head.key_id], head.signature, head.statement)
    except (SealBroken, ValueError, OverflowError):
        holds = False
    if not holds:
        raise _Wrong("signature", f"日志头 {head.size} 的签名不成立：日志头被改过")
    for one in known:
        if one.size != head.size:
            raise HouseError(
                f"这份档案用的是 {head.size} 条的日志头，不能与 {one.size} 条的核对：请照公布的抄同一条数的"
            )
        if one.root != head.root:
            raise _Wrong("root", f"日志头 {head.size} 与别处保存的不符：整份档案是另造的")
    return head


def _facts(bundle: zipfile.ZipFile, head: Head, done: dict[str, Any]) -> dict[int, dict[str, str]]:
    """Every fact is a leaf under the signed root, in the order of the log."""
    lines, proofs = _bytes(bundle, FACTS).splitlines(), _json(bundle, PROOFS)
    leaves: dict[int, dict[str, str]] = {}
    before = -1
    for place in range(max(len(lines), len(proofs))):
        if place >= len(lines):
            raise _Wrong("missing", f"{FACTS} 末尾缺了 {len(proofs) - len(lines)} 条事实")
        leaf = _leaf(lines[place])
        fact_id = int(leaf["fact_id"])
        if place >= len(proofs):
            raise _Wrong("inserted", f"第 {fact_id} 条事实没有证明：是后来加的，或证明被删去", fact_id)
        position = int(proofs[place]["position"])
        path = [bytes.fromhex(node) for node in proofs[place]["path"]]
        if not verify_inclusion(leaf_hash(lines[place]), position, head.size, path, head.root):
            raise _Wrong("altered", f"第 {fact_id} 条事实与公开日志不符：被改、被插入或被调换", fact_id)
        if position <= before:
            raise _Wrong("moved", f"第 {fact_id} 条事实不在原来的次序上", fact_id)
        before = position
        leaves[fact_id] = leaf
        done["facts"] += 1
    return leaves


def _leaf(line: bytes) -> dict[str, str]:
    version, *columns = line.decode("ascii", "replace").split("|")
    if version != LEAF_VERSION or len(columns) != len(LEAF_COLUMNS) or not columns[0].isdigit():
        raise _Wrong("altered", f"{FACTS} 里有一行不是事实：“{line[:40].decode('ascii', 'replace')}…”")
    return dict(zip(LEAF_COLUMNS, columns, strict=True))


def _dossier(bundle: zipfile.ZipFile, leaves: dict[int, dict[str, str]]) -> dict[str, Any]:
    """The table of everything is the one that the log vouches for, and its facts are here: all of them, no others."""
    content = _bytes(bundle, DOSSIER)
    try:
        dossier: dict[str, Any] = json.loads(content)
        due, rows = [int(fact_id) for fact_id in dossier["facts"]], list(dossier["rows"])
    except (ValueError, LookupError, TypeError):
        raise _Wrong("altered", f"{DOSSIER} 读不出来：被改过") from None
    *found, last = leaves or [0]
    if not leaves or leaves[last]["kind"] != SEALING or leaves[last]["label"] != _label(content):
        _blame(rows)
        sealed = any(leaf["kind"] == SEALING for leaf in leaves.values())
        raise _Wrong("altered" if sealed else "missing", _unsealed(sealed))
    for expected, fact_id in zip_longest(due, found):
        if expected is None or (fact_id is not None and fact_id not in due):
            raise _Wrong("inserted", f"第 {fact_id} 条事实不在档案的清单里", fact_id)
        if expected != fact_id:
            raise _Wrong("missing", f"第 {expected} 条事实不见了", expected)
    return dossier


def _unsealed(sealed: bool) -> str:
    return f"{DOSSIER} 与公开日志里封存的摘要不符：被改过" if sealed else f"封存档案的那条事实不见了：{FACTS} 被截去"


def _blame(rows: Sequence[Mapping[str, Any]]) -> None:
    """Which row of a table that the log does not vouch for is wrong; a slip nobody hid shows at once."""
    for place, row in enumerate(rows, start=1):
        number, what = row.get("no"), row.get("what", "")
        if number != place:
            later = any(other.get("no") == place for other in rows)
            gone = f"第 {place} 行{'不在原来的次序上' if later else '不见了'}（在“{what}”之前）"
            raise _Wrong("moved" if later else "missing", f"{DOSSIER} {gone}")
        plain = {name: row[name] for name in ("what", "row", "fact", "says", "file", "sha256") if name in row}
        if row.get("digest") != _digest(plain):
            raise _Wrong("altered", f"{DOSSIER} 第 {place} 行（{what}）被改过")


def _rows(
    bundle: zipfile.ZipFile, dossier: Mapping[str, Any], leaves: Mapping[int, Mapping[str, str]], done: dict[str, Any]
) -> None:
    """Each row agrees with its fact, each file with its row, and there are no other files."""
    named = {DOSSIER, MANIFEST, *LOG_PARTS}
    for row in dossier["rows"]:
        leaf = leaves.get(row["fact"]) if row["fact"] is not None else {}
        told = {name: "" if value is None else str(value) for name, value in row["says"].items()}
        if leaf is None or any(leaf.get(name) != value for name, value in told.items()):
            raise _Wrong(
                "altered", f"{DOSSIER} 第 {row['no']} 行（{row['what']}）与第 {row['fact']} 条事实不符", row["fact"]
            )
        if row["file"]:
            named.add(row["file"])
            if _file_digest(bundle, row["file"]) != row["sha256"]:
                raise _Wrong("altered", f"{row['file']} 被改过：与第 {row['no']} 行登记的摘要不符")
            done["files"] += 1
        if row["what"] == "distribution":
            _count_again(bundle, row)
        done["rows"] += 1
    for name in bundle.namelist():
        if name not in named:
            raise _Wrong("inserted", f"{name} 不在档案的清单里：是后来加的")


def _count_again(bundle: zipfile.ZipFile, row: Mapping[str, Any]) -> None:
    """What was shared out is counted anew from the frozen register, line by line."""
    said = row["row"]
    try:
        text = _bytes(bundle, said["part"]).decode()
        table = read_distribution(text)
        wrong = findings(table, text)
        register = _bytes(bundle, said["register_part"]).decode()
        if not wrong and register != table.register.text():
            wrong = [SentenceError("分配表里的份额与冻结的登记册不符")]
    except SentenceError as error:
        wrong = [error]
    except UnicodeDecodeError:
        wrong = [SentenceError("读不出文字")]
    if wrong:
        raise _Wrong("altered", f"{said['part']} 重算不符：{wrong[0]}", row["fact"])
    if (table.total, table.digest()) != (said["total_fen"], said["digest"]):
        raise _Wrong("altered", f"{said['part']} 与第 {row['no']} 行登记的总额或摘要不符", row["fact"])


def _file_digest(bundle: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with _part(bundle, name) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _bytes(bundle: zipfile.ZipFile, name: str) -> bytes:
    with _part(bundle, name) as file:
        return file.read()


def _json(bundle: zipfile.ZipFile, name: str) -> Any:
    try:
        return json.loads(_bytes(bundle, name))
    except ValueError:
        raise _Wrong("altered", f"{name} 读不出来：被改过") from None


@contextmanager
def _part(bundle: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A part of the file; what the zip itself refuses is the part's fault."""
    try:
        with bundle.open(name) as file:
            yield file
    except KeyError:
        raise _Wrong("missing", f"{name} 不见了") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, struct_error):
        raise _Wrong("altered", f"{name} 被改过：与文件里的校验码不符") from None


def _digest(plain: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _label(content: bytes) -> str:
    return digest_label(hashlib.sha256(content).hexdigest())


def _dump(value: object) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
