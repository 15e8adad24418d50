"""A house of its own for each drill, driven from outside as a user drives it: processes, signals, SQL."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
import pytest

from redhouse.kit.postgres import House, conninfo
from redhouse.kit.postgres.processes import server_processes

ROOT = Path(__file__).parents[3]
KEEPER = Path(__file__).with_name("keep.py")
IS_ROOT = os.geteuid() == 0
SECONDS = 120.0  # that anything here may take on a busy machine


def cannot(why: str) -> None:
    """Skip loudly; where everything is required (CI), fail."""
    if os.environ.get("REDHOUSE_REQUIRE_ALL"):
        pytest.fail(f"needed here: {why}")
    pytest.skip(why)


def until(true: Callable[[], object], what: str, seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"still not: {what}"
        time.sleep(0.02)


@contextmanager
def folder(mode: int = 0o755) -> Iterator[Path]:
    """An empty folder that other users may enter, unlike pytest's; short enough for a socket."""
    path = Path(tempfile.mkdtemp(prefix="rh-", dir="/tmp"))
    path.chmod(mode)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Drill:
    """One data directory and what runs on it. `user` is who runs it: None for the user of the tests."""

    def __init__(self, root: Path, user: str | None = None) -> None:
        self.house = House(root)
        self.user = user
        self.python = _python_for(user) if user else sys.executable
        self.processes: list[subprocess.Popen[str]] = []

    def environment(self, **more: str) -> dict[str, str]:
        mine = {k: v for k, v in os.environ.items() if not k.startswith(("REDHOUSE", "PG", "XDG", "DJANGO"))}
        mine.pop("DATABASE_URL", None)
        packages = [path for path in sys.path if path.endswith("site-packages")]
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT), *packages])
        return {
            **mine,
            "PYTHONPATH": paths,
            "REDHOUSE_HOME": str(self.house.root),
            "PYTHONDONTWRITEBYTECODE": "1",
            **more,
        }

    def run(self, *arguments: str, errors: int | IO[str] = subprocess.PIPE, **more: str) -> "subprocess.Popen[str]":
        """Start python with these arguments, as the drill's user. `more` goes into its environment."""
        entry = pwd.getpwnam(self.user) if self.user else None
        who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []} if entry else {}
        process = subprocess.Popen(
            [self.python, *arguments],
            env=self.environment(**more),
            cwd="/",
            text=True,
            stdout=subprocess.PIPE,
            stderr=errors,
            **who,  # type: ignore[call-overload]
        )
        self.processes.append(process)
        return process

    def keep(self, **more: str) -> "subprocess.Popen[str]":
        """Start a process that owns the server and stays; returns once the server works."""
        process = self.run(str(KEEPER), **more)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("ready"), (line, *process.communicate())
        return process

    def connect(self, role: str = "super", database: str | None = None) -> psycopg.Connection[tuple[object, ...]]:
        params = conninfo(role, database=database) | {"host": str(self.house.sockets)}
        return psycopg.connect(**params, autocommit=True)

    def servers(self) -> list[int]:
        return server_processes(f"redhouse-{self.house.tag}")

    def postmaster(self) -> int:
        return int((self.house.pgdata / "postmaster.pid").read_text().split("\n")[0])

    def gone(self) -> bool:
        return not self.servers()

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=SECONDS)
        until(self.gone, "server processes gone")


@contextmanager
def small_disk(size: str) -> Iterator[Drill]:
    """A drill on a small disk of its own. Only root can have one; skips elsewhere."""
    with folder() as path:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(path)]
        if not IS_ROOT or subprocess.run(mount, capture_output=True, check=False).returncode:
            cannot("root that may mount a tmpfs")
        drill = Drill(path)
        try:
            yield drill
        finally:
            drill.end()
            subprocess.run(["umount", "-l", str(path)], check=True)


class Writer(threading.Thread):
    """Writes numbers, one commit each, and remembers those that the server acknowledged; comes back when cut off."""

    def __init__(self, drill: Drill, first: int) -> None:
        super().__init__(daemon=True)
        self.drill, self.next = drill, first
        self.acknowledged: list[int] = []
        self.ending = threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ending.is_set():
            try:
                with self.drill.connect("app") as connection:
                    while not self.ending.is_set():
                        self.next += 1
                        connection.execute("INSERT INTO drill VALUES (%s)", [self.next])
                        self.acknowledged.append(self.next)
            except psycopg.OperationalError:
                self.ending.wait(0.01)

    def end(self) -> list[int]:
        self.ending.set()
        self.join(SECONDS)
        return self.acknowledged


def make_table(drill: Drill) -> None:
    with drill.connect("owner") as connection:
        connection.execute("CREATE TABLE drill (number bigint PRIMARY KEY)")


def numbers(drill: Drill) -> set[object]:
    with drill.connect("app") as connection:
        return {number for (number,) in connection.execute("SELECT number FROM drill")}


def _python_for(user: str) -> str:
    """A Python of our version that `user` may run with our packages; the tests' own may lie in a closed home."""
    entry = pwd.getpwnam(user)
    packages = [path for path in sys.path if path.endswith("site-packages")]
    show = "import sys, psycopg, granian; print(*sys.version_info[:2])"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            shown = subprocess.run(
                [python, "-c", show],
                env={"PYTHONPATH": os.pathsep.join(packages)},
                user=entry.pw_uid,
                group=entry.pw_gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        except (OSError, subprocess.CalledProcessError):
            continue
        if shown.split() == [str(part) for part in sys.version_info[:2]]:
            return python
    cannot(f"a Python {sys.version_info[0]}.{sys.version_info[1]} that the user {user} may run")
    raise AssertionError
