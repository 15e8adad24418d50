"""(d) The first and the second `redhouse demo` after the dependencies are installed, and the peak memory of each
process, read from the kernel's own high-water marks."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Result, seconds

PORT = 8919
REDHOUSE = [sys.executable, "-m", "redhouse.cli"]


def measure() -> Iterator[Result]:
    peaks: dict[str, int] = {}
    load = seconds(lambda: _watch([*REDHOUSE, "demo", "--load-only"], peaks))
    second, serving = _until_open()
    rows = [
        ("first: data directory, migrations, town, log, figures", f"{load:.1f} s", "under 60 s"),
        ("second: until the sign-in page answers", f"{second:.2f} s", "under 5 s"),
    ]
    yield Result(
        title="(d) `make demo` after the dependencies are installed",
        about="Into an empty data directory on the embedded database.",
        head=("start", "time", "aim"),
        rows=rows,
        reached=f"First {load:.1f} s, second {second:.2f} s.",
    )
    yield Result(
        title="Peak memory of each process",
        about="Resident high-water mark (VmHWM) in MiB; what the server's processes share is counted in each.",
        head=("process", "while loading", "while serving"),
        rows=[
            (name, str(peaks.get(name, 0) // 1024 or "—"), str(serving.get(name, 0) // 1024 or "—"))
            for name in sorted(peaks | serving, key=lambda n: -max(peaks.get(n, 0), serving.get(n, 0)))
        ],
    )


def _watch(command: list[str], peaks: dict[str, int]) -> None:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        note_peaks(process.pid, peaks)
        time.sleep(0.1)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")


def _until_open() -> tuple[float, dict[str, int]]:
    peaks: dict[str, int] = {}
    started = time.perf_counter()
    process = subprocess.Popen([*REDHOUSE, "demo", "--port", str(PORT)], stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/account/login/", timeout=2) as page:
                    page.read()
                break
            except (urllib.error.URLError, OSError):
                if process.poll() is not None:
                    raise RuntimeError("redhouse demo ended before it opened") from None
                time.sleep(0.02)
        took = time.perf_counter() - started
        for _ in range(50):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/account/login/", timeout=5).read()
        note_peaks(process.pid, peaks)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return took, peaks


def note_peaks(root: int, peaks: dict[str, int]) -> None:
    """Kibibytes by process name, of `root` and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        if peak:
            name = _name(line, is_root=pid == root)
            peaks[name] = max(peaks.get(name, 0), int(peak.group(1)))


def _name(line: str, *, is_root: bool) -> str:
    if is_root:
        return "redhouse demo"
    if "redhouse.commands.worker" in line:
        return "worker"
    if "spawn_main" in line:
        return "web process"
    if line.startswith("postgres:"):
        kind = re.sub(r"^postgres: ([0-9a-f]{12}:? )?", "", line).strip()
        return "postgres: " + ("connection" if "redhouse" in kind else kind)
    return "postgres" if "postgres" in line else "other"


if os.name != "posix":
    raise SystemExit("this measurement reads /proc")
