"""The embedded server: started, watched, stopped; shared with other commands of the same house."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from redhouse.kit.errors import HouseError
from redhouse.kit.postgres.bootstrap import bootstrap, bootstrap_external
from redhouse.kit.postgres.cluster import Cluster
from redhouse.kit.postgres.errors import HouseBusy, explain, explain_os
from redhouse.kit.postgres.home import House, home
from redhouse.kit.postgres.keeper import Keeper
from redhouse.kit.postgres.lock import HouseLock
from redhouse.kit.postgres.processes import clear_leftovers
from redhouse.kit.postgres.url import external_address

RECOVERY = 300.0  # seconds: after a crash the server replays its journal before it accepts
STOP = 30.0  # seconds for each of: fast shutdown, immediate shutdown, kill
GUESTS = 60.0  # seconds that an ending command waits for others that use its server
LOG_LIMIT = 8 << 20  # bytes


class Server:
    """The server of one house, owned by this process. `start` once, `stop` once."""

    def __init__(
        self, house: House | None = None, *, what: str = "", on_loss: Callable[[HouseError], None] = lambda _: None
    ) -> None:
        self.house = house or House(home())
        self.lock = HouseLock(self.house)
        self._what = what
        self._on_loss = on_loss
        self._keeper: Keeper | None = None
        self._log_start = 0
        self.cluster: Cluster | None = None

    @property
    def log_file(self) -> Path:
        return self.house.log / "postgres.log"

    @property
    def pid(self) -> int | None:
        """Process number of the postmaster while this process keeps one."""
        return self._keeper.process.pid if self._keeper and self._keeper.process else None

    def start(self) -> None:
        """Take the house, make its data directory where missing, start the server, create roles and database.

        Raises HouseBusy, OtherMajor, HouseReadOnly, DiskFull, ServerFailed or BinariesMissing.
        """
        self.house.make()
        self.lock.own(self._what)
        try:
            self.cluster = Cluster(self.house)
            self.cluster.ensure()
            self._keeper = Keeper(
                "内嵌数据库",
                self._spawn,
                signals=[signal.SIGINT, signal.SIGQUIT, signal.SIGKILL],  # fast, immediate, kill
                patience=STOP,
                settle=self._settle,
                on_loss=self._on_loss,
            )
            self._keeper.start()
            bootstrap()
            self.lock.announce()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shut down fast (clients are cut off, nothing committed is lost) and leave the house."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        self.lock.release()

    def _spawn(self) -> "subprocess.Popen[bytes]":
        assert self.cluster is not None
        try:
            clear_leftovers(self.cluster)
            if self.log_file.exists() and self.log_file.stat().st_size > LOG_LIMIT:
                self.log_file.replace(self.log_file.with_suffix(".log.1"))
            with open(self.log_file, "ab") as log:
                self._log_start = log.tell()
                return subprocess.Popen(
                    self.cluster.command(),
                    env=self.cluster.environment(),
                    cwd=self.house.database.resolve(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        except OSError as error:
            raise explain_os(error, self.house.database) from error

    def _settle(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait until the server accepts connections; say why when it does not come up."""
        deadline = time.monotonic() + RECOVERY
        while not is_ready(self.house):
            if process.poll() is not None or time.monotonic() > deadline:
                raise explain(self._said(), self.house.database)
            time.sleep(0.02)

    def _said(self) -> str:
        with open(self.log_file, "rb") as log:
            log.seek(self._log_start)
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join([line for line in lines if "FATAL" in line or "PANIC" in line] or lines)


def is_ready(house: House) -> bool:
    """Whether a server of this house accepts connections, as its pid file says (line 8)."""
    try:
        lines = (house.pgdata / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
    except (FileNotFoundError, IndexError, ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass  # alive, and another user's
    return len(lines) >= 8 and lines[7].strip() == "ready"


@contextmanager
def attach_or_start(*, what: str) -> Iterator[Server | None]:
    """Have a prepared database for the length of the block, whoever runs it.

    Starts the embedded server, or uses the one that another command of this house runs already, or the external one
    of DATABASE_URL. Yields the Server when this process owns it, else None. `what` is the command's name, shown to
    whoever finds the house taken. At the end of the block an owner waits for its guests, then stops the server.
    """
    if external_address():
        bootstrap_external()
        yield None
        return
    server = Server(what=what)
    guest = _own_or_visit(server)
    if guest:
        try:
            yield None
        finally:
            guest.release()
        return
    try:
        yield server
    finally:
        try:
            server.lock.see_guests_off(GUESTS)
        finally:
            server.stop()


def _own_or_visit(server: Server) -> HouseLock | None:
    """Start `server`; where the house is taken, wait for its server instead and return the guest's lock."""
    deadline = time.monotonic() + RECOVERY
    while True:
        try:
            server.start()
            return None
        except HouseBusy:
            if time.monotonic() > deadline:
                raise
        guest = HouseLock(server.house)
        if guest.visit():
            if guest.announced() and is_ready(server.house):
                return guest
            guest.release()
        time.sleep(0.05)
