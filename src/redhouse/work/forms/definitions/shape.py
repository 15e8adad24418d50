"""A report form: a title, the holding whose rows fill it, and columns, each held already or asked."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.holdings import Holding, Known
from redhouse.kit.divisions import is_within


class Every(models.TextChoices):
    """How often a form is filled."""

    MONTH = "month", _("每月")
    ONCE = "once", _("专项，只填一个月")


class Per(models.TextChoices):
    """What one answer belongs to."""

    PLACE = "place", _("每村（社区）填一次")
    ROW = "row", _("每行填一次")


class AnswerKind(models.TextChoices):
    """What may be answered."""

    WORDS = "words", _("文字")
    NUMBER = "number", _("数字")
    DAY = "day", _("日期")
    YES = "yes", _("是或否")


@dataclass(frozen=True)
class Ask:
    """One thing that the house does not hold and people have to write."""

    key: str
    zh: str
    en: str
    kind: AnswerKind
    per: Per

    @property
    def name(self) -> str:
        return self.en if self.en and (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True)
class Column:
    """Filled from a known field, or asked; never both."""

    known: Known | None = None
    ask: Ask | None = None

    @property
    def name(self) -> str:
        return str(self.known.name) if self.known else self.ask.name if self.ask else ""

    @property
    def width(self) -> int:
        return self.known.width if self.known else 16


@dataclass(frozen=True)
class ReportForm:
    """One version. `division_code` is where it is filled, empty for everywhere; `month` the one month of a special
    form. Forms of the house are files; those that a town drafted are rows with the number of their draft."""

    code: str
    version: int
    zh: str
    en: str
    every: Every
    holding: Holding
    columns: tuple[Column, ...]
    from_on: date
    clause: str = ""
    division_code: str = ""
    month_on: date | None = None
    draft_id: int | None = None
    text: str = field(default="", repr=False)

    @property
    def title(self) -> str:
        return self.en if self.en and (get_language() or "").startswith("en") else self.zh

    @property
    def known(self) -> tuple[Known, ...]:
        """Fields that fill themselves, in the order of the columns."""
        return tuple(column.known for column in self.columns if column.known)

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(column.ask for column in self.columns if column.ask)

    def asks_per(self, per: Per) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks if ask.per == per)

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of the table; what is asked once for a place stands below it."""
        return tuple(column for column in self.columns if column.ask is None or column.ask.per == Per.ROW)

    @property
    def is_personal(self) -> bool:
        """Whether its rows say something about residents, so that opening it is written down."""
        return any(known.is_personal for known in self.known)

    def is_due(self, division_code: str, month_on: date) -> bool:
        """Whether it is filled for this place and the month that begins on that day."""
        in_time = self.month_on in (None, month_on) and self.from_on < next_month(month_on)
        return in_time and (not self.division_code or is_within(division_code, self.division_code))


def next_month(month_on: date) -> date:
    """The first day of the month after."""
    return date(month_on.year + month_on.month // 12, month_on.month % 12 + 1, 1)


def month_before(month_on: date) -> date:
    """The first day of the month before."""
    return date(month_on.year - (month_on.month == 1), (month_on.month - 2) % 12 + 1, 1)
