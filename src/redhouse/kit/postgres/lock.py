"""Who holds the house: one owner that runs the server, and any number of guests that use it meanwhile."""

import fcntl
import json
import os
import time
from pathlib import Path

from redhouse.kit.postgres.errors import HouseBusy, explain_os
from redhouse.kit.postgres.home import House


class HouseLock:
    """The owner's lock and, apart from it, the guests'. The kernel releases both however their holder ends."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._owner: int | None = None
        self._guests: int | None = None

    def own(self, what: str) -> None:
        """Become the owner. Raises HouseBusy naming the present one."""
        handle = self._open("owner.lock")
        if not _flock(handle, fcntl.LOCK_EX):
            os.close(handle)
            raise HouseBusy(_who_has(self.house))
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "what": what}).encode(), 0)
        self._owner = handle

    def visit(self) -> bool:
        """Become a guest: an owner that runs one command waits for its guests before it stops the server."""
        handle = self._open("guests.lock")
        if not _flock(handle, fcntl.LOCK_SH):
            os.close(handle)
            return False
        self._guests = handle
        return True

    def see_guests_off(self, patience: float) -> None:
        """Let no new guest in and wait until the last has left, for `patience` seconds at most."""
        handle = self._open("guests.lock")
        deadline = time.monotonic() + patience
        while not _flock(handle, fcntl.LOCK_EX) and time.monotonic() < deadline:
            time.sleep(0.05)
        self._guests = handle

    def release(self) -> None:
        for handle in (self._guests, self._owner):
            if handle is not None:
                os.close(handle)
        self._guests = self._owner = None

    def _open(self, name: str) -> int:
        try:
            return os.open(self.house.root / name, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise explain_os(error, self.house.root) from error


def _flock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _who_has(house: House) -> str:
    try:
        holder = json.loads(Path(house.root / "owner.lock").read_text())
        who = f"进程 {holder['pid']}（redhouse {holder['what']}）"
    except (OSError, ValueError, KeyError):
        who = "另一个进程"  # it has the lock and has not written its name yet
    return f"数据目录 {house.root} 正由{who}使用，不能再启动一个服务器。请先停止它，或用 REDHOUSE_HOME 另指一个目录。"
