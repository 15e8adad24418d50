"""`redhouse doctor` and bad input: one sentence, one mend, one exit code, no traceback."""

from pathlib import Path

import pytest

from tests.commands.conftest import Commanded
from tests.kit.postgres.house import small_disk

pytestmark = pytest.mark.drill


def test_new_house_is_well_and_stays_untouched(empty_house: Commanded) -> None:
    code, out, err = empty_house.redhouse("doctor")
    assert (code, err) == (0, "")
    assert "还没有数据" in out
    assert not list(empty_house.house.root.iterdir())


def test_house_with_data_is_well(house: Commanded) -> None:
    house.fill(3)
    code, out, err = house.redhouse("doctor")
    assert (code, err) == (0, "")
    assert "✓ 公开日志3 条" in out
    assert "✓ 数据库结构是最新的" in out
    assert "✗" not in out


def test_what_is_wrong_is_named_with_its_mend(house: Commanded) -> None:
    house.fill(1)
    house.keep()
    with house.connect() as connection:
        connection.execute("ALTER ROLE redhouse_app BYPASSRLS")
        connection.execute("DELETE FROM django_migrations WHERE app = 'papers'")
    (house.house.root / "restore.unfinished").touch()
    code, out, _ = house.redhouse("doctor")
    assert code == 1
    assert "✗ 角色 redhouse_app 能绕过行级防线\n   → ALTER ROLE redhouse_app NOSUPERUSER NOBYPASSRLS;" in out
    assert "✗ 有一次恢复没有做完\n   → 再执行一次 redhouse restore" in out
    assert "✗ 数据库结构差" in out
    assert "3 处需要处理。" in out


UNREACHABLE = {"DATABASE_URL": "postgresql://u:p@127.0.0.1:1/d"}


@pytest.mark.parametrize(
    ("command", "environment", "code", "says"),
    [
        ("serve", {"DATABASE_URL": "mysql://u:p@h/d"}, 78, "环境变量 DATABASE_URL 的类型是“mysql”"),
        ("serve", UNREACHABLE, 69, "连不上 127.0.0.1:1"),
        ("worker", UNREACHABLE, 69, "连不上 127.0.0.1:1"),
        ("backup", UNREACHABLE, 69, "连不上 127.0.0.1:1"),
        ("serve", {"REDHOUSE_PG_BIN": "/nowhere"}, 78, "REDHOUSE_PG_BIN=/nowhere 里缺"),
        ("serve", {"REDHOUSE_HOME": "/dev/null/house"}, 77, "数据目录 /dev/null/house 不可写"),
        ("serve", {"REDHOUSE_DEBUG": "perhaps"}, 78, "环境变量 REDHOUSE_DEBUG 的值“perhaps”读不懂"),
    ],
)
def test_wrong_setting_stops_a_command(
    empty_house: Commanded, tmp_path: Path, command: str, environment: dict[str, str], code: int, says: str
) -> None:
    arguments = {"backup": [str(tmp_path / "file")], "serve": ["--port", "0"]}.get(command, [])
    found, _, err = empty_house.redhouse(command, *arguments, **environment)
    assert found == code
    assert says in err
    assert err.count("错误：") == 1
    assert "Traceback" not in err


def test_disk_that_fills_during_a_load_is_one_sentence() -> None:
    with small_disk("100m") as drill:
        house = Commanded(drill.house.root)
        code, _, err = house.redhouse("demo", "--load-only")
        house.end()
    assert (code, err.count("磁盘已满")) == (74, 1)
    assert "Traceback" not in err
