"""Running a figure: by the read-only role, at two cuts (what happened, what was known), exactly."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connections, transaction
from django.utils import translation

from redhouse.ground.ledger import queries as ledger
from redhouse.kit.divisions import Level, level, prefix
from redhouse.kit.numbers import NO_BASE, percent, ratio_text, thousands
from redhouse.work.answers.models import FigureMemo
from redhouse.work.answers.queries.figures import Figure, load_figures, with_prelude
from redhouse.work.answers.queries.scale import short

ALIAS = "figures"
NAME = re.compile(r"(?<![:\w]):([a-z_]+)")
COUNT = "SELECT part, numerator, denominator, facts FROM answer"

Counted = list[list[Any]]  # rows of part, numerator, denominator, facts


@dataclass(frozen=True)
class Answer:
    """A figure for one division at its two cuts. `numerator` is None where the figure does not apply there."""

    figure: Figure
    division_code: str
    as_of: date
    last_fact_id: int
    numerator: int | None = None
    denominator: int | None = None
    facts: int = 0
    parts: dict[str, int | None] = field(default_factory=dict)

    @property
    def value(self) -> int | Fraction | None:
        """An int for a count, a Fraction for a ratio; None where it does not apply, or over nothing."""
        if self.numerator is None or not self.figure.is_ratio:
            return self.numerator
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def exact(self) -> str:
        """The number in full: "346,000", "345.03%", "126／105"."""
        return self._shown("fraction" if self.figure.header["display"] == "fraction" else "exact")

    @property
    def display(self) -> str:
        """As the article prints it: shortened, and floored where it says “more than”. Below the town a count is shown
        in full; a rate is rounded alike everywhere."""
        return self._shown(self.figure.header["display"])

    def _shown(self, how: str) -> str:
        if self.value is None or self.numerator is None:
            return NO_BASE
        if self.figure.is_ratio and self.denominator:
            if how == "fraction":
                return ratio_text(self.numerator, self.denominator)
            rounding = "floor" if how == "percent_floor" else "half_up"
            text = percent(self.numerator, self.denominator, 2 if how == "exact" else 0, rounding)  # type: ignore[arg-type]
            return text.replace(".00%", "%") if how == "exact" else text
        if level(self.division_code) <= Level.TOWN:
            step, _, size = how.partition(":")
            if how == "wan1":
                return short(self.numerator)
            if step == "floor":
                return str(self.numerator // int(size) * int(size))
        return thousands(self.numerator)

    def part(self, key: str) -> str:
        """A part as shown; a year without thousands."""
        value = self.parts.get(key)
        if value is None:
            return NO_BASE
        return str(value) if key == "year" else thousands(value)

    def as_json(self) -> dict[str, Any]:
        """One object of `redhouse answers --json`, in Chinese whatever the reader's language."""
        header = self.figure.header
        with translation.override("zh-hans"):
            display = self.display
        return {
            "id": self.figure.id,
            "name": header["name"],
            "value": str(self.value) if isinstance(self.value, Fraction) else self.value,
            "unit": header["unit"],
            "display": display,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "parts": self.parts,
            "definition": header["definition"],
            "facts": self.facts,
        }


def answer_sheet(division_code: str, as_of: date, last_fact_id: int | None = None) -> list[Answer]:
    """Every figure, in order. The cut defaults to the newest signed head of the log."""
    cut = ledger.last_fact_id() if last_fact_id is None else last_fact_id
    return answers(load_figures().values(), division_code, as_of, cut)


def run(figure: Figure, division_code: str, as_of: date, last_fact_id: int) -> Answer:
    """Count one figure now, from the rows."""
    if not _applies(figure, division_code):
        return Answer(figure, division_code, as_of, last_fact_id)
    with reading() as cursor:
        counted = count(cursor, figure, division_code, as_of, last_fact_id)
    return as_answer(figure, division_code, as_of, last_fact_id, counted)


def answers(figures: Iterable[Figure], division_code: str, as_of: date, last_fact_id: int) -> list[Answer]:
    """Figures of one division: from the memo for a town and above, live for a village and below."""
    figures = list(figures)
    counted: dict[str, Counted] = {}
    remembered = level(division_code) <= Level.TOWN
    if remembered:
        counted = recall([figure.id for figure in figures], figures, division_code, as_of, last_fact_id)
    missing = [figure for figure in figures if figure.id not in counted and _applies(figure, division_code)]
    if missing:
        with reading() as cursor:
            fresh = {figure.id: count(cursor, figure, division_code, as_of, last_fact_id) for figure in missing}
        if remembered:
            keep([(figure.id, figure, fresh[figure.id]) for figure in missing], division_code, as_of, last_fact_id)
        counted |= fresh
    return [as_answer(figure, division_code, as_of, last_fact_id, counted.get(figure.id, [])) for figure in figures]


def recall(
    keys: Sequence[str], figures: Sequence[Figure], division_code: str, as_of: date, last_fact_id: int
) -> dict[str, Any]:
    """What the memo holds at this cut, by key; one query."""
    rows = FigureMemo.objects.filter(
        figure__in=keys,
        sql_digest__in=[figure.digest for figure in figures],
        division_code=division_code,
        as_of=as_of,
        last_fact_id=last_fact_id,
    )
    return dict(rows.values_list("figure", "result"))


def keep(found: Iterable[tuple[str, Figure, Any]], division_code: str, as_of: date, last_fact_id: int) -> None:
    """Remember results under their keys. Two who count at once write the same rows; the second is ignored."""
    FigureMemo.objects.bulk_create(
        [
            FigureMemo(
                figure=key,
                sql_digest=figure.digest,
                division_code=division_code,
                as_of=as_of,
                last_fact_id=last_fact_id,
                result=result,
            )
            for key, figure, result in found
        ],
        ignore_conflicts=True,
    )


@contextmanager
def reading() -> Iterator[Any]:
    """A cursor of the read-only role, in one transaction, with the session's clock pinned."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        yield cursor


def count(cursor: Any, figure: Figure, division_code: str, as_of: date, last_fact_id: int) -> Counted:
    cursor.execute(bound(with_prelude(figure.count_sql, COUNT)), parameters(division_code, as_of, last_fact_id))
    return [list(row) for row in cursor.fetchall()]


def bound(text: str) -> str:
    """`:name` as psycopg writes it. Bound on the client (Django's default): a plan made for unknown values would
    lose the index range of the prefix."""
    return NAME.sub(r"%(\1)s", text.replace("%", "%%"))


def parameters(division_code: str, as_of: date, last_fact_id: int) -> dict[str, Any]:
    return {
        "division_prefix": prefix(division_code),
        "as_of": as_of,
        "from_on": date(as_of.year, 1, 1),
        "last_fact_id": last_fact_id,
    }


def as_answer(figure: Figure, division_code: str, as_of: date, last_fact_id: int, counted: Counted) -> Answer:
    found = {part: (numerator, denominator, facts) for part, numerator, denominator, facts in counted}
    numerator, denominator, facts = found.pop("", (None, None, 0))
    if numerator is None:
        return Answer(figure, division_code, as_of, last_fact_id)
    # parts that the header does not name (rooms) come first, largest first, then the named ones in their order
    order = list(figure.part_names)
    parts = {part: found[part][0] for part in sorted(found.keys() - set(order), key=lambda p: (-(found[p][0] or 0), p))}
    parts |= {part: found[part][0] for part in order if part in found}
    return Answer(figure, division_code, as_of, last_fact_id, numerator, denominator, facts, parts)


def _applies(figure: Figure, division_code: str) -> bool:
    return not figure.town_only or level(division_code) <= Level.TOWN
