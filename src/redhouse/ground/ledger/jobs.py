"""The sequencer: puts committed facts into the public log, in fact order, and signs the head."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction

from redhouse.ground.ledger.enums import SEQUENCER_LOCK, WRITERS_LOCK
from redhouse.ground.ledger.keys import house_key
from redhouse.ground.ledger.models import TreeHead
from redhouse.kit.merkle import Frontier
from redhouse.kit.record import head_statement
from redhouse.kit.seal import sign

BATCH = 100_000  # facts a transaction: bounds memory and the time to the first head of a large import


def sequence_once() -> int:
    """Append every fact that is committed by now and not yet in the log; sign a head. Returns how many.

    Safe to run from several processes: the second one finds the lock taken and returns 0. While a long import is
    open the cut cannot be taken; then too it returns 0 and the next call tries again.
    """
    cut = _still_cut()
    return sum(iter(lambda: _append_batch(cut), 0)) if cut else 0


def sequence_all(progress: Callable[[int], None] = lambda _: None) -> int:
    """The same, telling `progress` after each batch; for a first load of hundreds of thousands of facts."""
    total = 0
    for appended in sequence_by_batch():
        total += appended
        progress(appended)
    return total


def sequence_by_batch() -> Iterator[int]:
    """The same again, for whoever goes on after each batch; tells how many it was."""
    cut = _still_cut()
    while cut and (appended := _append_batch(cut)):
        yield appended


def _still_cut() -> int:
    """The highest fact number below which nothing can still appear. Holds the writers' lock for an instant only."""
    try:
        with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])
            cursor.execute("SELECT coalesce(max(fact_id), 0) FROM ledger_fact")
            return int(cursor.fetchone()[0])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "55P03":  # lock_not_available: a writer is at work
            return 0
        raise


def _append_batch(cut: int) -> int:
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        head = TreeHead.objects.order_by("-size").first()
        frontier = Frontier.from_bytes(bytes(head.frontier)) if head else Frontier()
        cursor.execute(
            "INSERT INTO ledger_entry (position, fact_id, leaf)"
            " SELECT %s + row_number() OVER (ORDER BY f.fact_id) - 1, f.fact_id, redhouse_leaf(f)"
            " FROM (SELECT * FROM ledger_fact WHERE fact_id > %s AND fact_id <= %s ORDER BY fact_id LIMIT %s) f"
            " RETURNING fact_id, leaf",
            [frontier.size, head.last_fact_id if head else 0, cut, BATCH],
        )
        rows = sorted(cursor.fetchall())  # RETURNING promises no order
        if not rows:
            return 0
        frontier.extend(bytes(leaf) for _, leaf in rows)
        _sign_head(frontier, last_fact_id=rows[-1][0])
        return len(rows)


def _sign_head(frontier: Frontier, *, last_fact_id: int) -> None:
    key = house_key()
    signed_at = datetime.now(UTC)
    root = frontier.root()
    statement = head_statement(size=frontier.size, last_fact_id=last_fact_id, root=root, signed_at=signed_at)
    TreeHead.objects.create(
        size=frontier.size,
        last_fact_id=last_fact_id,
        root=root,
        frontier=frontier.to_bytes(),
        signature=sign(key.private, statement),
        key_id=key.key_id,
        signed_at=signed_at,
    )
