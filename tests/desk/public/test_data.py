"""Open data: one table in three formats, of today and of an earlier day."""

import csv
import io
import json

import duckdb
import pytest
from django.test import Client

from redhouse.desk.public.datasets import DATASETS
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.places.models import Division, Venue
from tests.cast import HAIZHOU, TOWN, XINTIAN
from tests.desk.pages import clean


def table(browser: Client, name: str, day: str = "latest") -> list[dict[str, object]]:
    rows: list[dict[str, object]] = browser.get(f"/open/data/{day}/{name}.json").json()["rows"]
    return rows


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_three_formats_say_the_same(filled: str, stranger: Client, name: str, tmp_path) -> None:
    rows = table(stranger, name)
    assert rows
    text = stranger.get(f"/open/data/latest/{name}.csv").content.decode("utf-8-sig")
    as_text = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
    assert list(csv.DictReader(io.StringIO(text))) == as_text
    path = tmp_path / "table.parquet"
    path.write_bytes(stranger.get(f"/open/data/latest/{name}.parquet").content)
    with duckdb.connect() as base:
        found = base.execute(f"SELECT * FROM '{path}'")
        names = [column[0] for column in found.description]
        values = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert json.loads(json.dumps(values, default=str)) == rows


def test_a_figure_is_given_by_whole_numbers_with_its_parts(filled: str, stranger: Client) -> None:
    found = {(row["figure"], row["part"]): row for row in table(stranger, "figures")}
    assert (found["F04", ""]["numerator"], found["F04", ""]["denominator"]) == (4, 3)
    assert found["F07", "building"]["numerator"] == 1
    assert found["F04", ""]["state"] == "computed"
    assert found["F04", ""]["cut"] == last_fact_id()


def test_villages_bear_their_counts(filled: str, stranger: Client) -> None:
    found = {row["code"]: row for row in table(stranger, "villages")}
    assert set(found) == {XINTIAN, HAIZHOU}
    assert (found[XINTIAN]["visits"], found[XINTIAN]["households"], found[XINTIAN]["centre"]) == (4, 3, "in_use")
    assert found[XINTIAN]["venues"] == Venue.objects.filter(division_code__startswith=XINTIAN).count()


def test_an_earlier_day_has_its_own_table(filled: str, stranger: Client) -> None:
    visits = {day: table(stranger, "villages", day)[-1]["visits"] for day in ("2018-10-31", "2018-12-14")}
    assert visits == {"2018-10-31": 2, "2018-12-14": 4}
    answer = stranger.get("/open/data/2018-10-31/figures.csv")
    assert f'redhouse-{TOWN}-figures-2018-10-31-{last_fact_id()}.csv"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "path",
    ["2018-12-15/figures.csv", "2011-01-01/figures.csv", "yesterday/figures.csv", "2018-02-30/figures.csv",
     "latest/people.csv", "latest/figures.xml"],
)  # fmt: skip
def test_what_is_no_table_is_not_there(filled: str, stranger: Client, path: str) -> None:
    assert stranger.get(f"/open/data/{path}").status_code == 404


def test_past_days_are_counted_in_measure(filled: str, stranger: Client) -> None:
    paths = [f"/open/data/2018-10-{day:02}/definitions.csv" for day in range(1, 15)]
    answers = [stranger.get(path) for path in paths]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"
    assert "请等一分钟" in clean(answers[-1])
    assert "public" not in answers[-1].get("Cache-Control", "")
    assert stranger.get("/open/data/latest/definitions.csv").status_code == 200
    assert stranger.get(paths[0], REMOTE_ADDR="192.168.1.9").status_code == 200


def test_a_name_never_becomes_a_formula(filled: str, stranger: Client) -> None:
    Division.objects.filter(code=HAIZHOU).update(name="=1+1")
    assert b",'=1+1," in stranger.get("/open/data/latest/villages.csv").content
    assert {row["name"] for row in table(stranger, "villages")} == {"=1+1", "新田"}
