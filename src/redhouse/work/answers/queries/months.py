"""A count of the year, month by month: summed over the very rows behind the figure."""

from redhouse.work.answers.definitions import Answer, parameters, with_prelude
from redhouse.work.answers.queries.runs import bound, keep, reading, recall

BY_MONTH = (
    "SELECT CAST(EXTRACT(MONTH FROM happened_on) AS integer) AS month, CAST(sum(quantity) AS bigint) AS quantity"
    " FROM answer GROUP BY CAST(EXTRACT(MONTH FROM happened_on) AS integer)"
)


def by_month(answer: Answer) -> list[int]:
    """Twelve numbers, January first, for a figure whose rows lie in the year of `as_of`. Remembered at the cut."""
    figure, given = answer.figure, (answer.division_code, answer.as_of, answer.last_fact_id)
    key = f"{figure.id}m"
    counted = recall([key], [figure], *given).get(key)
    if counted is None:
        with reading() as cursor:
            cursor.execute(bound(with_prelude(figure.rows_sql, BY_MONTH)), parameters(*given))
            counted = [list(row) for row in cursor.fetchall()]
        keep([(key, figure, counted)], *given)
    found = dict(counted)
    return [found.get(month, 0) for month in range(1, 13)]
