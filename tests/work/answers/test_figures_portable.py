"""Every figure keeps to the subset that PostgreSQL, DuckDB and Spark read alike."""

import re

import pytest

from redhouse.work.answers.definitions.figures import FOLDER, NAMES_FACT, PRELUDE, Figure, load_figures, parse
from redhouse.work.answers.queries.rows import COLUMNS

FIGURES = load_figures()
IDS = [f"F{number:02}" for number in range(2, 33) if number != 22]
CHARTS = {path.stem: parse(path.read_text(encoding="utf-8")) for path in FOLDER.parent.glob("charts/*.sql")}
STATEMENTS = {
    **{f"{figure.id} count": figure.count_sql for figure in FIGURES.values()},
    **{f"{figure.id} rows": figure.rows_sql for figure in FIGURES.values()},
    **{name: chart.count_sql for name, chart in CHARTS.items()},
    "prelude": PRELUDE,
}
FUNCTIONS = {"cast", "coalesce", "count", "extract", "length", "max", "min", "nullif", "row_number", "substr", "sum"}
# words that stand before a parenthesis without being functions
NOT_FUNCTIONS = {"and", "as", "exists", "from", "in", "or", "over", "join", "where", "on"}
DENIED = (
    "/", "->", "::", "collate", "payload", "distinct on", "qualify", "ilike", "now(", "current_date", "filter (",
    "string_agg", "concat", "starts_with", "fetch first", "percentile", "median", "date_trunc", "avg(", " text)",
)  # fmt: skip
VIEWS = {"facts", "division", "household", "membership", "body", "venue", "venue_status", "space"}
PARAMETERS = {"division_prefix", "as_of", "from_on", "last_fact_id"}
WORDS = ("name", "unit", "definition", "clause", "caveat")


def without_literals(sql: str) -> str:
    return re.sub(r"'[^']*'", "''", sql).lower()


def test_figures_are_those_of_the_article_then_our_own() -> None:
    assert list(FIGURES) == IDS
    assert sorted(CHARTS) == ["C01_visits_by_month", "C02_homes_by_village"]
    assert [path.name[:3] for path in sorted(FOLDER.glob("*.sql"))] == IDS


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_calls_only_portable_functions(name: str) -> None:
    called = set(re.findall(r"\b([a-z_]+)\s*\(", without_literals(STATEMENTS[name])))
    assert called - NOT_FUNCTIONS <= FUNCTIONS


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_uses_nothing_that_engines_read_differently(name: str) -> None:
    assert [denied for denied in DENIED if denied in without_literals(STATEMENTS[name])] == []


@pytest.mark.parametrize("name", [name for name in STATEMENTS if name != "prelude"])
def test_statement_names_fact_at_most_once_and_never_the_raw_facts(name: str) -> None:
    sql = without_literals(STATEMENTS[name])
    assert len(NAMES_FACT.findall(sql)) <= 1
    assert re.search(r"\b(from|join)\s+facts\b", sql) is None


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_binds_only_known_parameters(name: str) -> None:
    assert set(re.findall(r"(?<![:\w]):([a-z_]+)", STATEMENTS[name])) <= PARAMETERS


@pytest.mark.parametrize("name", [name for name in STATEMENTS if name != "prelude"])
def test_statement_rolls_up_by_prefix(name: str) -> None:
    assert ":division_prefix || '%'" in STATEMENTS[name]


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_is_plain_ascii(name: str) -> None:
    assert STATEMENTS[name].isascii()


@pytest.mark.parametrize("figure", FIGURES.values(), ids=IDS)
def test_header_says_everything_in_both_languages(figure: Figure) -> None:
    missing = [key for word in WORDS for key in (word, f"{word}_en") if not figure.header.get(key)]
    assert missing == []
    assert figure.header["kind"] in {"count", "ratio"}
    assert figure.header["applies"] in {"any", "town"}
    assert re.fullmatch(r"integer|wan1|percent|percent_floor|fraction|floor:[1-9][0-9]*", figure.header["display"])
    assert figure.header["section"] in {"1", "2", "3", "4", "5"}
    ratio_words = {"numerator", "numerator_en", "denominator", "denominator_en"}
    assert ratio_words & figure.header.keys() == (ratio_words if figure.is_ratio else set())
    names = [pair.partition("=")[0] for pair in figure.header.get("parts", "").split(", ")]
    english = [pair.partition("=")[0] for pair in figure.header.get("parts_en", "").split(", ")]
    assert names == english


@pytest.mark.parametrize("figure", FIGURES.values(), ids=IDS)
def test_rows_have_the_common_columns(figure: Figure) -> None:
    first = figure.rows_sql.split("FROM")[0]
    for column in COLUMNS.split(", "):
        assert re.search(rf"\b{column}\b", first), column


def test_file_without_rows_or_header_is_no_figure() -> None:
    with pytest.raises(KeyError):
        parse("SELECT 1")


def test_digest_changes_with_the_text() -> None:
    text = (FOLDER / "F03_visits.sql").read_text()
    changed = parse(text.replace("visit_recorded", "visit_imagined"))
    assert changed.digest != FIGURES["F03"].digest
    assert parse(text).digest == FIGURES["F03"].digest
