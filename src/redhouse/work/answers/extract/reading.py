"""Answering from a folder with DuckDB: the same text, the same cuts, no database and no house."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from redhouse.kit.archive import Progress, quiet
from redhouse.kit.divisions import DivisionError, is_within, level
from redhouse.work.answers.definitions import (
    COUNT,
    NAME,
    Answer,
    BadDay,
    Figure,
    NoSuchAnswer,
    applies,
    as_answer,
    parameters,
    parse_day,
    read_figures,
    with_prelude,
)
from redhouse.work.answers.extract.manifest import FIGURES, PRELUDE_FILE, Manifest, checked
from redhouse.work.answers.extract.script import literal, view
from redhouse.work.answers.extract.zipped import as_folder

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLACE = (
    "SELECT max(name), bool_or(from_on <= $as_of AND (until_on IS NULL OR until_on > $as_of)),"
    " (SELECT min(happened_on) FROM facts) FROM division WHERE code = $code"
)


@dataclass(frozen=True)
class Extract:
    """An open folder, checked to the byte."""

    manifest: Manifest
    figures: dict[str, Figure]
    prelude: str
    engine: duckdb.DuckDBPyConnection

    def rows(self, statement: str, division_code: str, as_of: date) -> list[list[Any]]:
        """Run a statement of a figure, `:name` bound as a value."""
        given = parameters(division_code, as_of, self.manifest.last_fact_id)
        used = {name: given[name] for name in NAME.findall(statement)}
        return [list(row) for row in self.engine.execute(NAME.sub(r"$\1", statement), used).fetchall()]

    def count(self, figure: Figure, division_code: str, as_of: date) -> Answer:
        """Count one figure from the files."""
        cut = self.manifest.last_fact_id
        if not applies(figure, division_code):
            return Answer(figure, division_code, as_of, cut)
        counted = self.rows(with_prelude(figure.count_sql, COUNT, self.prelude), division_code, as_of)
        return as_answer(figure, division_code, as_of, cut, counted)

    def answer_sheet(self, division_code: str, as_of: date) -> list[Answer]:
        """Every figure of the folder, in order."""
        return [self.count(figure, division_code, as_of) for figure in self.figures.values()]

    def day(self, text: str | None) -> date:
        """The day that is asked for, or the folder's own. Raises BadDay for one that the folder knows nothing of."""
        if text is None:
            return self.manifest.as_of
        day = parse_day(text, date.max)
        written_on = self.manifest.created_at.astimezone(SHANGHAI).date()
        if day > written_on:
            raise BadDay(f"这份数据导出于 {written_on}，不知道 {day} 的事：请选那一天或更早的日期。")
        return day

    def place(self, division_code: str, as_of: date) -> str:
        """The name of a division as it stood on the day. Raises NoSuchAnswer for one that is not in the folder."""
        whole = self.manifest.division_code
        try:
            level(division_code)
        except DivisionError as error:
            raise NoSuchAnswer(str(error)) from None
        if not is_within(division_code, whole):
            raise NoSuchAnswer(f"这份数据只含 {whole} 一个区划以内的记录，没有 {division_code}：请换一个代码。")
        ((name, stands, first),) = self.engine.execute(PLACE, {"code": division_code, "as_of": as_of}).fetchall()
        if name is None:
            raise NoSuchAnswer(f"这份数据里没有代码为 {division_code} 的区划：请核对代码。")
        if first and as_of < first:
            raise NoSuchAnswer(f"{as_of} 早于任何记录：数据从 {first} 开始，请选这一天或以后的日期。")
        if not stands:
            raise NoSuchAnswer(f"{name}（{division_code}）在 {as_of} 还未设立或已撤销：请换一个日期。")
        return str(name)


@contextmanager
def open_extract(path: Path, progress: Progress = quiet) -> Iterator[Extract]:
    """Check the folder, or the zip of one, and open it. Raises BadExtract. The statements come out of the folder, so
    the engine that runs them can read this folder and nothing else."""
    with as_folder(path) as unpacked, duckdb.connect(":memory:") as engine:
        folder = unpacked.resolve()
        manifest = checked(folder, progress, called=path)
        engine.execute("SET TimeZone = 'UTC'")
        for relation in manifest.relations:
            engine.execute(view(manifest, relation, [_escaped(folder / name) for name in manifest.of(relation)]))
        # the engine compares names as they are written, then as they are found
        engine.execute(f"SET allowed_directories = [{literal(_escaped(folder))}, {literal(str(folder))}]")
        engine.execute("SET enable_external_access = false")
        engine.execute("SET lock_configuration = true")
        prelude = (folder / PRELUDE_FILE).read_text(encoding="utf-8").rstrip("\n")
        yield Extract(manifest, read_figures(folder / FIGURES), prelude, engine)


def _escaped(path: Path) -> str:
    """DuckDB reads every path as a pattern."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))
