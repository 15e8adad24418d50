"""Finding what is left of a server whose parent or postmaster was killed."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from redhouse.kit.postgres.cluster import Cluster
from redhouse.kit.postgres.errors import HouseBusy, ServerFailed
from redhouse.kit.postgres.params import PORT

PATIENCE = 120.0  # seconds for a fast shutdown, which writes a checkpoint: on a slow disk a large one


def server_processes(title: str) -> list[int]:
    """Process numbers of every server process whose command line or title carries `title`."""
    return [pid for pid, line in _command_lines() if title in line and _is_server(line)]


def clear_leftovers(cluster: Cluster) -> None:
    """Make sure that nothing of an earlier server still touches the data. Call it holding the house's lock.

    An orphaned postmaster (its parent was killed) is shut down fast; processes without a postmaster (it was killed)
    are told to leave at once, which loses nothing, since recovery follows. Their pid files, which would keep a new
    server from starting, are removed. Raises HouseBusy for a server that somebody else started.
    """
    pid_file = cluster.house.pgdata / "postmaster.pid"
    deadline = time.monotonic() + PATIENCE
    while left := server_processes(cluster.title):
        postmaster = _pid_in(pid_file)
        for pid in left:
            if postmaster not in left:
                _tell(pid, signal.SIGQUIT)
            elif pid == postmaster:
                _tell(pid, signal.SIGINT)
        if time.monotonic() > deadline:
            raise ServerFailed(f"上一次的数据库进程 {left} 还没有结束（{cluster.house.root}）。请稍候再试。")
        time.sleep(0.05)
    stranger = _pid_in(pid_file)
    if stranger and _is_server(dict(_command_lines()).get(stranger, "")):
        raise HouseBusy(f"另一个 PostgreSQL（进程 {stranger}）正在使用 {cluster.house.pgdata}。请先停止它。")
    for left_behind in (pid_file, cluster.house.sockets / f".s.PGSQL.{PORT}.lock"):
        left_behind.unlink(missing_ok=True)  # the number in it may belong to a stranger or to a zombie by now


def _pid_in(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_server(line: str) -> bool:
    return line.startswith("postgres:") or bool(re.search(r"(^|/)postgres -D ", line))


def _tell(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _command_lines() -> list[tuple[int, str]]:
    if sys.platform == "linux":
        return [(int(p.name), _read(p / "cmdline")) for p in Path("/proc").iterdir() if p.name.isdigit()]
    listed = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=True).stdout
    return [(int(pid), line) for pid, _, line in (row.strip().partition(" ") for row in listed.splitlines())]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""  # it ended meanwhile
