"""The drills' house, as root and as an ordinary user where root runs the tests."""

import os
import pwd
from collections.abc import Iterator

import pytest

from tests.kit.postgres.house import IS_ROOT, Drill, folder


@pytest.fixture
def drill() -> Iterator[Drill]:
    with folder() as root:
        drill = Drill(root)
        yield drill
        drill.end()


@pytest.fixture(params=["own user", "ordinary user"])
def anyones(request: pytest.FixtureRequest) -> Iterator[Drill]:
    """The drill as the user of the tests and, where that is root, as an ordinary user too."""
    user = None
    if request.param == "ordinary user":
        if not IS_ROOT:
            pytest.skip("the tests run as an ordinary user already")
        user = "nobody"
    with folder() as root:
        if user:
            entry = pwd.getpwnam(user)
            os.chown(root, entry.pw_uid, entry.pw_gid)
        drill = Drill(root, user)
        yield drill
        drill.end()
