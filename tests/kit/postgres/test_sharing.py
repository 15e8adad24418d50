"""Commands of one house share one server: the first owns it, others visit, the owner waits for its guests."""

import time

import pytest

from tests.kit.postgres.house import Drill, until

pytestmark = pytest.mark.drill

VISIT = """
import sys, time
from redhouse.kit.postgres import attach_or_start, conninfo
import psycopg
with attach_or_start(what="answers") as server:
    with psycopg.connect(**conninfo("app")) as connection:
        print("owner" if server else "guest", flush=True)
        time.sleep(float(sys.argv[1]))
        connection.execute("SELECT 1")
print("left", flush=True)
"""


def test_command_uses_the_server_that_runs_already(drill: Drill) -> None:
    drill.keep()
    assert drill.run("-c", VISIT, "0").communicate(timeout=30)[0].split() == ["guest", "left"]
    assert drill.servers()


def test_command_alone_starts_a_server_and_stops_it(drill: Drill) -> None:
    assert drill.run("-c", VISIT, "0").communicate(timeout=30)[0].split() == ["owner", "left"]
    assert drill.gone()


def test_owner_waits_for_its_guest(drill: Drill) -> None:
    owner = drill.run("-c", VISIT, "5")  # long enough for the guest to come, on a busy machine too
    assert owner.stdout is not None
    assert owner.stdout.readline() == "owner\n"
    guest = drill.run("-c", VISIT, "8")
    assert guest.communicate(timeout=30)[0].split() == ["guest", "left"]
    assert owner.communicate(timeout=30)[0].split() == ["left"]
    assert drill.gone()


def test_many_commands_at_once_on_a_new_house_make_one_server(drill: Drill) -> None:
    started = [drill.run("-c", VISIT, "0.3") for _ in range(4)]
    roles = [process.communicate(timeout=60)[0].split() for process in started]
    assert [left for _, left in roles] == ["left"] * 4
    assert "owner" in {role for role, _ in roles}
    assert drill.gone()


def test_house_of_a_killed_owner_can_be_taken_at_once(drill: Drill) -> None:
    owner = drill.run("-c", VISIT, "60")
    assert owner.stdout is not None
    assert owner.stdout.readline() == "owner\n"
    owner.kill()
    begun = time.monotonic()
    assert drill.run("-c", VISIT, "0").communicate(timeout=30)[0].split() == ["owner", "left"]
    assert time.monotonic() - begun < 20
    until(drill.gone, "no orphan")
