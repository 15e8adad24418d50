"""A house for each test, driven through the `redhouse` command as its user drives it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.postgres.house import SECONDS, Drill, folder

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


@pytest.fixture
def house() -> Iterator[Commanded]:
    with folder() as root:
        house = Commanded(root)
        yield house
        house.end()


@pytest.fixture
def other_house() -> Iterator[Commanded]:
    """A second, empty one: to restore into."""
    with folder() as root:
        house = Commanded(root)
        yield house
        house.end()
