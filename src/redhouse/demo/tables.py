"""CSV and TOML with a schema: a row becomes a dataclass, a slip becomes one sentence with file, row, field and mend."""

import csv
import dataclasses
import tomllib
import types
from collections.abc import Callable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from redhouse.kit.errors import DATA, HouseError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


class DataFileError(HouseError):
    """A demo data file is not as it should be."""

    exit_code = DATA


def slip(file: str, line: int | None, field: str, what: str) -> DataFileError:
    """The error for a field; `line` counts from 1 and includes the head line, None for TOML."""
    place = f"第{line}行" if line else ""
    return DataFileError(f"演示数据 {file} {place}“{field}”：{what}")


def read_table(path: Path, row_type: type[Row]) -> list[Row]:
    """Read a CSV file whose head line names the fields of the dataclass. Raises DataFileError."""
    types_ = get_type_hints(row_type)
    fields = [field.name for field in dataclasses.fields(row_type)]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(f"演示数据 {path} 读不出来（{error}）。请放回原文件，或重新安装。") from None
    head = lines[0] if lines else []
    if head != fields:
        expected = ",".join(fields)
        raise slip(path.name, 1, ",".join(head), f"表头应为 {expected}。请改正表头。")
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(fields):
            what = f"应有 {len(fields)} 列，现有 {len(cells)} 列。请补齐或删去逗号。"
            raise slip(path.name, number, ",".join(cells), what)
        values = {}
        for field, cell in zip(fields, cells, strict=True):
            try:
                values[field] = _value(cell.strip(), types_[field])
            except ValueError as error:
                raise slip(path.name, number, field, str(error)) from None
        rows.append(row_type(**values))
    return rows


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises DataFileError with line and column where it is malformed."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(f"演示数据 {path} 读不出来（{error}）。请改正或放回原文件。") from None


def take(table: dict[str, Any], row_type: type[Row], file: str, section: str = "") -> Row:
    """Make a dataclass of a TOML table: all fields of their type, and present where they have no default."""
    types_ = get_type_hints(row_type)
    fields = dataclasses.fields(row_type)
    names = [field.name for field in fields]
    owed = {f.name for f in fields if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING}
    where = f"[{section}] " if section else ""
    for name in table:
        if name not in names:
            raise slip(file, None, where + name, f"没有这个字段，可用的是 {'、'.join(names)}。请改名或删去。")
    for name in names:
        if name not in table:
            if name in owed:
                raise slip(file, None, where + name, "缺少这个字段。请补上。")
            continue
        expected = types_[name]
        outer = get_origin(expected) or expected
        if type(table[name]) is not outer:  # bool is an int to isinstance
            raise slip(file, None, where + name, f"“{table[name]}”的类型不对，应为 {outer.__name__}。请改正。")
    return row_type(**table)


def _value(cell: str, expected: Any) -> Any:
    if isinstance(expected, types.UnionType):  # X | None: empty means none
        if not cell:
            return None
        expected = get_args(expected)[0]
    if expected is str:
        return cell
    if isinstance(expected, type) and issubclass(expected, Enum):
        return _choice(cell, expected)
    return _PARSERS[expected](cell)


def _choice(cell: str, choices: type[Enum]) -> Enum:
    try:
        return choices(cell)
    except ValueError:
        allowed = "、".join(str(choice.value) for choice in choices)
        raise ValueError(f"“{cell}”不在可选值里。请从 {allowed} 中选一个。") from None


def _whole(cell: str) -> int:
    if not cell.isascii() or not cell.isdigit():
        raise ValueError(f"“{cell}”不是整数。请填写不带逗号和单位的整数。")
    return int(cell)


def _flag(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise ValueError(f"“{cell}”不是 0 或 1。请填写 1（是）或 0（否）。")
    return cell == "1"


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"“{cell}”不是日期。请按 2018-12-14 的样子填写。") from None


_PARSERS: dict[Any, Callable[[str], Any]] = {int: _whole, bool: _flag, date: _day}
