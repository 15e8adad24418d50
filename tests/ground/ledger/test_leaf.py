"""A leaf has two definitions, Python's and the database's. They are one."""

from datetime import UTC, date, datetime

from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from redhouse.ground.ledger.jobs import sequence_once
from redhouse.ground.ledger.models import Entry
from redhouse.ground.ledger.queries import log_rows, one_moment
from redhouse.kit.merkle import leaf_hash
from redhouse.kit.record import LEAF_COLUMNS, leaf_text
from tests.ground.ledger.factories import visit

BIG = st.integers(-(2**63) + 1, 2**63 - 1)
ROWS = st.tuples(
    BIG,
    st.from_regex(r"[a-z][a-z0-9_]{2,39}", fullmatch=True),
    st.from_regex(r"[0-9]{12}([0-9]{3})?", fullmatch=True),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    *[st.none() | BIG] * 4,
    BIG,
    st.from_regex(r"[a-zA-Z0-9_.:-]{0,60}", fullmatch=True),
    st.none() | BIG,
    st.binary(min_size=16, max_size=16),
)
TABLE_ORDER = (*LEAF_COLUMNS[:11], "salt", "corrects_id")
OLD = (1, "abc", "440605122220", date(987, 6, 5), datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC))


@given(rows=st.lists(ROWS, min_size=1, max_size=20))
@example(rows=[(*OLD, None, None, None, None, -1, "", None, b"\0" * 16)])
def test_python_and_sql_hash_the_same_leaf(house: str, rows: list[tuple[object, ...]]) -> None:
    values = ", ".join(
        "(%s::bigint, %s, %s, %s::date, %s::timestamptz, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::bigint,"
        " %s, %s::bytea, %s::bigint)"
        for _ in rows
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT redhouse_leaf(ROW(fact_id, kind, division_code, happened_on, recorded_at, actor_id, recorder_id,"
            f" subject_id, object_id, quantity, label, salt, corrects_id)::ledger_fact)"
            f" FROM (VALUES {values}) v ({', '.join(TABLE_ORDER)})",
            [cell for row in rows for cell in (*row[:11], row[12], row[11])],
        )
        leaves = [bytes(leaf) for (leaf,) in cursor.fetchall()]
    assert leaves == [leaf_hash(leaf_text(row)) for row in rows]  # type: ignore[arg-type]


def test_the_table_has_its_columns_where_the_test_above_puts_them(house: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_fact")
        assert [column.name for column in cursor.description] == list(TABLE_ORDER)


def test_sequenced_leaves_are_those_of_the_rows_read_back(house: str) -> None:
    for household in range(1, 4):
        visit(household)
    visit(4, by=None, quantity=-3, label="")
    assert sequence_once() == 4
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("position").values_list("leaf", flat=True)]
    with one_moment():
        assert leaves == [leaf_hash(text) for _, _, _, text in log_rows() if text]


def test_the_text_reads_as_written_down_in_the_documentation() -> None:
    row = (
        12, "visit_recorded", "440605122220001", date(2018, 5, 1), datetime(2026, 11, 22, 9, 30, 0, 5, tzinfo=UTC),
        7, 7, 33, None, 1, "household", None, bytes(range(16)),
    )  # fmt: skip
    assert leaf_text(row) == (
        b"redhouse-fact/1|12|visit_recorded|440605122220001|2018-05-01|1795339800000005|7|7|33||1|household||"
        b"000102030405060708090a0b0c0d0e0f"
    )
