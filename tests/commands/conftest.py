"""A house for each test, driven through the `redhouse` command as its user drives it."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.postgres.house import SECONDS, Drill, folder

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # a run under nohup hands its deafness down to every child

SCENE = Path(__file__).with_name("scene.py")


class Commanded(Drill):
    """A drill that knows the command line."""

    def redhouse(self, *arguments: str, **more: str) -> tuple[int, str, str]:
        """Run a command to its end: exit code, output, errors."""
        process = self.run("-m", "redhouse.cli", *arguments, **more)
        out, err = process.communicate(timeout=4 * SECONDS)
        return process.returncode, out, err

    def fill(self, facts: int) -> None:
        out, err = (process := self.run(str(SCENE), str(facts))).communicate(timeout=4 * SECONDS)
        assert process.returncode == 0, out + err


@pytest.fixture(scope="session")
def furnished() -> Iterator[Path]:
    """A migrated house without facts, made once; each test's house is a copy of it."""
    with folder() as root:
        house = Commanded(root)
        house.fill(0)
        house.end()
        yield root


@pytest.fixture
def house(furnished: Path) -> Iterator[Commanded]:
    """A migrated house."""
    with folder() as root:
        subprocess.run(["cp", "-a", f"{furnished}/.", str(root)], check=True)
        house = Commanded(root)
        yield house
        house.end()


@pytest.fixture
def empty_house() -> Iterator[Commanded]:
    """Only a folder."""
    with folder() as root:
        house = Commanded(root)
        yield house
        house.end()
