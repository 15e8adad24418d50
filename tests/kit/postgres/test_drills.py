"""Kill anything at any moment: nothing acknowledged is lost, nothing is left running."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.kit.postgres.house import KEEPER, SECONDS, Drill, Writer, folder, make_table, numbers, until

pytestmark = pytest.mark.drill


def test_second_start_reuses_the_data_and_stop_leaves_nothing(anyones: Drill) -> None:
    first = anyones.keep()
    make_table(anyones)
    with anyones.connect("app") as connection:
        connection.execute("INSERT INTO drill VALUES (7)")
    first.terminate()
    assert first.wait(SECONDS) == 0
    assert anyones.gone()
    anyones.keep()
    assert numbers(anyones) == {7}


def test_killing_the_parent_loses_nothing_and_leaves_no_orphan(drill: Drill) -> None:
    drill.keep()
    make_table(drill)
    writer = Writer(drill, 0)
    for _ in range(3):
        before = len(writer.acknowledged)
        until(lambda before=before: len(writer.acknowledged) > before + 50, "writes under way")
        drill.processes[-1].kill()
        if _ == 1:  # once, wait until the orphaned server is gone; else the next owner meets it still shutting down
            until(drill.gone, "no orphan")
        drill.keep()
    acknowledged = writer.end()
    assert set(acknowledged) <= numbers(drill)
    drill.processes[-1].kill()
    until(drill.gone, "no orphan")


def test_killing_the_postmaster_brings_a_new_one_under_the_same_parent(drill: Drill) -> None:
    parent = drill.keep()
    make_table(drill)
    writer = Writer(drill, 0)
    for _ in range(3):
        before, old = len(writer.acknowledged), set(drill.servers())
        os.kill(drill.postmaster(), signal.SIGKILL)
        until(lambda before=before: len(writer.acknowledged) > before + 50, "writes again")
        assert not old & set(drill.servers())
    assert set(writer.end()) <= numbers(drill)
    assert parent.poll() is None


def test_killing_parent_and_postmaster_together_leaves_a_house_that_starts(drill: Drill) -> None:
    parent = drill.keep()
    make_table(drill)
    writer = Writer(drill, 0)
    until(lambda: len(writer.acknowledged) > 50, "writes under way")
    postmaster = drill.postmaster()
    parent.kill()
    os.kill(postmaster, signal.SIGKILL)
    drill.keep()
    assert drill.postmaster() != postmaster
    assert set(writer.end()) <= numbers(drill)


def test_killing_in_the_middle_of_an_import_leaves_all_of_it_out(drill: Drill) -> None:
    parent = drill.keep()
    make_table(drill)
    with drill.connect("app") as connection:
        connection.execute("INSERT INTO drill VALUES (-1)")

    def load() -> None:
        with drill.connect("app") as connection, connection.cursor().copy("COPY drill FROM STDIN") as copy:
            for number in range(10_000_000):
                copy.write_row([number])
                if number == 100_000:
                    parent.kill()

    with pytest.raises(psycopg.OperationalError):
        load()
    drill.keep()
    assert numbers(drill) == {-1}


@pytest.mark.parametrize("after", [0.15, 0.3, 0.45])
def test_killing_the_first_start_leaves_no_half_database(drill: Drill, after: float) -> None:
    process = drill.run(str(KEEPER))
    time.sleep(after)
    process.kill()
    process.wait()
    drill.keep()
    with drill.connect("app") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("redhouse_app",)
    until(lambda: not list(drill.house.pgdata.parent.glob("pgdata.new*")), "no half database left")


def test_stale_pid_file_of_a_living_stranger_does_not_keep_the_house_shut(drill: Drill) -> None:
    parent = drill.keep()
    parent.terminate()
    parent.wait()
    pid_file = drill.house.pgdata / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{drill.house.pgdata}\n0\n5432\n\n\n\nready   \n")
    drill.keep()
    assert drill.postmaster() != os.getpid()


def test_long_path_works_through_a_short_socket_folder() -> None:
    with folder() as root:
        drill = Drill(root / "西樵镇人民政府党建工作办公室" / "红房子数据目录")
        drill.keep()
        with drill.connect("app") as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        sockets = drill.house.sockets
        assert sockets.parent == Path("/tmp")
        assert sockets.stat().st_mode & 0o777 == 0o700
        drill.end()
        sockets.rmdir()
