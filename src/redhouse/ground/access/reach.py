"""The second wall: row-level security lets through only the rows within the reach set on the connection.

It stands behind the queries and catches their mistakes; it is no shield against somebody who holds the connection.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import TransactionStatus

EVERYTHING = "*"
BLOCKS = "redhouse_reach_blocks"  # kept on the connection
INERROR = TransactionStatus.INERROR
BEFORE = "current_setting('redhouse.reach', true), current_setting('redhouse.person', true), "


def set_reach(prefixes: Iterable[str] | str, *, person_id: int | None = None) -> None:
    """Open the wall on this connection for these division-code prefixes ('*': everything) and for one's own row."""
    connections[DEFAULT_DB_ALIAS].__dict__.pop(BLOCKS, None)
    _set(prefixes, person_id)


def _set(prefixes: Iterable[str] | str, person_id: int | None, before: str = "") -> tuple[Any, ...]:
    """One statement, which says what was set `before` where it is asked: columns are computed from left to right."""
    reach = prefixes if isinstance(prefixes, str) else ",".join(prefixes)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            f"SELECT {before}set_config('redhouse.reach', %s, false), set_config('redhouse.person', %s, false)",
            [reach, str(person_id or "")],
        )
        row: tuple[Any, ...] = cursor.fetchone()
    return row


@contextmanager
def use_reach(prefixes: Iterable[str] | str, *, person_id: int | None = None) -> Iterator[None]:
    """The same for a block; shut behind it, whatever happens. Blocks nest: the outer reach comes back."""
    blocks = _blocks()
    reach, person, *_now = _set(prefixes, person_id, BEFORE)
    blocks.append(prefixes)
    try:
        yield
    finally:
        blocks.pop()
        if not _broken():  # a transaction that cannot go on takes the reach that was set in it along
            _set(reach or "", int(person) if person else None)


def _blocks() -> list[Iterable[str] | str]:
    """What the blocks on this connection opened, the innermost last."""
    blocks: list[Iterable[str] | str] = connections[DEFAULT_DB_ALIAS].__dict__.setdefault(BLOCKS, [])
    return blocks


def _broken() -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    driver = connection.connection
    return connection.needs_rollback or (driver is not None and driver.info.transaction_status == INERROR)


def everything() -> AbstractContextManager[None]:
    """For commands and jobs, which act for the house itself; costs nothing inside a block that is open already."""
    return nullcontext() if _blocks()[-1:] == [EVERYTHING] else use_reach(EVERYTHING)
