"""What a form costs: how much of it is held already, and how long people write at the rest. Exact until it is shown."""

from dataclasses import dataclass
from fractions import Fraction

from redhouse.kit.numbers import percent
from redhouse.work.forms.definitions.shape import Per, ReportForm


@dataclass(frozen=True)
class Meter:
    """`people` is who has to write, one for each village that fills it [I]; `answers` how many cells a month they
    write; `seconds` the stated assumption for one cell [I]."""

    held: int
    asked: int
    people: int
    answers: int
    seconds: int

    @property
    def share(self) -> str:
        """Fields that fill themselves, of all."""
        return percent(self.held, self.held + self.asked)

    @property
    def exact_minutes(self) -> Fraction:
        return Fraction(self.answers * self.seconds, 60)

    @property
    def minutes(self) -> int:
        """A month, all people together; a begun minute counts whole."""
        return -(-self.answers * self.seconds // 60)

    @property
    def minutes_each(self) -> int:
        """A month, for one of them."""
        return -(-self.answers * self.seconds // (60 * self.people)) if self.people else 0


def meter(form: ReportForm, *, villages: int, rows: int, seconds: int) -> Meter:
    """`villages` fill the form; `rows` are those of one month. A question for each row is written as often as there are
    rows, one for each place as often as there are villages."""
    per_place, per_row = len(form.asks_per(Per.PLACE)), len(form.asks_per(Per.ROW))
    return Meter(
        held=len(form.known),
        asked=per_place + per_row,
        people=villages if form.asks else 0,
        answers=per_place * villages + per_row * rows,
        seconds=seconds,
    )
