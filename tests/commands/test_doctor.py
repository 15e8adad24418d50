"""`redhouse doctor` and bad input: one sentence, one mend, one exit code, no traceback."""

from pathlib import Path

import pytest

from tests.commands.conftest import Commanded
from tests.kit.postgres.house import small_disk

pytestmark = pytest.mark.drill


def test_new_house_is_well_and_stays_untouched(house: Commanded) -> None:
    code, out, err = house.redhouse("doctor")
    assert (code, err) == (0, "")
    assert "还没有数据" in out
    assert not house.house.database.exists()


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


@pytest.mark.parametrize(
    ("environment", "code", "says"),
    [
        ({"DATABASE_URL": "mysql://u:p@h/d"}, 78, "环境变量 DATABASE_URL 的类型是“mysql”"),
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:1/d"}, 69, "连不上 127.0.0.1:1"),
        ({"REDHOUSE_PG_BIN": "/nowhere"}, 78, "REDHOUSE_PG_BIN=/nowhere 里缺"),
        ({"REDHOUSE_HOME": "/proc/redhouse"}, None, "/proc/redhouse"),
        ({"REDHOUSE_DEBUG": "perhaps"}, None, "环境变量 REDHOUSE_DEBUG 的值“perhaps”读不懂"),
    ],
)
@pytest.mark.parametrize("command", ["worker", "serve", "backup"])
def test_wrong_setting_stops_every_command(
    house: Commanded, tmp_path: Path, command: str, environment: dict[str, str], code: int | None, says: str
) -> None:
    arguments = {"backup": [str(tmp_path / "file")], "serve": ["--port", "0"]}.get(command, [])
    found, _, err = house.redhouse(command, *arguments, **environment)
    assert found == (code or found)
    assert found != 0
    assert says in err
    assert "Traceback" not in err


def test_disk_that_fills_during_a_load_is_one_sentence() -> None:
    with small_disk("100m") as drill:
        house = Commanded(drill.house.root)
        code, _, err = house.redhouse("demo", "--load-only")
        house.end()
    assert (code, err.count("磁盘已满")) == (74, 1)
    assert "Traceback" not in err
