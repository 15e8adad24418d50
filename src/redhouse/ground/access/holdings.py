"""What the house holds already, room by room: the catalogue out of which report forms fill themselves, so that nothing
that one room knows is asked for again by another.

A room says it in its own `holdings.py`:

    hold(Holding("visits", _("走访记录"), …))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from redhouse.ground.access.enums import HeldKind, Verb
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import prefix


@dataclass(frozen=True)
class Known:
    """One field that is held: `also` are other names by which people ask for it, `is_personal` whether it says
    something about a resident, `width` how many characters wide a column of it is."""

    key: str
    name: str | Promise
    kind: HeldKind = HeldKind.WORDS
    also: tuple[str | Promise, ...] = ()
    is_personal: bool = False
    width: int = 12


@dataclass(frozen=True)
class Span:
    """Of which place, from which day until which (that day not counted)."""

    division_code: str
    from_on: date
    until_on: date

    def inside(self, column: str = "division_code") -> Q:
        return within([prefix(self.division_code)], column)

    def days(self, column: str) -> Q:
        return Q(**{f"{column}__gte": self.from_on, f"{column}__lt": self.until_on})


@dataclass(frozen=True)
class Row:
    """One line: its key among its kind, where it belongs, a cell for every field of the holding (a text, a number, a
    day, None where there is nothing), where it can be read in whole, and the fact it was counted from."""

    key: str
    division_code: str
    cells: Mapping[str, Any]
    link: str = ""
    fact_id: int | None = None


def _no_total(span: Span) -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class Holding:
    """`holder` is the line of work that keeps it, `verb` the right to read it. `find` gives what lies in a span, in
    order; `read` turns a page of that into rows, names and doors masked, in a constant number of queries, within the
    reach set on the connection, each linked to a page that asks for `link_verb` (default: `verb`); `total` sums numbers
    over the whole span. `figure` is the number of the answer sheet
    that counts the same rows, where there is one."""

    key: str
    title: str | Promise
    holder: str | Promise
    verb: Verb
    fields: tuple[Known, ...]
    find: Callable[[Span], QuerySet[Any]]
    read: Callable[[Sequence[Any]], list[Row]]
    total: Callable[[Span], dict[str, int]] = _no_total
    figure: str = ""
    link_verb: Verb | None = None
    by_key: Mapping[str, Known] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {known.key: known for known in self.fields})


_HOLDINGS: dict[str, Holding] = {}


def hold(holding: Holding) -> Holding:
    """Declare once what is held."""
    if _HOLDINGS.setdefault(holding.key, holding) is not holding:
        raise ValueError(f"holding {holding.key!r} is declared twice")
    return holding


def all_holdings() -> tuple[Holding, ...]:
    return tuple(_HOLDINGS[key] for key in sorted(_HOLDINGS))


def holding_named(key: str) -> Holding | None:
    return _HOLDINGS.get(key)
