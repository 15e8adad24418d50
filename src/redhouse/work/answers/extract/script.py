"""`answers.sql`: the whole folder as one script, for DuckDB alone, with the day and the division written out."""

from datetime import date

from redhouse.work.answers.definitions import COUNT, NAME, Figure, applies, parameters, with_prelude
from redhouse.work.answers.extract.manifest import Manifest

HEAD = """\
-- 在本文件夹里运行 / run inside this folder:  duckdb -c ".read answers.sql"
-- 区划 {division}　截至 {as_of}　账本第 {last_fact_id} 条
SET TimeZone = 'UTC';
"""


def script(manifest: Manifest, figures: list[Figure]) -> str:
    """Views over the files, then every figure that applies, counted for the folder's own division and day."""
    head = HEAD.format(division=manifest.division_code, as_of=manifest.as_of, last_fact_id=manifest.last_fact_id)
    views = [view(manifest, relation, manifest.of(relation)) + ";\n" for relation in manifest.relations]
    given = parameters(manifest.division_code, manifest.as_of, manifest.last_fact_id)
    counts = [
        f"\n-- {figure.id} {figure.header['name']}\n"
        + NAME.sub(lambda found: literal(given[found[1]]), with_prelude(figure.count_sql, then(figure)))
        + ";\n"
        for figure in figures
        if applies(figure, manifest.division_code)
    ]
    return "".join([head, *views, *counts])


def then(figure: Figure) -> str:
    return COUNT.replace("SELECT part", f"SELECT '{figure.id}' AS figure, part")


def view(manifest: Manifest, relation: str, paths: list[str]) -> str:
    """A view over the files of a relation; of no rows where there is no file."""
    columns = manifest.relations[relation].columns
    if not paths:
        empty = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in columns.items())
        return f"CREATE VIEW {relation} AS SELECT {empty} WHERE false"
    files = ", ".join(map(literal, paths))
    return f"CREATE VIEW {relation} AS SELECT * FROM read_parquet([{files}], hive_partitioning = false)"


def literal(value: int | str | date) -> str:
    """A value as every SQL dialect reads it."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return f"DATE '{value}'"
    return "'" + value.replace("'", "''") + "'"
