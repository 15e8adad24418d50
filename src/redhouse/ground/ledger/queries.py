"""Reads of the ledger: the cut, heads, proofs, and the check of the whole record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from redhouse.ground.ledger.keys import trusted_keys
from redhouse.ground.ledger.models import Entry, Fact, TreeHead
from redhouse.kit import merkle, record
from redhouse.kit.dossier import Proof


def latest_head() -> TreeHead | None:
    return TreeHead.objects.order_by("-size").first()


def last_fact_id() -> int:
    """The newest cut that is safe to count by: the last fact in the signed log (0 while the log is empty)."""
    head = latest_head()
    return head.last_fact_id if head else 0


def newest_fact_id() -> int:
    """The newest fact that this transaction sees, signed or not (0 while there is none): it tells whether anything was
    recorded since, and is no cut to count by."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:  # every page asks: by hand, Django takes longer to write it
        cursor.execute("SELECT coalesce(max(fact_id), 0) FROM ledger_fact")
        newest: int = cursor.fetchone()[0]
    return newest


def first_happened_on() -> date | None:
    """The earliest day the ledger knows anything about; None while it is empty."""
    return Fact.objects.order_by("happened_on").values_list("happened_on", flat=True).first()


def pending() -> int:
    """Facts that are recorded but not yet in the signed log."""
    return Fact.objects.filter(fact_id__gt=last_fact_id()).count()


def corrected_by(fact_ids: Sequence[int]) -> dict[int, int]:
    """Every fact that one of these took the place of, however many corrections ago -> that one; one query."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE chain AS ("
            " SELECT fact_id AS now, corrects_id AS before FROM ledger_fact WHERE fact_id = ANY(%s)"
            " UNION ALL SELECT c.now, f.corrects_id FROM chain c JOIN ledger_fact f ON f.fact_id = c.before"
            ") SELECT before, now FROM chain WHERE before IS NOT NULL",
            [list(fact_ids)],
        )
        return dict(cursor.fetchall())


def heads() -> list[record.Head]:
    return [plain(head) for head in TreeHead.objects.order_by("size")]


def plain(head: TreeHead) -> record.Head:
    return record.Head(
        head.size, head.last_fact_id, bytes(head.root), bytes(head.signature), head.key_id, head.signed_at
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """Reads inside see one state of the record, however busy writers and sequencer are. Not inside a transaction."""
    with transaction.atomic(durable=True), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def log_rows() -> Iterator[record.LogRow]:
    """Every sequenced fact beside its log entry, in fact order, streamed; missing halves are None.

    Read it together with `heads()` inside `one_moment()`.
    """
    columns = ", ".join(f"f.{name}" for name in record.LEAF_COLUMNS)
    connection: Any = connections[DEFAULT_DB_ALIAS]
    with connection.chunked_cursor() as cursor:
        cursor.itersize = 20_000
        cursor.execute(
            f"SELECT e.position, e.fact_id, e.leaf, {columns} FROM ledger_entry e"
            " FULL JOIN (SELECT * FROM ledger_fact WHERE fact_id <= %s) f ON f.fact_id = e.fact_id"
            " ORDER BY coalesce(e.fact_id, f.fact_id)",
            [last_fact_id()],
        )
        for position, entry_fact, leaf, *fact in cursor:
            fact_id = entry_fact if entry_fact is not None else fact[0]
            yield position, fact_id, leaf, record.leaf_text(tuple(fact)) if fact[0] is not None else None


def verify(*, known: Sequence[record.Known] = (), progress: Callable[[int], None] = lambda _: None) -> record.Report:
    """Check every fact against the log, every head against its signature and root, and heads kept elsewhere."""
    with one_moment():
        return record.check(log_rows(), heads(), trusted_keys(), known=known, progress=progress)


def export(path: Path) -> int:
    """Write the record as it stands to a bundle that needs no database; returns the number of facts."""
    with one_moment():
        return record.write_bundle(path, log_rows(), heads(), trusted_keys())


def proof_of(fact_id: int) -> dict[str, object]:
    """What a citizen needs to check that one fact is in the log: leaf, path, head. Raises Entry.DoesNotExist."""
    entry = Entry.objects.get(fact_id=fact_id)
    head = TreeHead.objects.order_by("-size").first()
    assert head is not None  # an entry is only written together with a head
    frontier = merkle.Frontier.from_bytes(bytes(head.frontier))
    [path] = merkle.inclusion_proofs(frontier, [entry.position], _leaves)
    return {
        "fact_id": fact_id,
        "position": entry.position,
        "leaf": bytes(entry.leaf).hex(),
        "path": [node.hex() for node in path],
        "head": plain(head).as_json(),
    }


def proofs_of(fact_ids: Sequence[int]) -> tuple[list[Proof], record.Head] | None:
    """The leaf texts of these facts in the order of the log, with their proofs under the newest head, and that head;
    None while one of them is not in the log yet."""
    newest = TreeHead.objects.order_by("-size").first()
    places = dict(Entry.objects.filter(fact_id__in=fact_ids).values_list("fact_id", "position"))
    if newest is None or len(places) < len(set(fact_ids)) or max(places.values(), default=0) >= newest.size:
        return None
    rows = Fact.objects.filter(fact_id__in=fact_ids).order_by("fact_id")
    columns = [name if name != "corrects" else "corrects_id" for name in record.LEAF_COLUMNS]
    texts = [record.leaf_text(row) for row in rows.values_list(*columns)]
    ordered = [places[fact_id] for fact_id in sorted(places)]
    paths = merkle.inclusion_proofs(merkle.Frontier.from_bytes(bytes(newest.frontier)), ordered, _leaves)
    proofs = [Proof(text, at, tuple(path)) for text, at, path in zip(texts, ordered, paths, strict=True)]
    return proofs, plain(newest)


def consistency_between(old: int, new: int) -> list[bytes]:
    """RFC 6962 proof that the log of `new` leaves only adds to the log of `old` leaves."""
    return merkle.consistency_proof(_leaves(0, new), old, new)


def _leaves(low: int, high: int) -> list[bytes]:
    entries = Entry.objects.filter(position__gte=low, position__lt=high).order_by("position")
    return [bytes(leaf) for leaf in entries.values_list("leaf", flat=True).iterator(chunk_size=20_000)]
