"""A wrong value stops the house with one sentence: the name, the value, what is wanted, the mend."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from redhouse.config.environment import env_bool, env_int, env_list, env_path, env_places, env_str
from redhouse.kit.errors import HouseError

NAME = "REDHOUSE_TESTED"


def read(monkeypatch: pytest.MonkeyPatch, text: str | None, reader: Callable[..., object], default: object) -> object:
    if text is None:
        monkeypatch.delenv(NAME, raising=False)
    else:
        monkeypatch.setenv(NAME, text)
    return reader(NAME, default)


@pytest.mark.parametrize(
    ("reader", "default"), [(env_bool, True), (env_int, 7), (env_str, "x"), (env_list, ["x"]), (env_path, Path("/x"))]
)
@pytest.mark.parametrize("text", [None, "", "  "])
def test_nothing_said_is_the_default(
    monkeypatch: pytest.MonkeyPatch, text: str | None, reader: Callable[..., object], default: object
) -> None:
    assert read(monkeypatch, text, reader, default) == default


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("yes", True), ("ON", True), ("True", True), (" 0 ", False), ("off", False), ("No", False)],
)
def test_truth_has_several_spellings(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    assert read(monkeypatch, text, env_bool, not value) is value


@pytest.mark.parametrize(
    ("text", "reader", "wanted"),
    [
        ("maybe", env_bool, "1 或 0"),
        ("2", env_bool, "1 或 0"),
        ("是", env_bool, "1 或 0"),
        ("ten", env_int, "整数"),
        ("1.5", env_int, "整数"),
        ("0x10", env_int, "整数"),
    ],
)
def test_a_bad_value_is_named_with_the_mend(
    monkeypatch: pytest.MonkeyPatch, text: str, reader: Callable[..., object], wanted: str
) -> None:
    with pytest.raises(HouseError) as refused:
        read(monkeypatch, text, reader, None)
    assert refused.value.message == (
        f"环境变量 {NAME} 的值“{text}”读不懂：应为{wanted}。改正后再启动，或删去它用默认值。"
    )


def test_numbers_texts_and_lists_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, " -12 ", env_int, 0) == -12
    assert read(monkeypatch, " 红房子 ", env_str, "") == "红房子"
    assert read(monkeypatch, "a.cn, b.cn,,", env_list, []) == ["a.cn", "b.cn"]


def test_an_address_is_for_the_house_or_for_each_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def places(text: str) -> dict[str, str]:
        monkeypatch.setenv(NAME, text)
        return env_places(NAME)

    assert places("") == {}
    assert places("wecombot://key?x=1") == {"": "wecombot://key?x=1"}
    assert places("440605122=feishu://a 440605123=feishu://b?c=d") == {
        "440605122": "feishu://a",
        "440605123": "feishu://b?c=d",
    }


def test_a_path_is_absolute_and_knows_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert read(monkeypatch, "~/house", env_path, None) == tmp_path / "house"
    assert read(monkeypatch, "house", env_path, None) == tmp_path / "house"


@pytest.mark.parametrize("name", ["REDHOUSE_DEMO", "REDHOUSE_TLS", "REDHOUSE_SESSION_HOURS", "REDHOUSE_CONN_MAX_AGE"])
def test_settings_stop_at_a_value_that_they_cannot_read(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import redhouse.config.settings"],
        env=dict(os.environ) | {"REDHOUSE_HOME": str(tmp_path), name: "perhaps"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"环境变量 {name} 的值“perhaps”读不懂" in done.stderr
