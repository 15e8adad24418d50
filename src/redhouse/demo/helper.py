"""A second process: what one core does one after the other, two do at once.

It is started early, so that it is ready when there is something to do, and ends with the block or with its parent.
Nothing of Django is imported here before the child has made it ready.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, NoReturn

from redhouse.kit.errors import SOFTWARE, HouseError
from redhouse.kit.postgres import home
from redhouse.kit.postgres.errors import explain_chain
from redhouse.kit.postgres.leash import die_with_parent

PATIENCE = 1.0  # seconds between two looks whether the other one still lives
Said = tuple[str, int] | int | None  # a sentence that ends all, with its exit code; how much more; the end of the work


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
    """The other process as the first one sees it: it does one piece of work after another and tells how far it is."""

    def __init__(self, process: BaseProcess, pipe: "Connection[Any, Any]", turns: Turns) -> None:
        self.process, self.pipe, self.turns = process, pipe, turns

    def begin(self, work: Callable[..., Iterator[int]], *args: object) -> None:
        """Have it run `work(next_turn, *args)`, of which each yield is told. Raises HouseError where it is gone."""
        try:
            self.pipe.send((work, args))
        except OSError:
            self._lost()

    def next(self) -> AbstractContextManager[int]:
        """Our turn. Raises HouseError where the other one is gone while it was at it."""
        return self.turns.next(self._lost_if_dead)

    def told(self, *, wait: bool = False) -> Iterator[int]:
        """What it told since we asked; `wait` until the work is done. Raises HouseError where that failed."""
        try:
            while wait or self.pipe.poll():
                said: Said = self.pipe.recv()
                if isinstance(said, tuple):
                    raise HouseError(*said)
                if said is None:
                    break
                yield said
        except EOFError:
            self._lost()

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
    try:
        import django

        django.setup()
        _work_off(pipe, turns)
    except Exception as error:
        told = explain_chain(error, home())
        pipe.send((told.message, told.exit_code) if told else (traceback.format_exc(), SOFTWARE))


def _work_off(pipe: "Connection[Any, Any]", turns: Turns) -> None:
    import redhouse.config.urls  # noqa: F401  # as long as there is nothing to do: actions write links

    with suppress(EOFError):
        while True:
            work, args = pipe.recv()
            for told in work(turns.next, *args):
                pipe.send(told)
            pipe.send(None)
