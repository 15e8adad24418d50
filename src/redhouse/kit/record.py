"""The public record, without a database: how a fact becomes a leaf, what a signed head says, and how a whole record
is checked. The same check serves the running house and a bundle on an auditor's laptop.

A leaf text is one line of printable ASCII: version and the thirteen columns of a fact, joined by `|`; empty for null.
"""

import hashlib
import io
import json
import re
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from redhouse.kit.errors import HouseError
from redhouse.kit.merkle import Frontier, leaf_hash
from redhouse.kit.seal import verify as signature_holds

LEAF_VERSION = "redhouse-fact/1"
HEAD_VERSION = "redhouse-head/1"
LEAF_COLUMNS = (
    "fact_id", "kind", "division_code", "happened_on", "recorded_at", "actor_id", "recorder_id",
    "subject_id", "object_id", "quantity", "label", "corrects_id", "salt",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

FactRow = tuple[
    int, str, str, date, datetime, int | None, int | None, int | None, int | None, int, str, int | None, bytes
]


def leaf_text(row: FactRow) -> bytes:
    """The bytes that are hashed for one fact; `row` in the order of LEAF_COLUMNS."""
    fact_id, kind, division, happened, recorded, actor, recorder, subject, thing, quantity, label, corrects, salt = row
    none = ""
    return (
        f"{LEAF_VERSION}|{fact_id}|{kind}|{division}|{happened.isoformat()}|{(recorded - _EPOCH) // _MICROSECOND}"
        f"|{none if actor is None else actor}|{none if recorder is None else recorder}"
        f"|{none if subject is None else subject}|{none if thing is None else thing}"
        f"|{quantity}|{label}|{none if corrects is None else corrects}|{salt.hex()}"
    ).encode("ascii")


@dataclass(frozen=True)
class Head:
    """A signed statement over the first `size` leaves, the last of which is fact `last_fact_id`."""

    size: int
    last_fact_id: int
    root: bytes
    signature: bytes
    key_id: str
    signed_at: datetime

    @property
    def statement(self) -> bytes:
        return head_statement(size=self.size, last_fact_id=self.last_fact_id, root=self.root, signed_at=self.signed_at)

    def as_json(self) -> dict[str, object]:
        return {
            "size": self.size,
            "last_fact_id": self.last_fact_id,
            "root": self.root.hex(),
            "signature": self.signature.hex(),
            "key_id": self.key_id,
            "signed_at": self.signed_at.astimezone(UTC).isoformat(),
        }

    @classmethod
    def from_json(cls, data: dict[str, object]) -> "Head":
        return cls(
            size=int(str(data["size"])),
            last_fact_id=int(str(data["last_fact_id"])),
            root=bytes.fromhex(str(data["root"])),
            signature=bytes.fromhex(str(data["signature"])),
            key_id=str(data["key_id"]),
            signed_at=datetime.fromisoformat(str(data["signed_at"])),
        )


def head_statement(*, size: int, last_fact_id: int, root: bytes, signed_at: datetime) -> bytes:
    """The bytes that are signed."""
    moment = signed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{HEAD_VERSION}\n{size}\n{last_fact_id}\n{root.hex()}\n{moment}\n".encode("ascii")


def key_id_of(public: bytes) -> str:
    """Sixteen hex digits that name a public key (PEM)."""
    return hashlib.sha256(public).hexdigest()[:16]


def digest_label(sha256: str) -> str:
    """Write a digest (hex) as the label of a fact: base64url without padding, 43 characters, as a label holds 60."""
    return urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()


@dataclass(frozen=True)
class Known:
    """What somebody outside the house wrote down of an earlier head: so many leaves had this root."""

    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "Known":
        """Read `SIZE:ROOT`, the root in hex, as heads are printed. Raises HouseError."""
        size, _, root = text.strip().partition(":")
        if not size.isascii() or not size.isdigit() or not re.fullmatch("[0-9a-fA-F]{64}", root):
            raise HouseError(f"“{text}”不是日志头：应写成 条数:根（64位十六进制），照公布的日志头抄写。")
        return cls(int(size), bytes.fromhex(root))


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong. `what`: altered, missing, inserted, moved, root, signature, key, tail, head."""

    what: str
    sentence: str
    fact_id: int | None = None


@dataclass(frozen=True)
class Report:
    """`size` leaves were checked and agree, up to the finding if there is one."""

    size: int
    root: bytes
    heads: int
    finding: Finding | None = None

    @property
    def holds(self) -> bool:
        return self.finding is None


# position in the log, number the entry names, its leaf hash; then the text of the fact row that bears that number.
# None in the first three: a fact without an entry. None in the text: an entry without a fact.
LogRow = tuple[int | None, int, bytes | None, bytes | None]


def check(
    rows: Iterable[LogRow],
    heads: Sequence[Head],
    keys: dict[str, bytes],
    *,
    known: Sequence[Known] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Walk the record in fact order and stop at the first thing that is wrong. O(n) time, O(log n) memory.

    The house signs its own heads, so whoever holds its key can rewrite the whole record; only `known` heads, kept
    elsewhere, find that, and a tail that was cut off together with its heads.
    """
    frontier, waiting, passed = Frontier(), sorted(heads, key=lambda head: head.size), 0
    elsewhere: dict[int, set[bytes]] = {}
    for one in known:
        elsewhere.setdefault(one.size, set()).add(one.root)

    def report(finding: Finding | None = None) -> Report:
        return Report(frontier.size, frontier.root(), passed, finding)

    def contradicted() -> Finding | None:
        roots = elsewhere.pop(frontier.size, None)
        if roots is None or roots == {frontier.root()}:
            return None
        return Finding("root", f"前 {frontier.size} 条与别处保存的日志头不符：日志被整段改写，连日志头一起换过")

    for head in waiting:
        if head.key_id not in keys:
            return report(Finding("key", f"日志头 {head.size} 用了不认识的公钥 {head.key_id}"))
        if not signature_holds(keys[head.key_id], head.signature, head.statement):
            return report(Finding("signature", f"日志头 {head.size} 的签名不成立：日志头被改过"))
    if finding := contradicted():
        return report(finding)
    for position, fact_id, leaf, text in rows:
        if passed == len(waiting) and position is not None:
            return report(Finding("head", f"第 {fact_id} 条在日志里，却没有日志头为它签名：日志头被删去", fact_id))
        if finding := _look(frontier.size, position, fact_id, leaf, text):
            return report(finding)
        assert leaf is not None
        frontier.append(leaf)
        if waiting[passed].size == frontier.size:
            head = waiting[passed]
            if head.root != frontier.root() or head.last_fact_id != fact_id:
                before = waiting[passed - 1].last_fact_id if passed else 0
                sentence = f"第 {before + 1} 到 {head.last_fact_id} 条之间的日志被整段改写，根与签名的日志头不符"
                return report(Finding("root", sentence, before + 1))
            passed += 1
        if finding := contradicted():
            return report(finding)
        if frontier.size % 10_000 == 0:
            progress(frontier.size)
    due = max([head.size for head in waiting[passed:]] + list(elsewhere), default=0)
    if due:
        return report(Finding("tail", f"日志头说有 {due} 条，只找到 {frontier.size} 条：末尾被截去"))
    return report()


def _look(size: int, position: int | None, fact_id: int, leaf: bytes | None, text: bytes | None) -> Finding | None:
    if position is None or leaf is None:
        return Finding("inserted", f"第 {fact_id} 条不在日志里：是后来塞进去的", fact_id)
    if position != size:
        what = "missing" if position > size else "moved"
        return Finding(what, f"日志第 {size} 位应在第 {fact_id} 条之前，却找不到：有记录被删去或调换", fact_id)
    if text is None:
        return Finding("missing", f"第 {fact_id} 条不见了：日志里有它，账本里没有", fact_id)
    if leaf_hash(text) != leaf:
        return Finding("altered", f"第 {fact_id} 条与日志不符：内容被改过", fact_id)
    return None


# ── a bundle: the record in one file, checked with no database ──────────────────────────────────────────────────

FACTS, LEAVES, HEADS, KEYS = "facts.txt", "leaves.bin", "heads.json", "keys.json"


def write_bundle(path: Path, rows: Iterable[LogRow], heads: Sequence[Head], keys: dict[str, bytes]) -> int:
    """Write leaf texts, leaf hashes, signed heads and public keys to one zip file; returns the number of facts."""
    count, leaves = 0, io.BytesIO()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as bundle:
        with bundle.open(FACTS, "w", force_zip64=True) as facts:
            for _position, fact_id, leaf, text in rows:
                if leaf is None or text is None:
                    raise HouseError(f"第 {fact_id} 条与日志对不上，不能导出：先运行 redhouse verify")
                facts.write(text + b"\n")
                leaves.write(leaf)
                count += 1
        bundle.writestr(LEAVES, leaves.getvalue())
        bundle.writestr(HEADS, json.dumps([head.as_json() for head in heads], indent=1))
        bundle.writestr(KEYS, json.dumps({key_id: pem.decode() for key_id, pem in keys.items()}, indent=1))
    return count


def check_bundle(
    path: Path, *, known: Sequence[Known] = (), progress: Callable[[int], None] = lambda _: None
) -> Report:
    """Check a bundle. Raises HouseError where the file is no bundle or is damaged."""
    try:
        with zipfile.ZipFile(path) as bundle:
            heads = [Head.from_json(item) for item in json.loads(bundle.read(HEADS))]
            keys = {key_id: str(pem).encode() for key_id, pem in json.loads(bundle.read(KEYS)).items()}
            for key_id, pem in keys.items():
                if key_id_of(pem) != key_id:
                    raise HouseError(f"{path} 里的公钥 {key_id} 与它的编号不符：文件被改过")
            return check(_bundle_rows(bundle), heads, keys, known=known, progress=progress)
    except (zipfile.BadZipFile, LookupError, AttributeError, ValueError, TypeError, EOFError, OSError) as error:
        raise HouseError(f"{path} 不是完整的日志包（{error}）：请重新导出") from None


def _bundle_rows(bundle: zipfile.ZipFile) -> Iterator[LogRow]:
    with bundle.open(FACTS) as facts, bundle.open(LEAVES) as leaves:
        for position, line in enumerate(facts):
            text = line.rstrip(b"\n")
            yield position, int(text.split(b"|", 2)[1]), leaves.read(32), text
