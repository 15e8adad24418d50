"""Backup and restore: the whole house comes back; a changed file does not get in."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from redhouse.kit.postgres.locator import candidates
from tests.commands.conftest import SCENE, Commanded
from tests.kit.postgres.house import SECONDS, cannot, folder
from tests.kit.postgres.tcp import tcp_server, url

pytestmark = pytest.mark.drill

FACTS = 300


Rows = list[tuple[object, ...]]

# Who may do what, which triggers fire when, which walls stand: rows that must be the same after a restore.
RIGHTS = """
SELECT relname, relkind::text, relowner::regrole::text, relrowsecurity::text, grantee::regrole::text, privilege_type
  FROM pg_class LEFT JOIN LATERAL aclexplode(relacl) ON true
 WHERE relnamespace IN ('public'::regnamespace, 'figures'::regnamespace)
UNION ALL
SELECT attrelid::regclass::text, attname, '', '', grantee::regrole::text, privilege_type
  FROM pg_attribute, LATERAL aclexplode(attacl) WHERE attrelid::regclass::text NOT LIKE 'pg_%'
UNION ALL
SELECT proname, proowner::regrole::text, '', '', grantee::regrole::text, privilege_type
  FROM pg_proc, LATERAL aclexplode(proacl) WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT nspname, nspowner::regrole::text, '', '', grantee::regrole::text, privilege_type
  FROM pg_namespace, LATERAL aclexplode(nspacl) WHERE nspname IN ('public', 'figures')
UNION ALL
SELECT 'default', defaclnamespace::regnamespace::text, defaclobjtype::text, '', grantee::regrole::text, privilege_type
  FROM pg_default_acl, LATERAL aclexplode(defaclacl)
UNION ALL
SELECT tgname, tgrelid::regclass::text, tgenabled::text, '', '', '' FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT policyname, tablename, qual, with_check, cmd, '' FROM pg_policies
UNION ALL
SELECT conname, conrelid::regclass::text, contype::text, '', '', '' FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2, 3, 4, 5, 6
"""


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[object], Rows]:
    """A backup of a house with facts, the last signed head of that house, and its RIGHTS."""
    file = tmp_path_factory.mktemp("backup") / "town.redhouse"
    with folder() as root:
        house = Commanded(root)
        house.fill(FACTS)
        code, out, err = house.redhouse("backup", str(file))
        assert (code, err) == (0, "")
        assert "公开日志 300 条" in out
        assert "像保管钥匙一样保管它" in out
        house.keep()
        found = file, head(house), rights(house)
        house.end()
    return found


def rights(house: Commanded) -> Rows:
    with house.connect() as connection:
        return connection.execute(RIGHTS).fetchall()


def head(house: Commanded) -> list[object]:
    with house.connect() as connection:
        row = connection.execute("SELECT size, root, signature FROM ledger_treehead ORDER BY size DESC").fetchone()
    assert row is not None
    return list(row)


def facts(house: Commanded) -> int:
    """How many facts there are; 0 where there is not even a table."""
    with house.connect() as connection:
        try:
            row = connection.execute("SELECT count(*) FROM ledger_fact").fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
    assert row is not None
    return int(str(row[0]))


def changed(file: Path, target: Path, change: Callable[[bytearray], object]) -> Path:
    data = bytearray(file.read_bytes())
    change(data)
    target.write_bytes(data)
    return target


def resealed(file: Path, target: Path, part: str, change: Callable[[bytes], bytes], *, honest: bool) -> Path:
    """The archive with one part changed and sealed anew; `honest`: the manifest states the new digest too."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                data = change(data)
            if name == "manifest.json" and honest:
                manifest = json.loads(data)
                manifest["parts"][part]["sha256"] = hashlib.sha256(change(old.read(part))).hexdigest()
                data = json.dumps(manifest).encode()
            new.writestr(name, data)
        new.comment = b"0" * 64
    data = target.read_bytes()[:-64]
    target.write_bytes(data + hashlib.sha256(data).hexdigest().encode())
    return target


def refused(house: Commanded, file: Path) -> str:
    """The sentence with which the file is refused; the house is empty afterwards."""
    code, out, err = house.redhouse("restore", str(file))
    assert code == 65, out + err
    assert "Traceback" not in err
    assert not any(path.is_file() for path in house.house.papers.rglob("*"))
    if house.house.pgdata.exists():
        house.keep()
        assert facts(house) == 0
        house.processes[-1].terminate()
        house.processes[-1].wait()
    return err


def test_backup_is_readable_by_its_owner_only_and_by_unzip(backed_up: tuple[Path, list[object], Rows]) -> None:
    file = backed_up[0]
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        folders = {name.split("/")[0] for name in archive.namelist()}
        manifest = json.loads(archive.read("manifest.json"))
    assert folders == {"database.dump", "papers", "keys", "manifest.json"}
    assert manifest["head"]["size"] == FACTS
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_restored_house_is_the_same_and_goes_on(
    backed_up: tuple[Path, list[object], Rows], empty_house: Commanded
) -> None:
    file, old_head, old_rights = backed_up
    code, out, err = empty_house.redhouse("restore", str(file))
    assert (code, err) == (0, "")
    assert "公开日志 300 条核对无误" in out
    empty_house.fill(5)
    empty_house.keep()
    assert facts(empty_house) == FACTS + 5
    with empty_house.connect() as connection:
        signed = connection.execute("SELECT size, root, signature FROM ledger_treehead ORDER BY size").fetchall()
    assert old_head in [list(row) for row in signed]
    assert rights(empty_house) == old_rights
    assert len([path for path in empty_house.house.papers.rglob("*") if path.is_file()]) == 1
    assert empty_house.house.keys.stat().st_mode & 0o777 == 0o700
    assert empty_house.redhouse("verify")[0] == 0


def test_house_that_is_lived_in_is_not_overwritten(
    backed_up: tuple[Path, list[object], Rows], house: Commanded
) -> None:
    house.fill(3)
    code, _, err = house.redhouse("restore", str(backed_up[0]))
    assert code == 65
    assert f"{house.house.root} 里已有数据，只能恢复到空房子" in err
    house.keep()
    assert facts(house) == 3


def test_every_changed_byte_and_every_cut_is_found(
    backed_up: tuple[Path, list[object], Rows], empty_house: Commanded, tmp_path: Path
) -> None:
    file, bad = backed_up[0], tmp_path / "bad"
    size = file.stat().st_size

    def flip(at: int) -> Callable[[bytearray], object]:
        return lambda data: data.__setitem__(at, data[at] ^ 1)

    for at in (12, size // 3, size - 500, size - 70, size - 1):
        assert "封印不符" in refused(empty_house, changed(file, bad, flip(at)))
    for length in (0, 40, size // 2, size - 1):
        assert "封印不符" in refused(
            empty_house, changed(file, bad, lambda data, n=length: data.__delitem__(slice(n, None)))
        )
    assert "封印不符" in refused(empty_house, changed(file, bad, lambda data: data.extend(b"x")))
    assert not empty_house.house.pgdata.exists()


def test_resealed_part_does_not_match_the_manifest(
    backed_up: tuple[Path, list[object], Rows], empty_house: Commanded, tmp_path: Path
) -> None:
    file = resealed(backed_up[0], tmp_path / "bad", "database.dump", lambda data: data + b" ", honest=False)
    assert "database.dump 与清单的摘要不符" in refused(empty_house, file)


def test_fact_changed_before_the_backup_is_found_by_the_log(
    house: Commanded, empty_house: Commanded, tmp_path: Path
) -> None:
    """Every digest fits here: only the public log knows."""
    house.fill(20)
    house.keep()
    with house.connect() as connection:
        for what in ("DISABLE", "ENABLE ALWAYS"):
            trigger = "ALTER TABLE ledger_fact {} TRIGGER ledger_fact_append_only"
            connection.execute(sql.SQL(trigger).format(sql.SQL(what)))
            if what == "DISABLE":
                connection.execute("UPDATE ledger_fact SET quantity = 2 WHERE subject_id = 7")
    file = tmp_path / "tampered"
    assert house.redhouse("backup", str(file))[0] == 0
    err = refused(empty_house, file)
    assert "备份里的公开日志不成立" in err
    assert "已退回空房子" in err


def test_backup_without_keys_needs_them_to_come_back(house: Commanded, empty_house: Commanded, tmp_path: Path) -> None:
    house.fill(5)
    file = tmp_path / "keyless"
    code, out, _ = house.redhouse("backup", "--without-keys", str(file))
    assert code == 0
    assert "请另行妥善保管数据目录下的 keys 文件夹" in out
    code, _, err = empty_house.redhouse("restore", str(file))
    assert code == 78
    assert f"请先把原来的 keys 文件夹放到 {empty_house.house.keys}" in err
    empty_house.house.keys.rmdir()
    os.rename(house.house.keys, empty_house.house.keys)
    assert empty_house.redhouse("restore", str(file))[0] == 0


def test_restore_cut_off_in_the_middle_can_be_done_again(
    backed_up: tuple[Path, list[object], Rows], empty_house: Commanded
) -> None:
    process = empty_house.run("-m", "redhouse.cli", "restore", str(backed_up[0]))
    assert process.stdout is not None
    assert process.stdout.readline() == "写入数据库……\n"
    process.kill()
    process.communicate()
    assert empty_house.redhouse("restore", str(backed_up[0]))[0] == 0
    assert empty_house.redhouse("verify")[0] == 0


def test_backup_while_the_house_serves(house: Commanded, tmp_path: Path) -> None:
    house.fill(5)
    house.keep()
    assert house.redhouse("backup", str(tmp_path / "live"))[0] == 0
    assert house.servers()


def test_backup_does_not_overwrite_unless_told(house: Commanded, tmp_path: Path) -> None:
    house.fill(1)
    file = tmp_path / "there"
    file.write_text("precious")
    code, _, err = house.redhouse("backup", str(file))
    assert (code, err.strip()) == (65, f"错误：{file} 已存在。请换一个名字，或加 --force 覆盖。")
    assert file.read_text() == "precious"
    assert house.redhouse("backup", "--force", str(file))[0] == 0
    assert file.stat().st_size > 1000


def test_missing_file_and_foreign_file(empty_house: Commanded, tmp_path: Path) -> None:
    code, _, err = empty_house.redhouse("restore", str(tmp_path / "none"))
    assert (code, err.split("（")[0]) == (77, f"错误：读不了备份 {tmp_path / 'none'}")
    foreign = tmp_path / "holiday.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("photo", b"sea")
    assert "封印不符" in refused(empty_house, foreign)


def test_house_moves_from_an_external_server_to_the_embedded_one(
    house: Commanded, empty_house: Commanded, tmp_path: Path
) -> None:
    """And back: what `backup` writes does not depend on who runs the server."""
    with tcp_server() as port:
        with psycopg.connect(url(port, "dba", "postgres"), autocommit=True) as admin:
            admin.execute("CREATE ROLE clerk LOGIN CREATEROLE PASSWORD 'secret'")
            admin.execute("CREATE DATABASE town OWNER clerk")
        external = {"DATABASE_URL": url(port, "clerk", "town")}
        house.fill(10)
        for number, (giver, taker, into) in enumerate([(house, house, external), (house, empty_house, {})]):
            file = tmp_path / f"{number}"
            assert giver.redhouse("backup", str(file), **(external if number else {}))[0] == 0
            shutil.rmtree(taker.house.papers, ignore_errors=True)
            code, out, err = taker.redhouse("restore", str(file), **into)
            assert (code, err) == (0, ""), out
            assert "公开日志 10 条核对无误" in out


def test_backup_goes_to_a_newer_major_and_not_to_an_older_one(
    backed_up: tuple[Path, list[object], Rows], house: Commanded, empty_house: Commanded, tmp_path: Path
) -> None:
    older = next((b for b in candidates() if b.major < candidates()[0].major), None)
    if older is None:
        cannot("PostgreSQL of two majors")
        return
    old = {"REDHOUSE_PG_BIN": str(older.folder)}
    code, _, err = empty_house.redhouse("restore", str(backed_up[0]), **old)
    assert code == 78
    assert f"这里是 {older.major}。请恢复到同版本或更新版本。" in err
    shutil.rmtree(house.house.database)
    out, err = (filled := house.run(str(SCENE), "10", **old)).communicate(timeout=SECONDS)
    assert filled.returncode == 0, out + err
    assert house.redhouse("backup", str(tmp_path / "old"), **old)[0] == 0
    with folder() as root:
        newer = Commanded(root)
        code, out, err = newer.redhouse("restore", str(tmp_path / "old"))
        assert (code, err) == (0, ""), out
        newer.end()
