"""Running a figure: by the read-only role, at two cuts (what happened, what was known), exactly."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connections, transaction

from redhouse.ground.ledger import queries as ledger
from redhouse.kit.divisions import Level, level, town_of
from redhouse.work.answers.definitions import (
    COUNT,
    NAME,
    Answer,
    Counted,
    Figure,
    applies,
    as_answer,
    load_figures,
    parameters,
    with_prelude,
)
from redhouse.work.answers.models import FigureMemo

ALIAS = "figures"


def answer_sheet(division_code: str, as_of: date, last_fact_id: int | None = None) -> list[Answer]:
    """Every figure, in order. The cut defaults to the newest signed head of the log."""
    cut = ledger.last_fact_id() if last_fact_id is None else last_fact_id
    return answers(load_figures().values(), division_code, as_of, cut)


def count_sheet(division_code: str, as_of: date, last_fact_id: int) -> list[Answer]:
    """The same from the rows, whatever the memo holds."""
    return [run(figure, division_code, as_of, last_fact_id) for figure in load_figures().values()]


def run(figure: Figure, division_code: str, as_of: date, last_fact_id: int) -> Answer:
    """Count one figure now, from the rows."""
    if not applies(figure, division_code):
        return Answer(figure, division_code, as_of, last_fact_id)
    with reading() as cursor:
        counted = count(cursor, figure, division_code, as_of, last_fact_id)
    return as_answer(figure, division_code, as_of, last_fact_id, counted)


def answers(figures: Iterable[Figure], division_code: str, as_of: date, last_fact_id: int) -> list[Answer]:
    """Figures of one division: from the memo for a town and above; for a village from its town's, which remembers some
    of them village by village, and the others live; live below it."""
    figures = list(figures)
    remembered = level(division_code) <= Level.TOWN
    recalled = recall if remembered else recall_of_village
    counted = recalled([figure.id for figure in figures], figures, division_code, as_of, last_fact_id)
    missing = [figure for figure in figures if figure.id not in counted and applies(figure, division_code)]
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


def of_villages(figure: Figure) -> str:
    """The key under which a town's memo holds a figure for each of its villages."""
    return f"{figure.id}v"


def recall_of_village(
    keys: Sequence[str], figures: Sequence[Figure], division_code: str, as_of: date, last_fact_id: int
) -> dict[str, Counted]:
    """What the town's memo holds of one village at this cut; nothing of what is smaller."""
    town = town_of(division_code)
    wanted = [of_villages(figure) for figure in figures]
    rows = recall(wanted, figures, town, as_of, last_fact_id) if level(division_code) == Level.VILLAGE else {}
    return {
        key: rows[name][division_code]
        for key, name in zip(keys, wanted, strict=True)
        if division_code in rows.get(name, {})
    }


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
