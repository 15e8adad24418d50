"""Every figure against a small town whose numbers are known by heart, for the town and for its villages."""

from datetime import date
from fractions import Fraction

import pytest

from redhouse.ground.ledger.queries import last_fact_id
from redhouse.work.answers.queries import answer_sheet, by_village, load_figures
from redhouse.work.answers.queries.rows import all_rows
from tests.cast import HAIZHOU, TOWN, XINTIAN
from tests.work.answers.factories import AS_OF, fill_town

# id: value, parts
OF_THE_TOWN = {
    "F02": (2, {}),
    "F03": (4, {}),
    "F04": (Fraction(4, 3), {}),
    "F05": (Fraction(2, 3), {}),
    "F06": (2, {"village": 2, "community": 0}),
    "F07": (Fraction(1, 2), {"in_use": 1, "building": 1, "other": 0}),
    "F08": (1, {}),
    "F09": (5, {"阶梯室": 100, "大教室": 80, "教育馆": 60, "会议室": 12} | {
        "teaching_seats": 180, "seats_with_hall": 240, "volumes": 500,
    }),
    "F10": (1, {"people": 3}),
    "F11": (1, {"served": 390}),
    "F12": (3, {"committee": 1, "market": 1, "self_employed": 0, "micro_enterprise": 0, "village_new_two": 1}),
    "F13": (4, {"registered": 1, "floating": 3}),
    "F14": (Fraction(4, 6), {
        "branches": 2, "needed": 6, "registered": 1, "with_floating": 4, "holds_registered": 0,
        "holds_with_floating": 0,
    }),
    "F15": (1, {}),
    "F16": (851, {"fabric_metres_a_year": 3_000_000_000, "high_grade_percent": 10}),
    "F17": (1, {"year": 2016}),
    "F18": (3, {"revivals": 2, "governance": 1}),
    "F19": (10, {"sourced": 3, "other": 7}),
    "F20": (4, {"principles": 3, "gates": 4, "first": 3, "review": 1}),
    "F21": (1, {"venue_levels": 3, "volunteer_roles": 3, "contact_modes": 2, "heritage_sites": 1}),
    "F23": (Fraction(2, 3), {}),
    "F24": (0, {}), "F25": (0, {}), "F26": (0, {}), "F29": (0, {}),
    "F27": (None, {"passed": 0, "failed": 0, "inquorate": 0}), "F28": (None, {}),
    "F30": (None, {}), "F31": (None, {}), "F32": (None, {}),
}  # fmt: skip
NO_MATTERS = {"F24": 0, "F25": 0, "F26": 0, "F27": None, "F28": None, "F29": 0} | dict.fromkeys(["F30", "F31", "F32"])
VALUES_OF_XINTIAN = NO_MATTERS | {
    "F02": 1, "F03": 4, "F04": Fraction(4, 3), "F05": Fraction(2, 3), "F06": 1, "F07": Fraction(1), "F08": 1,
    "F09": None, "F10": 1, "F11": 1, "F12": 1, "F13": 2, "F14": Fraction(2, 3), "F15": 0, "F23": Fraction(2, 3),
} | dict.fromkeys(["F16", "F17", "F18", "F19", "F20", "F21"])  # fmt: skip
VALUES_OF_HAIZHOU = NO_MATTERS | {
    "F02": 1, "F03": 0, "F04": None, "F05": None, "F06": 1, "F07": Fraction(0), "F08": 0, "F09": None, "F10": 0,
    "F11": 0, "F12": 1, "F13": 2, "F14": Fraction(2, 3), "F15": 1, "F23": None,
} | dict.fromkeys(["F16", "F17", "F18", "F19", "F20", "F21"])  # fmt: skip


@pytest.fixture
def filled(town: str) -> str:
    fill_town()
    return town


def test_every_figure_of_the_town(filled: str) -> None:
    found = {answer.figure.id: (answer.value, answer.parts) for answer in answer_sheet(TOWN, AS_OF)}
    assert found == OF_THE_TOWN
    assert list(found["F09"][1]) == list(OF_THE_TOWN["F09"][1])  # parts keep their order


@pytest.mark.parametrize(("code", "values"), [(XINTIAN, VALUES_OF_XINTIAN), (HAIZHOU, VALUES_OF_HAIZHOU)])
def test_every_figure_of_a_village(filled: str, code: str, values: dict[str, object]) -> None:
    assert {answer.figure.id: answer.value for answer in answer_sheet(code, AS_OF)} == values


def test_county_and_city_count_their_towns(filled: str) -> None:
    of_town = [answer.value for answer in answer_sheet(TOWN, AS_OF)]
    for code in ("440605000000", "440600000000", "440000000000"):
        assert [answer.value for answer in answer_sheet(code, AS_OF)] == of_town


def test_neighbouring_town_has_none_of_it(filled: str) -> None:
    values = {answer.figure.id: answer.value for answer in answer_sheet("440605121000", AS_OF)}
    assert {value for value in values.values() if value} == set()


def test_earlier_day_has_earlier_states(filled: str) -> None:
    then = {answer.figure.id: answer for answer in answer_sheet(TOWN, date(2018, 1, 31))}
    assert then["F03"].value == 0
    assert then["F07"].parts == {"in_use": 0, "building": 1, "other": 1}
    assert then["F10"].value == 2  # 新苑 still stands
    assert then["F11"].value == 0
    assert then["F13"].parts["floating"] == 4
    assert then["F16"].value == 700
    assert then["F19"].value == 0


def test_next_year_counts_its_own_visits_and_plans(filled: str) -> None:
    then = {answer.figure.id: answer.value for answer in answer_sheet(TOWN, date(2019, 3, 1))}
    assert (then["F03"], then["F08"], then["F05"]) == (0, 1, Fraction(2, 3))


@pytest.mark.parametrize("code", [TOWN, XINTIAN, HAIZHOU])
def test_as_many_rows_open_as_a_figure_says(filled: str, code: str) -> None:
    for answer in answer_sheet(code, AS_OF):
        assert len(list(all_rows(answer))) == answer.facts, answer.figure.id


def test_additive_figures_add_up_over_villages(filled: str) -> None:
    additive = {"F03", "F04", "F05", "F06", "F07", "F08", "F10", "F11", "F23"}
    for answer in answer_sheet(TOWN, AS_OF):
        if answer.figure.id in additive:
            villages = [one.answer for one in by_village(answer)]
            assert sum(one.numerator or 0 for one in villages) == answer.numerator, answer.figure.id
            assert sum(one.denominator or 0 for one in villages) == (answer.denominator or 0), answer.figure.id


def test_by_village_is_empty_where_it_says_nothing(filled: str) -> None:
    of_town = {answer.figure.id: answer for answer in answer_sheet(TOWN, AS_OF)}
    assert by_village(of_town["F19"]) == []
    assert by_village(answer_sheet(XINTIAN, AS_OF)[1]) == []
    assert [one.name for one in by_village(of_town["F03"])] == ["海舟", "新田"]


def test_empty_ledger_answers_from_the_ground_alone(town: str) -> None:
    values = {answer.figure.id: answer.value for answer in answer_sheet(TOWN, AS_OF)}
    assert last_fact_id() == 0
    assert (values["F02"], values["F03"], values["F04"], values["F05"]) == (1, 0, Fraction(0), Fraction(0))
    assert list(values) == list(load_figures())
