"""A second process that takes matters in turn with the first: what one core does one after the other, two do at once.

It is started early, so that it is ready when there is something to do, and ends with the block or with its parent.
Nothing of Django is imported here before the child has made it ready.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, NoReturn

from redhouse.demo.source import MatterRow
from redhouse.kit.errors import SOFTWARE, HouseError
from redhouse.kit.postgres import home
from redhouse.kit.postgres.errors import explain_chain
from redhouse.kit.postgres.leash import die_with_parent

PATIENCE = 1.0  # seconds between two looks whether the other one still lives
Said = tuple[str, int] | bool  # a sentence that ends all, with its exit code; True: one matter more; False: all done


class Turns:
    """Whose turn it is to open the next matter; the two share it."""

    def __init__(self, context: SpawnContext) -> None:
        self.lock, self.place = context.Lock(), context.RawValue("i", 0)

    @contextmanager
    def next(self, lost: Callable[[], None] = lambda: None) -> Iterator[int]:
        """The place of the next matter, which nobody else opens before the block ends; `lost` is asked while it waits
        for the other one, and raises where that is gone."""
        while not self.lock.acquire(timeout=PATIENCE):
            lost()
        try:
            self.place.value += 1
            yield self.place.value - 1
        finally:
            self.lock.release()


class Helper:
    """The other process as the first one sees it."""

    def __init__(self, process: BaseProcess, pipe: "Connection[Any, Any]", turns: Turns) -> None:
        self.process, self.pipe, self.turns = process, pipe, turns

    def begin(self, rows: Sequence[MatterRow], today: date) -> None:
        self.pipe.send((rows, today))

    def next(self) -> AbstractContextManager[int]:
        """Our turn. Raises HouseError where the other one is gone while it was at it."""
        return self.turns.next(self._lost_if_dead)

    def finished(self, *, wait: bool = False) -> int:
        """How many matters it finished since we asked; `wait` until it has nothing more to do. Raises HouseError."""
        count = 0
        try:
            while wait or self.pipe.poll():
                said: Said = self.pipe.recv()
                if isinstance(said, tuple):
                    raise HouseError(*said)
                if not said:
                    break
                count += 1
        except EOFError:
            self._lost()
        return count

    def _lost_if_dead(self) -> None:
        if not self.process.is_alive():
            self._lost()

    def _lost(self) -> NoReturn:
        raise HouseError("演示镇没有建完：同时建事项的另一个进程中断了。请再运行一次，已建好的会保留。", SOFTWARE)


@contextmanager
def helper() -> Iterator[Helper]:
    # spawn, not fork: this process has threads and open connections, which a copy must not inherit
    context = get_context("spawn")
    turns = Turns(context)
    ours, theirs = context.Pipe()
    process = context.Process(target=_stand_by, args=(os.getpid(), theirs, turns), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Helper(process, ours, turns)
    finally:
        process.terminate()
        process.join()


def _stand_by(parent: int, pipe: "Connection[Any, Any]", turns: Turns) -> None:
    """Runs in the other process."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first one ends us
    import django

    django.setup()
    from redhouse.demo.matters.loading import take_matters
    from redhouse.ground.access.reach import everything

    try:
        rows, today = pipe.recv()
    except EOFError:
        return
    try:
        with everything():
            for _done in take_matters(rows, today, turns.next):
                pipe.send(True)
        pipe.send(False)
    except Exception as error:
        told = explain_chain(error, home())
        pipe.send((told.message, told.exit_code) if told else (traceback.format_exc(), SOFTWARE))
