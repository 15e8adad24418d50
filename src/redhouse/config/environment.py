"""Typed readers of the environment. A wrong value stops the house with the name, the value and the mend."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from redhouse.kit.errors import CONFIG, HouseError

T = TypeVar("T")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _read(name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except (ValueError, KeyError):
        raise HouseError(
            f"环境变量 {name} 的值“{text}”读不懂：应为{wanted}。改正后再启动，或删去它用默认值。", CONFIG
        ) from None


def env_bool(name: str, default: bool) -> bool:
    return _read(name, default, lambda t: _bool(t.lower()), "1 或 0")


def _bool(text: str) -> bool:
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise ValueError(text)


def env_int(name: str, default: int) -> int:
    return _read(name, default, int, "整数")


def env_str(name: str, default: str = "") -> str:
    return _read(name, default, str, "文字")


def env_day(name: str) -> date | None:
    return _read(name, None, date.fromisoformat, "日期，如 2026-11-18")


def env_list(name: str, default: list[str]) -> list[str]:
    return _read(
        name, default, lambda t: [part.strip() for part in t.split(",") if part.strip()], "用英文逗号分开的列表"
    )


def env_path(name: str, default: Path) -> Path:
    return _read(name, default, lambda t: Path(t).expanduser().absolute(), "路径")


def env_places(name: str) -> dict[str, str]:
    """One address for the whole house, or one for each place: `440605122=ADDRESS 440605123=ADDRESS`, parted by blanks.

    The key is the beginning of a division code, empty for the whole house.
    """
    return _read(name, {}, lambda t: dict(_place(part) for part in t.split()), "地址，或用空格分开的“区划代码=地址”")


def _place(text: str) -> tuple[str, str]:
    prefix, sign, address = text.partition("=")
    return (prefix, address) if sign and prefix.isdigit() else ("", text)
