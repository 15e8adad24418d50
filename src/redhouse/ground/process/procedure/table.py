"""One table of a procedure file: typed fields, each asked for by name. A slip names place, field and mend."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from redhouse.kit.errors import DATA, HouseError


class ProcedureError(HouseError):
    """The file is no procedure: the sentence names the place and the mend."""

    exit_code = DATA


Word = TypeVar("Word", bound=Enum)


def table_of(text: str, origin: str) -> "Table":
    """A whole TOML file as a table. Raises ProcedureError, which names the line."""
    try:
        return Table(tomllib.loads(text), origin)
    except tomllib.TOMLDecodeError as error:
        values = {"origin": origin, "error": error}
        raise ProcedureError(_("%(origin)s：不是合格的 TOML（%(error)s）：请按行号改正。") % values) from None


class Table:
    """Fields are taken one by one; `done` refuses what nobody asked for, which is mostly a slip of the pen."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise ProcedureError(_("%(where)s：应是一张表（{ 键 = 值 }）。") % {"where": where})
        self.data: Mapping[str, Any] = data
        self.where = where
        self._asked: set[str] = set()

    def __contains__(self, field: str) -> bool:
        return field in self.data

    def refuse(self, field: str, mend: str) -> ProcedureError:
        values = {"where": self.where, "field": field, "mend": mend}
        return ProcedureError(_("%(where)s，“%(field)s”一项：%(mend)s") % values)

    def text(self, field: str, default: str | None = None) -> str:
        value = self._take(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.refuse(field, _("请写成加引号的文字。"))
        return value

    def number(self, field: str) -> int:
        value = self._take(field, None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.refuse(field, _("请写成不小于1的整数。"))
        return value

    def day(self, field: str) -> date:
        value = self._take(field, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(field, _("请写成不加引号的日期，例如 2026-01-01。"))
        return value

    def flag(self, field: str) -> bool:
        value = self._take(field, False)
        if not isinstance(value, bool):
            raise self.refuse(field, _("请写成 true 或 false。"))
        return value

    def word(self, field: str, words: type[Word]) -> Word:
        return self.one_of(field, self.text(field), words)

    def words(self, field: str, words: type[Word]) -> tuple[Word, ...]:
        return tuple(self.one_of(field, text, words) for text in self.texts(field))

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self._take(field, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
            raise self.refuse(field, _('请写成文字的列表，例如 ["minutes"]。'))
        if doubled := sorted({text for text in texts if texts.count(text) > 1}):
            raise self.refuse(field, _("“%(name)s”写了两遍：请删去一个。") % {"name": doubled[0]})
        return tuple(texts)

    def table(self, field: str, where: str = "") -> "Table":
        return Table(self._take(field, None), where or f"{self.where}.{field}")

    def tables(self, field: str, default: object = ()) -> "list[Table]":
        value = self._take(field, default)
        if not isinstance(value, list | tuple):
            raise self.refuse(field, _("请写成表的列表。"))
        return [Table(row, f"{self.where}.{field}[{number}]") for number, row in enumerate(value, 1)]

    def one_of(self, field: str, text: str, words: type[Word]) -> Word:
        try:
            return words(text)
        except ValueError:
            values = {"text": text, "words": "、".join(str(each.value) for each in words)}
            raise self.refuse(field, _("没有“%(text)s”这个词；可用：%(words)s。") % values) from None

    def done(self) -> None:
        if unknown := [field for field in self.data if field not in self._asked]:
            values = {"known": "、".join(sorted(self._asked))}
            raise self.refuse(unknown[0], _("没有这一项；可用：%(known)s。") % values)

    def _take(self, field: str, default: object) -> Any:
        self._asked.add(field)
        value = self.data.get(field, default)
        if value is None:
            raise self.refuse(field, _("缺了，请补上。"))
        return value
