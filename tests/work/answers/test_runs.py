"""One answer, three ways: from the memo, from the rows, and counted in plain Python."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connections
from django.db.utils import DatabaseError
from hypothesis import given, settings
from hypothesis import strategies as st

from redhouse.ground.ledger.actions import correct, void
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.people.models import Household
from redhouse.work.answers.definitions import Answer, as_answer
from redhouse.work.answers.models import FigureMemo
from redhouse.work.answers.queries import answer_sheet, answers, load_figures, run, visits_by_month
from redhouse.work.answers.queries.grid import chart
from redhouse.work.answers.queries.runs import bound
from tests.cast import BEGIN, HAIZHOU, TOWN, XINTIAN
from tests.work.answers.factories import AS_OF, contact, fill_town, households, log, visit

FIGURES = [load_figures()[one] for one in ("F03", "F04", "F05", "F23")]
EVERY = list(load_figures().values())
DAYS = st.dates(BEGIN - timedelta(days=20), AS_OF + timedelta(days=20))
HOUSEHOLD = st.integers(0, 2)
STEP = st.one_of(
    st.tuples(st.just("visit"), HOUSEHOLD, DAYS, st.integers(1, 3)),
    st.tuples(st.just("contact"), HOUSEHOLD, DAYS, st.booleans()),
    st.tuples(st.just("correct"), st.integers(0, 10**6), DAYS, st.integers(1, 9)),
    st.tuples(st.just("void"), st.integers(0, 10**6), DAYS, st.none()),
)


def take(step: tuple[str, int, date, object]) -> None:
    what, which, on, more = step
    if what == "visit":
        visit(households()[which], on=on, quantity=int(str(more)))
    elif what == "contact":
        contact(households()[which], on=on, ended=bool(more))
    elif standing := list(Fact.objects.filter(corrected_by=None).exclude(kind="fact_voided").order_by("pk")):
        fact_id = standing[which % len(standing)].pk
        if what == "correct":
            correct(fact_id=fact_id, by=1, quantity=more, happened_on=on)
        else:
            void(fact_id=fact_id, by=1, on=on)


def in_plain_python(prefix: str, as_of: date, cut: int) -> dict[str, int | Fraction | None]:
    known = list(Fact.objects.filter(fact_id__lte=cut).values())
    corrected = {fact["corrects_id"] for fact in known}
    facts = [f for f in known if f["fact_id"] not in corrected and f["happened_on"] <= as_of]
    homes = [
        h for h in Household.objects.all()
        if h.division_code.startswith(prefix) and h.from_on <= as_of and (h.until_on is None or h.until_on > as_of)
    ]  # fmt: skip
    of_year = [f for f in facts if f["kind"] == "visit_recorded" and f["happened_on"].year == as_of.year]
    visits = sum(f["quantity"] for f in of_year if f["division_code"].startswith(prefix))
    visited = {f["subject_id"] for f in of_year} & {h.pk for h in homes}

    def contacts(household: Household) -> int:
        mine = [f["kind"] for f in facts if f["subject_id"] == household.pk]
        return mine.count("contact_assigned") - mine.count("contact_ended")

    covered = sum(contacts(household) > 0 for household in homes)
    return {
        "F03": visits,
        "F04": Fraction(visits, len(homes)) if homes else None,
        "F05": Fraction(covered, len(homes)) if homes else None,
        "F23": Fraction(len(visited), len(homes)) if homes else None,
    }


def cells_in_plain_python(as_of: date, cut: int) -> dict[tuple[str, int], int]:
    known = list(Fact.objects.filter(fact_id__lte=cut).values())
    corrected = {fact["corrects_id"] for fact in known}
    cells: dict[tuple[str, int], int] = {}
    for fact in known:
        on = fact["happened_on"]
        counts = fact["kind"] == "visit_recorded" and fact["fact_id"] not in corrected
        if counts and on <= as_of and on.year == as_of.year:
            cell = (fact["division_code"][:12], on.month)
            cells[cell] = cells.get(cell, 0) + fact["quantity"]
    return cells


@settings(max_examples=25)
@given(first=st.lists(STEP, max_size=8), later=st.lists(STEP, max_size=8), as_of=DAYS)
def test_memo_run_and_plain_python_agree_at_every_cut(
    town: str, first: list[tuple[str, int, date, object]], later: list[tuple[str, int, date, object]], as_of: date
) -> None:
    # the ledger keeps what earlier examples wrote; the plain count reads all of it too
    for step in first:
        take(step)
    log()
    cut = last_fact_id()
    remembered = {answer.figure.id: answer.value for answer in answers(FIGURES, TOWN, as_of, cut)}
    assert remembered == in_plain_python("440605122", as_of, cut)
    everything = answers(EVERY, TOWN, as_of, cut)
    assert everything == [run(figure, TOWN, as_of, cut) for figure in EVERY]
    grid = visits_by_month(TOWN, as_of, cut)
    assert grid.cells == cells_in_plain_python(as_of, cut)
    for step in later:
        take(step)
    log()
    assert {figure.id: run(figure, TOWN, as_of, cut).value for figure in FIGURES} == remembered
    assert answers(EVERY, TOWN, as_of, cut) == everything  # from the memo
    assert [run(figure, TOWN, as_of, cut) for figure in EVERY] == everything  # from the rows
    for figure in FIGURES:
        parts = [run(figure, code, as_of, cut) for code in (XINTIAN, HAIZHOU)]
        whole = run(figure, TOWN, as_of, cut)
        assert sum(part.numerator or 0 for part in parts) == whole.numerator
        assert sum(part.denominator or 0 for part in parts) == (whole.denominator or 0)
    assert visits_by_month(TOWN, as_of, cut) == grid  # from the memo
    FigureMemo.objects.filter(figure=chart().id).delete()
    assert visits_by_month(TOWN, as_of, cut) == grid  # from the rows, after corrections and voids
    now = last_fact_id()
    for code in (TOWN, XINTIAN, HAIZHOU):
        prefix = code[:9] if code == TOWN else code
        live = {figure.id: run(figure, code, as_of, now).value for figure in FIGURES}
        assert live == in_plain_python(prefix, as_of, now)


def test_town_is_remembered_at_its_cut_and_village_is_live(town: str) -> None:
    fill_town()
    sheet = answer_sheet(TOWN, AS_OF)
    assert FigureMemo.objects.count() == len(sheet)
    answer_sheet(XINTIAN, AS_OF)
    assert FigureMemo.objects.count() == len(sheet)
    FigureMemo.objects.filter(figure="F03").update(result=[["", 7, None, 0]])
    assert next(a.value for a in answer_sheet(TOWN, AS_OF) if a.figure.id == "F03") == 7
    cut = last_fact_id()
    visit(households()[0])
    log()
    assert next(a.value for a in answer_sheet(TOWN, AS_OF) if a.figure.id == "F03") == 5
    assert next(a.value for a in answer_sheet(TOWN, AS_OF, cut) if a.figure.id == "F03") == 7


def test_fact_outside_the_signed_log_does_not_count_yet(town: str) -> None:
    visit(households()[0])
    assert run(FIGURES[0], XINTIAN, AS_OF, last_fact_id()).value == 0
    log()
    assert run(FIGURES[0], XINTIAN, AS_OF, last_fact_id()).value == 1


def test_figures_are_counted_by_a_role_that_can_only_read_views(town: str) -> None:
    with connections["figures"].cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("redhouse_figures", "on")
    for statement in ("SELECT name FROM public.people_person", "DELETE FROM figures.facts"):
        with pytest.raises(DatabaseError), connections["figures"].cursor() as cursor:
            cursor.execute(statement)


def test_parameters_are_bound_as_values_and_percent_signs_survive() -> None:
    assert bound("x LIKE :prefix || '%' AND y = 'a:b' AND z::date > :as_of") == (
        "x LIKE %(prefix)s || '%%' AND y = 'a:b' AND z::date > %(as_of)s"
    )


def made(figure_id: str, up: int | None, down: int | None = None, code: str = TOWN) -> Answer:
    return as_answer(load_figures()[figure_id], code, AS_OF, 1, [["", up, down, 0]])


@pytest.mark.parametrize(
    ("answer", "display", "exact"),
    [
        (made("F02", 4012), "4000", "4,012"),
        (made("F03", 346_000), "34.6万", "346,000"),
        (made("F03", 4_613), "4,613", "4,613"),
        (made("F03", 34_613, code=XINTIAN), "34,613", "34,613"),
        (made("F04", 346_000, 100_280), "345%", "345.03%"),
        (made("F04", 1999, 1000), "199%", "199.90%"),
        (made("F05", 3, 3), "100%", "100%"),
        (made("F07", 11, 32), "34%", "34.38%"),
        (made("F07", 1, 0), "—", "—"),
        (made("F10", 51), "50", "51"),
        (made("F10", 7, code=XINTIAN), "7", "7"),
        (made("F14", 126, 105), "126／105", "126／105"),
        (made("F16", 851), "850", "851"),
        (made("F19", None), "—", "—"),
    ],
)
def test_number_shows_as_the_article_prints_it(answer: Answer, display: str, exact: str) -> None:
    assert (answer.display, answer.exact) == (display, exact)


def test_json_of_a_ratio_is_a_reduced_fraction() -> None:
    assert made("F07", 11, 32).as_json()["value"] == "11/32"
    assert made("F14", 126, 105).as_json()["value"] == "6/5"
    assert made("F05", 3, 3).as_json()["value"] == "1"
    assert made("F05", 0, 0).as_json()["value"] is None
    assert made("F02", 4012).as_json()["value"] == 4012
    assert made("F19", None).as_json()["value"] is None
