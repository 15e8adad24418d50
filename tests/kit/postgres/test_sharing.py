"""Commands of one house share one server: the first owns it, others visit, the owner waits for its guests."""

import pytest

from tests.kit.postgres.house import SECONDS, Drill, until

pytestmark = pytest.mark.drill

# Stays until the file of its first argument is there, or leaves at once; then for so many seconds more.
VISIT = """
import sys, time
from pathlib import Path
from redhouse.kit.postgres import attach_or_start, conninfo
import psycopg
with attach_or_start(what="answers") as server:
    with psycopg.connect(**conninfo("app")) as connection:
        print("owner" if server else "guest", flush=True)
        while len(sys.argv) > 1 and not Path(sys.argv[1]).exists():
            time.sleep(0.02)
        time.sleep(float(sys.argv[2]) if len(sys.argv) > 2 else 0)
        connection.execute("SELECT 1")
print("left", flush=True)
"""


def test_command_uses_the_server_that_runs_already(drill: Drill) -> None:
    drill.keep()
    assert drill.run("-c", VISIT).communicate(timeout=SECONDS)[0].split() == ["guest", "left"]
    assert drill.servers()


def test_command_alone_starts_a_server_and_stops_it(drill: Drill) -> None:
    assert drill.run("-c", VISIT).communicate(timeout=SECONDS)[0].split() == ["owner", "left"]
    assert drill.gone()


def test_owner_waits_for_its_guest(drill: Drill) -> None:
    go = drill.house.root / "go"
    owner = drill.run("-c", VISIT, str(go))
    assert owner.stdout is not None
    assert owner.stdout.readline() == "owner\n"
    guest = drill.run("-c", VISIT, str(go), "2")  # an owner that did not wait would have stopped the server by then
    assert guest.stdout is not None
    assert guest.stdout.readline() == "guest\n"
    go.touch()
    assert guest.communicate(timeout=SECONDS)[0].split() == ["left"]
    assert owner.communicate(timeout=SECONDS)[0].split() == ["left"]
    assert drill.gone()


def test_many_commands_at_once_on_a_new_house_make_one_server(drill: Drill) -> None:
    started = [drill.run("-c", VISIT) for _ in range(4)]
    roles = [process.communicate(timeout=SECONDS)[0].split() for process in started]
    assert [left for _, left in roles] == ["left"] * 4
    assert "owner" in {role for role, _ in roles}
    assert drill.gone()


def test_house_of_a_killed_owner_can_be_taken_at_once(drill: Drill) -> None:
    owner = drill.run("-c", VISIT, str(drill.house.root / "never"))
    assert owner.stdout is not None
    assert owner.stdout.readline() == "owner\n"
    owner.kill()
    assert drill.run("-c", VISIT).communicate(timeout=SECONDS)[0].split() == ["owner", "left"]
    until(drill.gone, "no orphan")
