"""On whose behalf a workbook is read, and what became of it."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop as _

from redhouse.work.registry.rules.tables import Table


@dataclass
class Scope:
    """Division-code prefixes in which the person keeps the registry today; `demo` lets invented numbers through."""

    prefixes: tuple[str, ...]
    today: date
    demo: bool = False
    _known: dict[str, bool] = field(default_factory=dict)

    def holds(self, code: str) -> bool:
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = code.startswith(self.prefixes) if self.prefixes else False
        return known


def refuse_outside(table: Table, scope: Scope, key: str = "code") -> None:
    """Rows of places where the person keeps no registry are refused one by one."""
    codes = table.values[key]
    for row in table.live:
        if not scope.holds(codes[row]):  # type: ignore[arg-type]
            table.refuse(row, key, _("“%(code)s”不在您的管理范围；请由当地或镇的书记、组织干部导入"), code=codes[row])
    settle(table)


def settle(table: Table) -> None:
    """Take the refused rows out of play."""
    table.live = [row for row in table.live if table.marks[row] != "r"]


SAID = "%(sentence)s"  # a sentence of the ground, said in the language of the job
