"""How background work on files and workbooks is run in every room: tried again while the database is away, else given
up in words. Such work is safe to repeat: it asks the state of its row before it begins."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy

PASSING = (OperationalError, InterfaceError)  # the database was away; the row stands as it was
AGAIN = RetryStrategy(max_attempts=20, wait=3, retry_exceptions=PASSING)


def run(work: Callable[[], object], give_up: Callable[[], object]) -> None:
    """Raises what `work` raises, and gives up first where trying again would not help."""
    try:
        work()
    except PASSING:
        raise
    except Exception:
        give_up()
        raise
    finally:
        connections.close_all()  # a job runs in a thread of its own
