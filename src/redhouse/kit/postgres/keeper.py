"""Keeping one child process alive: start it, wait until it works, start it again when it dies, within bounds."""

import contextlib
import subprocess
import threading
import time
from collections.abc import Callable, Sequence

from redhouse.kit.errors import HouseError

WINDOW = 60.0  # seconds
BACKOFF = (0.05, 0.25, 1.0, 2.0, 4.0)  # seconds to wait after the first, second, … death in a window; then we give up


class Keeper:
    """Keeps the process that `spawn` starts and `settle` waits for.

    Both run in the keeper's own thread, which lives as long as this process: the kernel ties a leashed child to the
    thread that started it. `spawn` must start the child in a session of its own, so that Ctrl-C in a terminal reaches
    us alone and we stop things in order. `signals` end the child, one after the other, `patience` seconds apart.
    `on_loss` is told when the keeper gives up.
    """

    def __init__(
        self,
        name: str,
        spawn: Callable[[], "subprocess.Popen[bytes]"],
        *,
        signals: Sequence[int],
        patience: float,
        settle: Callable[["subprocess.Popen[bytes]"], None] = lambda _: None,
        on_loss: Callable[[HouseError], None] = lambda _: None,
        backoff: Sequence[float] = BACKOFF,
    ) -> None:
        self.name, self._spawn, self._settle, self._on_loss = name, spawn, settle, on_loss
        self._signals, self._patience, self._backoff = signals, patience, backoff
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._settled = threading.Event()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._keep, name=f"keeper of {name}", daemon=True)

    def start(self) -> None:
        """Start the child; returns when it works, raises what `spawn` or `settle` raised."""
        self._thread.start()
        self._settled.wait()
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """End the child with the first signal, after `patience` seconds with the next, and so on. A child that was
        never started never will be."""
        with self._lock:
            self._stopping.set()
            process = self.process
        self._end(process)
        if self._thread.ident is not None:
            self._thread.join(self._patience)

    def _end(self, process: "subprocess.Popen[bytes] | None") -> None:
        for number in self._signals:
            if process is None or process.poll() is not None:
                return
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(self._patience)

    def _keep(self) -> None:
        deaths: list[float] = []
        while True:
            try:
                with self._lock:
                    if self._stopping.is_set():
                        return
                    self.process = self._spawn()
                self._settle(self.process)
                self._settled.set()
                self.process.wait()
                error: Exception = HouseError(f"{self.name}反复停止，已放弃重启。")
            except Exception as problem:  # whatever it is, start() must not wait for ever
                error = problem
                self._end(self.process)
            if self._stopping.is_set():
                return
            if not self._settled.is_set():
                self._error = error
                self._settled.set()
                return
            deaths = [at for at in deaths if at > time.monotonic() - WINDOW] + [time.monotonic()]
            if len(deaths) > len(self._backoff):
                self._on_loss(error if isinstance(error, HouseError) else HouseError(str(error)))
                return
            self._stopping.wait(self._backoff[len(deaths) - 1])
            self.restarts += 1
