"""Who holds the house: one owner that runs the server, and any number of guests that use it meanwhile."""

import fcntl
import json
import os
import time
from typing import Any

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
        self._owner = handle
        self._write({"pid": os.getpid(), "what": what, "ready": False})

    def announce(self) -> None:
        """Say, as the owner, that the house is prepared: guests may come."""
        self._write({**_holder(self.house), "ready": True})

    def announced(self) -> bool:
        """Whether the present owner has prepared the house."""
        return bool(_holder(self.house).get("ready"))

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

    def _write(self, holder: dict[str, Any]) -> None:
        assert self._owner is not None
        os.ftruncate(self._owner, 0)
        os.pwrite(self._owner, json.dumps(holder).encode(), 0)

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


def _holder(house: House) -> dict[str, Any]:
    """What the owner wrote about itself; nothing while it is writing."""
    try:
        written: dict[str, Any] = json.loads((house.root / "owner.lock").read_text())
    except (OSError, ValueError):
        return {}
    return written


def _who_has(house: House) -> str:
    holder = _holder(house)
    who = f"进程 {holder['pid']}（redhouse {holder['what']}）" if holder else "另一个进程"
    return f"数据目录 {house.root} 正由{who}使用，不能再启动一个服务器。请先停止它，或用 REDHOUSE_HOME 另指一个目录。"
