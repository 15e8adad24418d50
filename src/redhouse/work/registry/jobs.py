"""Background work on workbooks. Both are safe to repeat: they ask the state of the import before they begin."""

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.work.registry import actions
from redhouse.work.registry.actions.imports import APPLY, CHECK

PASSING = (OperationalError, InterfaceError)  # the database was away; the import stands as it was
AGAIN = RetryStrategy(max_attempts=20, wait=3, retry_exceptions=PASSING)


@app.task(name=CHECK, retry=AGAIN)
def check_import(import_id: int) -> None:
    _run(actions.check_import, import_id)


@app.task(name=APPLY, retry=AGAIN)
def apply_import(import_id: int) -> None:
    _run(actions.apply_import, import_id)


def _run(work: "object", import_id: int) -> None:
    try:
        work(import_id)  # type: ignore[operator]
    except PASSING:
        raise
    except Exception:
        actions.fail_import(import_id)
        raise
    finally:
        connections.close_all()  # a job runs in a thread of its own
