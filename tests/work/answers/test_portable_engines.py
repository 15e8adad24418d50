"""One text, two engines: PostgreSQL in the house, DuckDB over the folder. Same values, same Python types, same rows."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from redhouse.ground.ledger.actions import correct, record
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.people.models import Household
from redhouse.kit.errors import HouseError
from redhouse.work.answers.definitions import COUNT, load_figures, with_prelude
from redhouse.work.answers.extract.manifest import MANIFEST, SCRIPT, BadExtract, Manifest, checked, digest_of
from redhouse.work.answers.extract.reading import Extract, open_extract
from redhouse.work.answers.extract.writing import RELATIONS, write_extract
from redhouse.work.answers.queries import run
from redhouse.work.answers.queries.rows import COLUMNS
from redhouse.work.answers.queries.runs import bound, parameters, reading
from tests.cast import ESTATE, HAIZHOU, TOWN, XINTIAN
from tests.work.answers.factories import AS_OF, contact, fill_town, households, log, visit
from tests.work.answers.test_runs import DAYS, STEP, take

FIGURES = list(load_figures().values())
ROWS = f"SELECT {COLUMNS} FROM answer"


def in_the_house(statement: str, code: str, as_of: date) -> list[list[Any]]:
    with reading() as cursor:
        cursor.execute(bound(statement), parameters(code, as_of, last_fact_id()))
        return [list(row) for row in cursor.fetchall()]


def typed(rows: list[list[Any]]) -> list[str]:
    """Rows in an order of their own; the text shows 1, True and 1.0 apart."""
    return sorted(map(repr, rows))


def assert_same(extract: Extract, code: str, as_of: date, *, behind: bool) -> None:
    for figure in FIGURES:
        for text, then in [(figure.count_sql, COUNT)] + [(figure.rows_sql, ROWS)] * behind:
            statement = with_prelude(text, then)
            found = extract.rows(statement, code, as_of)
            assert typed(found) == typed(in_the_house(statement, code, as_of)), (figure.id, code, as_of)
        assert extract.count(extract.figures[figure.id], code, as_of) == run(figure, code, as_of, last_fact_id())


@contextmanager
def extracted(folder: Path, code: str = TOWN) -> Iterator[Extract]:
    shutil.rmtree(folder, ignore_errors=True)
    write_extract(folder, division_code=code, last_fact_id=last_fact_id())
    with open_extract(folder) as extract:
        yield extract


def test_the_demo_town_answers_alike_at_every_cut(demo: str, tmp_path: Path) -> None:
    with extracted(tmp_path / "town") as extract:
        for as_of in (AS_OF, date(2018, 3, 31), date(2017, 12, 31), date(2016, 1, 1)):
            assert_same(extract, TOWN, as_of, behind=False)
        for code in (XINTIAN, HAIZHOU, f"{XINTIAN}001"):
            assert_same(extract, code, AS_OF, behind=True)
        whole = extract.answer_sheet(TOWN, AS_OF)
    assert [answer.value for answer in whole if answer.figure.id in {"F02", "F03"}] == [4012, 346_000]
    with extracted(tmp_path / "village", XINTIAN) as extract:
        assert_same(extract, XINTIAN, AS_OF, behind=True)


@settings(max_examples=10)
@given(first=st.lists(STEP, max_size=8), later=st.lists(STEP, max_size=8), as_of=DAYS, home=st.integers(0, 2))
def test_any_ledger_answers_alike(
    town: str, tmp_path: Path, first: list[Any], later: list[Any], as_of: date, home: int
) -> None:
    for step in first:
        take(step)
    household = households()[home]
    moved = HAIZHOU if household.division_code != HAIZHOU else ESTATE
    Household.objects.filter(pk=household.pk).update(division_code=moved)
    for step in later:
        take(step)
    log()
    for code in (TOWN, HAIZHOU, XINTIAN):
        with extracted(tmp_path / "extract", code) as extract:
            assert_same(extract, code, as_of, behind=True)


def test_every_relation_has_the_same_rows_and_types(town: str, tmp_path: Path) -> None:
    fill_town()
    with extracted(tmp_path / "extract") as extract:
        for relation, known in extract.manifest.relations.items():
            columns = [f"CAST({name} AS varchar)" if name == "recorded_at" else name for name in known.columns]
            statement = f"SELECT {', '.join(columns)} FROM {relation}"
            here = in_the_house(statement, TOWN, AS_OF)
            assert typed(extract.rows(statement, TOWN, AS_OF)) == typed(here)
            assert len(here) == known.rows > 0, relation
        types = extract.rows("SELECT DISTINCT column_type FROM (DESCRIBE facts)", TOWN, AS_OF)
    assert sorted(kind for (kind,) in types) == ["BIGINT", "DATE", "TIMESTAMP WITH TIME ZONE", "VARCHAR"]


def test_the_folder_holds_every_view_that_figures_may_read(town: str) -> None:
    with connections["figures"].cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.views WHERE table_schema = 'figures'")
        assert {name for (name,) in cursor.fetchall()} == RELATIONS.keys()


def test_contact_from_before_the_move_and_correction_filed_elsewhere_come_along(town: str, tmp_path: Path) -> None:
    household = households()[0]
    contact(household)
    moved = visit(household)
    Household.objects.filter(pk=household.pk).update(division_code=HAIZHOU)
    correct(fact_id=moved, by=1, division_code=HAIZHOU)
    log()
    for code, visits, covered in ((XINTIAN, 0, 0), (HAIZHOU, 1, 1)):
        with extracted(tmp_path / "extract", code) as extract:
            of = {answer.figure.id: answer.numerator for answer in extract.answer_sheet(code, AS_OF)}
        assert (of["F03"], of["F05"]) == (visits, covered)


def test_facts_lie_by_town_and_month(town: str, tmp_path: Path) -> None:
    visit(households()[0], on=date(2018, 3, 31))
    visit(households()[0], on=date(2018, 12, 1))
    log()
    with extracted(tmp_path / "extract") as extract:
        assert extract.manifest.of("facts") == [
            f"facts/town=440605122/month={month}/facts.parquet" for month in ("2018-03", "2018-12")
        ]


def test_empty_ledger_answers_too(town: str, tmp_path: Path) -> None:
    with extracted(tmp_path / "extract") as extract:
        assert (extract.manifest.of("facts"), extract.manifest.head) == ([], None)
        assert_same(extract, TOWN, AS_OF, behind=True)


def test_the_same_rows_give_the_same_bytes(town: str, tmp_path: Path) -> None:
    fill_town()
    cut = last_fact_id()
    one = write_extract(tmp_path / "one", division_code=TOWN, last_fact_id=cut, as_of=AS_OF)
    visit(households()[0])
    log()
    two = write_extract(tmp_path / "two", division_code=TOWN, last_fact_id=cut, as_of=AS_OF)
    assert one.files == two.files
    assert len(one.files) == len({path for path in (tmp_path / "one").rglob("*") if path.is_file()}) - 1


def test_an_auditor_needs_duckdb_alone(town: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_town()
    with extracted(tmp_path / "extract") as extract:
        sheet = extract.answer_sheet(TOWN, AS_OF)
    monkeypatch.chdir(tmp_path / "extract")
    with duckdb.connect(":memory:") as engine:
        found = [
            row for statement in engine.extract_statements(Path(SCRIPT).read_text(encoding="utf-8"))
            if (rows := engine.execute(statement).fetchall()) and len(rows[0]) == 5
            for row in rows
        ]  # fmt: skip
    headline = {figure: (up, down, facts) for figure, part, up, down, facts in found if part == ""}
    assert headline == {a.figure.id: (a.numerator, a.denominator, a.facts) for a in sheet}


@pytest.fixture
def folder(town: str, tmp_path: Path) -> Path:
    fill_town()
    write_extract(tmp_path / "extract", division_code=TOWN, last_fact_id=last_fact_id())
    return tmp_path / "extract"


def refused(folder: Path) -> str:
    with pytest.raises(BadExtract) as caught:
        checked(folder)
    return caught.value.message


def rewrite(folder: Path, **changes: object) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_every_byte_is_held(folder: Path) -> None:
    names = checked(folder).files
    for name in names:
        path = folder / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert f"里的 {name} 与清单的摘要不符" in refused(folder)
        path.unlink()
        assert f"缺少清单上的 {name}" in refused(folder)
        path.write_bytes(whole)
    (folder / "facts" / "more.parquet").touch()
    assert "facts/more.parquet 不在清单里" in refused(folder)
    (folder / "facts" / "more.parquet").rename(folder / ".DS_Store")
    assert checked(folder).files == names


def test_what_is_no_folder_of_ours_is_refused(folder: Path, tmp_path: Path) -> None:
    assert "没有可读的 manifest.json" in refused(tmp_path / "none")
    rewrite(folder, version=99)
    assert "第 99 版" in refused(folder)
    rewrite(folder, format="something-else")
    assert "读不懂" in refused(folder)
    (folder / MANIFEST).write_text("[]")
    assert "读不懂" in refused(folder)


@pytest.mark.parametrize("key", ["last_fact_id", "size"])
def test_cut_and_head_cannot_be_changed(folder: Path, key: str) -> None:
    head = json.loads((folder / MANIFEST).read_text())["head"]
    changed = {"last_fact_id": 1} if key == "last_fact_id" else {"head": head | {"size": 1}}
    rewrite(folder, **changed)
    assert "日志头签名不成立" in refused(folder)


def test_manifest_reads_as_it_was_written(folder: Path) -> None:
    text = (folder / MANIFEST).read_text()
    assert Manifest.parse(text).text == text
    assert Manifest.parse(text).digest == digest_of(folder / MANIFEST)


@pytest.mark.parametrize("reach", ["read_text('{}')", "glob('{}')"])
def test_sql_out_of_a_folder_sees_nothing_but_the_folder(folder: Path, tmp_path: Path, reach: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mine")
    with open_extract(folder) as extract, pytest.raises(duckdb.Error):
        extract.rows(f"SELECT * FROM {reach.format(secret)}", TOWN, AS_OF)
    with open_extract(folder) as extract, pytest.raises(duckdb.Error):
        extract.rows(f"COPY (SELECT 1) TO '{tmp_path}/written'", TOWN, AS_OF)
    assert not (tmp_path / "written").exists()


@pytest.mark.parametrize("name", ["a'b", "a[b]*?", "红 房 子"])
def test_any_name_of_a_folder_will_do(folder: Path, tmp_path: Path, name: str) -> None:
    with open_extract(folder.rename(tmp_path / name)) as extract:
        assert extract.place(XINTIAN, AS_OF) == "新田"
        assert extract.answer_sheet(TOWN, AS_OF)[1].value == 4


def test_cut_between_two_heads_and_full_target_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="没有签名的日志头"):
        write_extract(tmp_path / "new", division_code=TOWN, last_fact_id=last_fact_id() - 1)
    with pytest.raises(HouseError, match="不是空文件夹"):
        write_extract(folder, division_code=TOWN, last_fact_id=last_fact_id())
    assert {path.name for path in tmp_path.iterdir()} == {"extract"}


def test_nothing_is_left_of_an_export_that_failed(town: str, tmp_path: Path) -> None:
    fill_town()

    def stop(done: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(HouseError, match="写不了"):
        write_extract(tmp_path / "new", division_code=TOWN, last_fact_id=last_fact_id(), progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_empty_text_and_nothing_stay_apart(town: str, tmp_path: Path) -> None:
    record("goal_adopted", happened_on=AS_OF, division_code=TOWN, by=None, label="revival_talent")
    visit(households()[0], label="")
    log()
    with extracted(tmp_path / "extract") as extract:
        rows = extract.rows("SELECT label, actor_id FROM facts ORDER BY fact_id", TOWN, AS_OF)
    assert rows == [["revival_talent", None], ["", 1]]


def test_the_page_for_auditors_says_what_works(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[3] / "docs" / "audit.md").read_text(encoding="utf-8")
    digests, manifest, view, visits = duckdb.extract_statements(
        "".join(re.findall(r"```sql\n(.*?)```", page, re.DOTALL))
    )
    monkeypatch.chdir(folder)
    with duckdb.connect(":memory:") as engine:
        assert engine.execute(digests).fetchall() == []
        assert engine.execute(manifest).fetchall() == [(digest_of(folder / MANIFEST),)]
        engine.execute(view)
        assert engine.execute(visits).fetchall() == [(4, 4)]
        (folder / "body.parquet").unlink()
        assert [row[0] for row in engine.execute(digests).fetchall()] == ["body.parquet"]
