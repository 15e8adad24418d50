"""The shipped forms fill themselves, and their counts are those of the figures from the same rows."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.test import Client
from python_calamine import load_workbook

from redhouse.cli import redhouse
from redhouse.ground.access.holdings import Span, holding_named
from redhouse.ground.access.models import Account
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.ledger.rules import NotYet
from redhouse.kit.today import stand_at
from redhouse.work.answers.definitions import load_figures
from redhouse.work.answers.queries import run
from redhouse.work.answers.queries.months import by_month
from redhouse.work.forms import actions, queries
from redhouse.work.forms.definitions import AnswerKind, Ask, Column, Per, shipped
from redhouse.work.forms.queries.gathering import gathered
from redhouse.work.forms.queries.workbook import answers_of
from redhouse.work.visits.actions import correct_visit
from redhouse.work.visits.enums import VisitMode
from redhouse.work.visits.queries.problems import count_problems
from tests.cast import HAIZHOU, TODAY, TOWN, XINTIAN, person
from tests.work.forms.factories import DAY, inspected, logged, problem, visited

MONTH = "2018-11"


@pytest.fixture(autouse=True)
def _then() -> None:
    stand_at(TODAY)


def filled(code: str, place: str = XINTIAN, who: str = "org") -> queries.Filled:
    asked = queries.ledger_for(person(who), code, place, MONTH)
    assert asked is not None
    return queries.fill(asked)


def test_every_shipped_form_counts_what_the_ledger_counts(town: str) -> None:
    visited()
    inspected()
    logged()
    problem()
    sequence_all()
    contact = filled("L01")
    answer = run(load_figures()["F03"], XINTIAN, date(2018, 11, 30), last_fact_id())
    assert contact.totals["times"] == by_month(answer)[10] == contact.count == 2
    november = (XINTIAN, date(2018, 11, 1), date(2018, 11, 30))
    counted = count_problems(*november)
    problems = filled("L02")
    assert (problems.totals["raised"], problems.totals["answered"]) == (counted.raised, counted.answered)
    assert counted.raised == problems.count == 1
    kinds = {kind: Fact.objects.filter(kind=kind) for kind in ("inspection_recorded", "station_day_logged")}
    looks = filled("L03")
    assert looks.totals["looks"] == kinds["inspection_recorded"].count() == looks.count == 1
    assert looks.totals["hazards"] == kinds["inspection_recorded"].get().quantity == 1
    days = filled("L04")
    assert days.totals["days"] == kinds["station_day_logged"].count() == 1
    assert days.totals["received"] == kinds["station_day_logged"].get().quantity == 7
    # the town's form holds the villages'; every row leads to its record and to its fact
    assert [filled(form.code, TOWN).count for form in shipped()] == [2, 1, 1, 1]
    assert all(line.row.link for form in shipped() for line in filled(form.code).lines)
    assert contact.lines[0].row.fact_id == Fact.objects.filter(kind="visit_recorded").earliest("pk").pk
    # doors and heads come masked, the member calls in office
    [home, head, member] = [contact.lines[0].cells[place].text for place in (3, 4, 5)]
    assert ("＊" in home, head, member) == (True, "户＊1", "户常访")


def test_nobody_out_of_reach_opens_a_form_and_who_opens_one_is_written_down(town: str) -> None:
    visited()
    for who, places in {"secretary": {XINTIAN}, "neighbour": {HAIZHOU}, "member": set(), "admin": set()}.items():
        assert {place.code for place in queries.places_for(person(who), TODAY)} == places
    client = Client()
    client.force_login(Account.objects.get(username="neighbour"))
    assert client.get(f"/forms/L01/{XINTIAN}/{MONTH}/").status_code == 404
    assert client.get(f"/forms/L01/{XINTIAN}/{MONTH}/download/?kind=xlsx").status_code == 404
    client.force_login(Account.objects.get(username="member"))
    assert client.get("/forms/").status_code == 403
    client.force_login(Account.objects.get(username="supervisor"))
    for _again in range(2):
        page = client.get(f"/forms/L01/{XINTIAN}/{MONTH}/").content.decode()
    assert "户＊1" in page
    assert "户主1" not in page
    book = client.get(f"/forms/L01/{XINTIAN}/{MONTH}/download/?kind=xlsx").getvalue()
    grid = load_workbook(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert grid[0][0] == "新田户联系台账（2018年11月）"
    assert [row[-1] for row in grid if row[0] in (1.0, 2.0, "合计")] == [1.0, 1.0, 2.0]
    looks = Fact.objects.filter(kind__in=("report_opened", "report_taken")).order_by("fact_id")
    assert [(look.kind, look.label, look.quantity) for look in looks] == [
        ("report_opened", "L01.2018-11", 2),
        ("report_taken", "L01.2018-11", 2),
    ]
    # who only watches fills nothing
    assert client.post(f"/forms/L04/{XINTIAN}/{MONTH}/fill/", {"next_topic.": "消防"}).status_code == 403


def test_what_is_asked_is_kept_with_who_and_when_and_mended_by_a_later_entry(town: str) -> None:
    logged()
    asked = queries.ledger_for(person("grid"), "L04", XINTIAN, MONTH)
    assert asked is not None
    cell = {("", "next_topic"): "消防"}
    assert actions.fill_cells(asked=asked, answers=cell, by=person("grid"), on=DAY) == 1
    assert actions.fill_cells(asked=asked, answers=cell, by=person("grid"), on=DAY) == 0  # the same again is nothing
    actions.fill_cells(asked=asked, answers={("", "next_topic"): "分红"}, by=person("secretary"), on=DAY)
    [shown] = queries.fill(asked).place
    assert shown.entry is not None
    assert (shown.text, shown.entry.filled_by.name, shown.entry.filled_on) == ("分红", "田大业", DAY)
    first, second = Fact.objects.filter(kind="report_cell_filled").order_by("fact_id")
    assert (second.corrects_id, second.actor_id, second.label) == (first.pk, person("secretary").pk, "L04.2018-11")
    for answers in ({("", "other"): "x"}, {("9", "next_topic"): "x"}, {("", "next_topic"): "长" * 201}):
        with pytest.raises(NotYet):
            actions.fill_cells(asked=asked, answers=answers, by=person("grid"), on=DAY)
    with pytest.raises(PermissionDenied):
        actions.fill_cells(asked=asked, answers=cell, by=person("neighbour"), on=DAY)
    # one's own place answers for itself; the town gathers what its villages wrote
    above = queries.ledger_for(person("org"), "L04", TOWN, MONTH)
    assert above is not None
    assert queries.fill(above).place[0].text == ""
    [each] = gathered(above)
    assert [(village, cell.text) for village, cell in each.answers] == [("新田", "分红")]
    assert (each.total, "新田" in each.silent, len(each.silent)) == (None, False, 1)
    assert gathered(asked) == [], "a village gathers nothing"


def asking(code: str, place: str, ask: Ask, who: str = "org") -> queries.Asked:
    """A shipped form with one question more."""
    asked = queries.ledger_for(person(who), code, place, MONTH)
    assert asked is not None
    return replace(asked, form=replace(asked.form, columns=(*asked.form.columns, Column(ask=ask))))


def test_numbers_of_the_villages_are_summed_in_the_form_of_the_town(town: str) -> None:
    ask = Ask("lamps", "坏了几盏灯", "", AnswerKind.NUMBER, Per.PLACE)
    for place, number in ((XINTIAN, "5"), (HAIZHOU, "7"), (XINTIAN, "0")):
        asked = asking("L04", place, ask)
        actions.fill_cells(asked=asked, answers={("", "lamps"): number}, by=person("org"), on=DAY)
    asked = asking("L04", TOWN, ask)
    assert [(each.total, len(each.answers), len(each.silent)) for each in gathered(asked)] == [(None, 0, 2), (7, 2, 0)]
    assert "各村（社区）填的坏了几盏灯　合计7：海舟 7；新田 0" in answers_of(queries.fill(asked))


def test_what_was_written_beside_a_row_stays_beside_its_correction(town: str) -> None:
    visited(1)
    asked, by = asking("L01", XINTIAN, Ask("why", "为什么去", "", AnswerKind.WORDS, Per.ROW)), person("member")
    [line] = queries.fill(asked).lines
    actions.fill_cells(asked=asked, answers={(line.row.key, "why"): "送药"}, by=person("org"), on=DAY)
    moved = correct_visit(fact_id=int(line.row.key), happened_on=DAY - timedelta(days=1), by=by, on=DAY)
    twice = correct_visit(fact_id=moved, mode=VisitMode.THEMED, by=by, on=DAY)
    [line] = queries.fill(asked).lines
    assert (line.row.key, line.cells[-1].text) == (str(twice), "送药")
    for said, changed in (("送药", 0), ("送米", 1)):
        answers = {(line.row.key, "why"): said}
        assert actions.fill_cells(asked=asked, answers=answers, by=person("org"), on=DAY) == changed
    [line] = queries.fill(asked).lines
    assert line.cells[-1].text == "送米"


def test_registry_and_figures_are_held_too(town: str) -> None:
    visited()
    sequence_all()
    span = Span(TOWN, date(2018, 12, 1), date(2019, 1, 1))
    orgs = holding_named("party_orgs")
    assert orgs is not None
    rows = orgs.read(list(orgs.find(span)))
    [village] = [row for row in rows if row.cells["name"] == "新田村党委"]
    assert (village.cells["secretary"], village.cells["kind"]) == ("田大业", "党委")
    assert orgs.total(span) == {"registered": 1, "floating": 0, "orgs": len(rows)}
    figures = holding_named("village_figures")
    assert figures is not None
    cells = {row.cells["place"]: row.cells for row in figures.read(list(figures.find(span)))}
    assert (cells["新田"]["f03"], cells["新田"]["f02"], cells["海舟"]["f03"]) == (2, 1, 0)
    assert cells["新田"]["f05"] == "66.67%"
    assert figures.total(span) == {"f02": 1, "f03": 2}


def test_the_command_fills_a_form(town: str, tmp_path: object) -> None:
    visited()

    def call(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(redhouse, ["forms", *arguments], catch_exceptions=False)
        return done.exit_code, done.output

    assert all(form.code in call("list")[1] for form in shipped())
    assert "2 村（社区）　已有：走访联系，走访记录" in call("show", "L01")[1]
    path = f"{tmp_path}/l01"
    code, told = call(
        "fill", "L01", "--place", XINTIAN, "--month", MONTH, "--xlsx", f"{path}.xlsx", "--docx", f"{path}.docx"
    )
    assert (code, "走访人次　2" in told) == (0, True)
    assert load_workbook(f"{path}.xlsx").sheet_names == ["户联系台账"]
    assert call("fill", "L09", "--place", XINTIAN, "--month", MONTH)[0] == 65
    assert call("fill", "L01", "--place", XINTIAN, "--month", "2018-13")[0] == 65
