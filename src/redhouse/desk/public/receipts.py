"""Is it ours? A document by its digest, a fact by its receipt. Says no more than the asker brought along."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from redhouse.ground.ledger.keys import trusted_keys
from redhouse.ground.ledger.models import Entry, Fact, TreeHead
from redhouse.ground.papers.facts import PAPER_VERSION_ADDED
from redhouse.ground.papers.queries import versions_with_digest
from redhouse.kit.errors import DATA, HouseError
from redhouse.kit.merkle import verify_inclusion
from redhouse.kit.record import Head, digest_label
from redhouse.kit.seal import SealBroken
from redhouse.kit.seal import verify as signature_holds

DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST_RECEIPT = 20_000  # characters; a log of a thousand million leaves needs a path of thirty nodes


class BadReceipt(HouseError):
    """What was pasted is no digest, or no receipt."""

    exit_code = DATA


@dataclass(frozen=True)
class Kept:
    """A file of this digest was put on record then, as that fact; `is_logged` once a signed head covers it."""

    at: datetime
    fact_id: int | None
    is_logged: bool


@dataclass(frozen=True)
class FoundDigest:
    """What the house knows of a digest: versions of papers, and the log head whose root it is."""

    digest: str
    kept: list[Kept]
    head: TreeHead | None

    @property
    def is_known(self) -> bool:
        return bool(self.kept or self.head)


@dataclass(frozen=True)
class Step:
    """One step of a check, in a sentence."""

    holds: bool
    sentence: str


def read_digest(text: str) -> str:
    """64 hex digits, whatever spaces and capitals they were copied with. Raises BadReceipt."""
    digest = re.sub(r"[\s:]", "", text).lower()
    if not DIGEST.fullmatch(digest):
        raise BadReceipt(_("这不是摘要：SHA-256 摘要是64位十六进制字符（0—9、a—f），请整段粘贴，或直接选文件。"))
    return digest


def find_digest(digest: str) -> FoundDigest:
    """Which papers bear this SHA-256 or SM3, by day and fact only: titles may be nobody's business."""
    versions = list(versions_with_digest(digest))
    labels = {digest_label(version.sha256) for version in versions}
    facts = dict(Fact.objects.filter(kind=PAPER_VERSION_ADDED, label__in=labels).values_list("object_id", "fact_id"))
    logged = set(Entry.objects.filter(fact_id__in=facts.values()).values_list("fact_id", flat=True))
    kept = [Kept(version.created_at, facts.get(version.pk), facts.get(version.pk) in logged) for version in versions]
    return FoundDigest(digest, kept, TreeHead.objects.filter(root=bytes.fromhex(digest)).first())


def check_receipt(text: str) -> list[Step]:
    """Check a fact's receipt (the JSON of its address under /open/log/) step by step. Raises BadReceipt."""
    fact_id, position, leaf, path, head = _parsed(text)
    key = trusted_keys().get(head.key_id)
    ours = TreeHead.objects.filter(size=head.size).first()
    entry = Entry.objects.filter(fact_id=fact_id).first()
    return [
        Step(
            key is not None and _signed(key, head),
            _("日志头（%(size)s条）的签名由本镇公钥 %(key)s 签出") % {"size": f"{head.size:,}", "key": head.key_id},
        ),
        Step(
            ours is not None and bytes(ours.root) == head.root,
            _("这个日志头与本镇公布的同一条数的日志头相同"),
        ),
        Step(
            verify_inclusion(leaf, position, head.size, path, head.root),
            _("从回执的叶子沿路径逐级算到的根，就是日志头的根"),
        ),
        Step(
            entry is not None and bytes(entry.leaf) == leaf and entry.position == position,
            _("账本第%(fact)s条今天的叶子与位置，与回执上的相同") % {"fact": f"{fact_id:,}"},
        ),
    ]


def _parsed(text: str) -> tuple[int, int, bytes, list[bytes], Head]:
    try:
        if len(text) > LONGEST_RECEIPT:
            raise ValueError(len(text))
        data = json.loads(text)
        numbers = int(data["fact_id"]), int(data["position"])
        head = Head.from_json(data["head"])
        if max(map(abs, (*numbers, head.size, head.last_fact_id))) >= 1 << 63:
            raise ValueError(numbers)
        path = [bytes.fromhex(node) for node in data["path"]]
        return *numbers, bytes.fromhex(data["leaf"]), path, head
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise BadReceipt(
            _("这不是回执：回执是一段 JSON，含 fact_id、position、leaf、path、head 五项，请从“取回执”的页面整段复制。")
        ) from None


def _signed(key: bytes, head: Head) -> bool:
    try:
        return signature_holds(key, head.signature, head.statement)
    except (SealBroken, ValueError, OverflowError):  # a moment without a zone, a signature of another length
        return False
