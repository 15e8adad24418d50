"""`redhouse serve`: kill any of its processes and it comes back; kill it and nothing is left."""

import os
import re
import signal
import socket
import sys
import urllib.request
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.commands.conftest import Commanded
from tests.kit.postgres.house import SECONDS, until

pytestmark = [pytest.mark.drill, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

RECORD = Path(__file__).with_name("record.py")


class Serving:
    """A house that serves, and its processes by what they do."""

    def __init__(self, house: Commanded, *options: str, **more: str) -> None:
        self.house = house
        self.log = house.house.root / "serve.log"  # a file, since nobody would empty a pipe
        with self.log.open("w") as log:
            self.main = house.run("-u", "-m", "redhouse.cli", "serve", "--port", "0", *options, errors=log, **more)
        assert self.main.stdout is not None
        said = ""
        for line in self.main.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                break
        else:
            raise AssertionError(said + self.log.read_text())
        until(self.answers, "the house answers")
        if "--no-worker" not in options:
            until(self.worker, "the worker runs")

    def children(self, mark: str) -> set[int]:
        """Living children of the main process whose command line has `mark`."""
        return {pid for pid, parent, line in processes() if parent == self.main.pid and mark in line}

    def worker(self) -> set[int]:
        return self.children("redhouse.commands.worker")

    def web(self) -> set[int]:
        return self.children("spawn_main")

    def answers(self) -> bool:
        """Whether a page that needs the database comes."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=20) as page:
                return bool(page.status == 200)
        except (HTTPException, OSError):
            return False


def processes() -> list[tuple[int, int, str]]:
    """Number, parent and command line of every process that is not a zombie."""
    found = []
    for place in Path("/proc").iterdir():
        try:
            if place.name.isdigit() and (
                line := (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            ):
                parent = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
                found.append((int(place.name), parent, line))
        except OSError:
            continue
    return found


def alive(pids: set[int]) -> set[int]:
    return pids & {pid for pid, _, _ in processes()}


def logged(house: Commanded) -> int:
    with house.connect() as connection:
        row = connection.execute("SELECT coalesce(max(size), 0) FROM ledger_treehead").fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.fixture
def serving(house: Commanded) -> Serving:
    return Serving(house, "--workers", "1")


def test_whatever_is_killed_comes_back_and_nothing_recorded_is_lost(serving: Serving) -> None:
    house, total = serving.house, 0
    for kill in (serving.worker, serving.web, lambda: {house.postmaster()}):
        victims = kill()
        assert len(victims) == 1
        os.kill(victims.copy().pop(), signal.SIGKILL)
        until(lambda victims=victims, kill=kill: not alive(victims) and serving.answers() and kill(), "back again")
        out, err = (process := house.run(str(RECORD), "10")).communicate(timeout=SECONDS)
        assert process.returncode == 0, out + err
        total += 10
        until(lambda total=total: logged(house) == total, "the worker logs what was recorded")
    assert serving.main.poll() is None


def test_killed_main_process_leaves_no_orphan(serving: Serving) -> None:
    everything = serving.worker() | serving.web() | set(serving.house.servers()) | {serving.house.postmaster()}
    assert len(everything) > 5
    serving.main.kill()
    until(lambda: not alive(everything), "all gone")
    Serving(serving.house, "--workers", "1")  # opens again


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_stops_everything_in_order(serving: Serving, how: signal.Signals) -> None:
    everything = serving.worker() | serving.web() | set(serving.house.servers())
    serving.main.send_signal(how)
    assert serving.main.wait(SECONDS) == 0
    assert serving.log.read_text() == ""
    assert not alive(everything)


def test_without_worker_nothing_is_logged_here(house: Commanded) -> None:
    serving = Serving(house, "--no-worker", "--workers", "1")
    assert not serving.worker()
    worker = house.run("-m", "redhouse.cli", "worker")
    house.run(str(RECORD), "3").communicate(timeout=SECONDS)
    until(lambda: logged(house) == 3, "a worker of its own logs")
    worker.terminate()
    assert worker.communicate(timeout=SECONDS)[1] == ""
    assert worker.returncode == 0


def test_second_serve_and_taken_port_are_refused_before_anything_starts(serving: Serving) -> None:
    house = serving.house
    code, out, err = house.redhouse("serve", "--port", str(serving.port))
    assert (code, out) == (75, "")
    assert err.strip() == f"错误：端口 {serving.port} 已被别的程序占用。请停止它，或用 --port 另选一个端口。"
    code, out, err = house.redhouse("serve", "--port", "0")
    assert (code, out) == (75, "")
    assert f"正由进程 {serving.main.pid}（redhouse serve）使用" in err


def test_taken_port_is_refused_on_a_house_that_does_not_exist_yet(empty_house: Commanded) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        assert empty_house.redhouse("serve", "--port", str(door.getsockname()[1]))[0] == 75
    assert not list(empty_house.house.root.iterdir())


@pytest.mark.parametrize("host", ["no-such-house.invalid", "203.0.113.1"])
def test_address_that_is_not_ours_is_refused(empty_house: Commanded, host: str) -> None:
    assert empty_house.redhouse("serve", "--host", host)[0] == 78
    assert not list(empty_house.house.root.iterdir())
