"""What the villages of a town answered to what is asked once for a place, gathered in the town's form."""

from collections.abc import Sequence
from dataclasses import dataclass

from redhouse.ground.access.reach import everything
from redhouse.ground.places.enums import VILLAGE_KINDS, DivisionKind
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import prefix
from redhouse.work.forms.definitions import AnswerKind, Ask, Per
from redhouse.work.forms.models import CellEntry
from redhouse.work.forms.queries.filling import Cell, asked_cell
from redhouse.work.forms.queries.ledgers import Asked


@dataclass(frozen=True)
class Gathered:
    """One question: what each village wrote, and which wrote nothing yet."""

    ask: Ask
    answers: Sequence[tuple[str, Cell]]
    silent: Sequence[str]

    @property
    def total(self) -> int | None:
        """The sum, where the answer is a number and anybody has given one."""
        if self.ask.kind != AnswerKind.NUMBER or not self.answers:
            return None
        return sum(int(cell.value) for _village, cell in self.answers)


def gathered(asked: Asked) -> list[Gathered]:
    """In the order of the questions; two queries, none for a village. Names of villages are no secret, and the form is
    open to whoever reads it here."""
    asks = asked.form.asks_per(Per.PLACE)
    if not asks or asked.division.kind != DivisionKind.TOWN:
        return []
    inside = prefix(asked.division.code)
    places = Division.objects.as_of(asked.last_on).filter(code__startswith=inside, kind__in=VILLAGE_KINDS)
    written = CellEntry.objects.filter(
        form_code=asked.form.code, month_on=asked.month_on, row_key="", division_code__startswith=inside
    )
    with everything():
        names = dict(places.order_by("code").values_list("code", "name"))
        latest = {(row.division_code, row.ask): row for row in written.order_by("pk")}
    return [_one(ask, names, latest) for ask in asks]


def _one(ask: Ask, names: dict[str, str], latest: dict[tuple[str, str], CellEntry]) -> Gathered:
    said = {code: row for code in names if (row := latest.get((code, ask.key))) and row.value}
    return Gathered(
        ask,
        [(names[code], asked_cell(ask, row)) for code, row in said.items()],
        [name for code, name in names.items() if code not in said],
    )
