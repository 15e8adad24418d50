"""Progress bars of the commands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


@contextmanager
def bytes_bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar over `total` bytes; the block tells it how many more were handled."""
    with _bar(label, total, DownloadColumn()) as (bar, task):
        yield lambda handled: bar.advance(task, handled)


@contextmanager
def count_bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar over `total` things; the block tells it how many are done by now."""
    with _bar(label, total, MofNCompleteColumn()) as (bar, task):
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def _bar(label: str, total: int, shown: ProgressColumn) -> Iterator[tuple[Progress, TaskID]]:
    """On standard error, and only where somebody looks on."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), shown, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar, bar.add_task(label, total=total)
