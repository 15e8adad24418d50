"""A child on the leash dies with its parent; a kept one is started again."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from redhouse.kit.errors import HouseError
from redhouse.kit.postgres.keeper import Keeper
from redhouse.kit.postgres.leash import leashed
from tests.kit.postgres.house import SECONDS, until

ENDING: dict[str, Any] = {"signals": [signal.SIGTERM], "patience": SECONDS}
PARENT = """
import os, subprocess, sys, time
from redhouse.kit.postgres.leash import leashed
child = subprocess.Popen(leashed(["/bin/sleep", "3600"], with_signal=15, uid=os.getuid(), gid=os.getgid()))
print(child.pid, flush=True)
time.sleep(3600)
"""


def runs(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def sleeper(seconds: str = "3600") -> "subprocess.Popen[bytes]":
    command = leashed(["/bin/sleep", seconds], with_signal=signal.SIGTERM, uid=os.getuid(), gid=os.getgid())
    return subprocess.Popen(command, start_new_session=True)


@pytest.mark.drill
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_killed_parent_takes_its_child_along() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    until(lambda: Path(f"/proc/{child}/cmdline").read_bytes().startswith(b"/bin/sleep"), "the command runs")
    parent.kill()
    parent.communicate()
    until(lambda: not runs(child), "the child is gone")


def test_killed_child_is_started_again_and_stop_ends_it() -> None:
    keeper = Keeper("眠者", sleeper, **ENDING)
    keeper.start()
    assert keeper.process is not None
    first = keeper.process
    first.kill()
    until(lambda: keeper.process is not first, "a second child")
    keeper.stop()
    assert keeper.process.poll() is not None
    assert keeper.restarts == 1


def test_child_that_never_settles_is_the_caller_s_error() -> None:
    def settle(process: "subprocess.Popen[bytes]") -> None:
        raise HouseError("没有起来")

    with pytest.raises(HouseError, match="没有起来"):
        Keeper("眠者", sleeper, settle=settle, **ENDING).start()


def test_child_that_dies_again_and_again_is_given_up() -> None:
    lost = threading.Event()
    keeper = Keeper("眠者", lambda: sleeper("0"), on_loss=lambda _: lost.set(), backoff=[0, 0], **ENDING)
    keeper.start()
    assert lost.wait(SECONDS)
    assert keeper.restarts == 2
