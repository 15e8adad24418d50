"""The facts of the load go into the public log, and the planner learns what came in."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import connections

from redhouse.demo.helper import Helper
from redhouse.ground.ledger.jobs import sequence_all, sequence_by_batch
from redhouse.ground.ledger.queries import pending

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) as the work goes on."""


def publish(progress: Progress) -> None:
    """Put what waits into the public log."""
    total, done = pending(), 0

    def appended(count: int) -> None:
        nonlocal done
        done += count
        progress("写入公开日志", done, total)

    sequence_all(appended)


def publish_beside(helper: Helper, progress: Progress) -> None:
    """The same by the helper; meanwhile we do what the matters need: the planner knows what came in, and the addresses
    of the site are read, to which actions write links."""
    total, done = pending(), 0
    helper.begin(_published)
    tidy("VACUUM (ANALYZE)")
    import redhouse.config.urls  # noqa: F401

    for count in helper.told(wait=True):
        done += count
        progress("写入公开日志", done, total)


def _published(_turn: object) -> Iterator[int]:
    yield from sequence_by_batch()


def tidy(command: str) -> None:
    """Tell the planner what came in, so that the first answers are as quick as later ones."""
    tables = ", ".join(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"{command} {tables}")
