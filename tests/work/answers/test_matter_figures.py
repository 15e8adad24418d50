"""Figures of matters against four of them that are known by heart; and on both engines alike."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from redhouse.ground.ledger.actions import record
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.papers.official.layout import Table
from redhouse.work.answers.extract.reading import open_extract
from redhouse.work.answers.extract.writing import write_extract
from redhouse.work.answers.queries import answer_sheet, by_village, division_at
from redhouse.work.answers.queries.rows import all_rows
from redhouse.work.answers.views.asking import Question
from redhouse.work.answers.views.document import official
from tests.cast import HAIZHOU, SOCIETY, TOWN, XINTIAN
from tests.work.answers.factories import log

DAY, LAST_YEAR = date(2026, 3, 2), date(2025, 12, 30)
OURS = ("F24", "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32")
RUNS = {  # run: where, labels of its facts in order, each with the days that the step took
    1: (SOCIETY, [("P07.draft", 1), ("P07.draft.submitted", 0), ("P07.vote_members.passed", 12),
                  ("P07.decision.posted", 1)]),
    2: (XINTIAN, [("P03.draft", 1), ("P03.draft.submitted", 0), ("P03.review.returned", 2)]),
    3: (HAIZHOU, [("P06.draft", 1), ("P06.vote_contracting.inquorate", 11), ("P06.vote_contracting.failed", 12)]),
    4: (XINTIAN, [("P03.draft", 1), ("P03.draft.submitted", 0), ("P03.village_party.returned", 3),
                  ("P03.draft.submitted", 1)]),
}  # fmt: skip


@pytest.fixture
def matters(town: str) -> str:
    for run, (code, said) in RUNS.items():
        for place, (label, days) in enumerate(said):
            kind = "step_closed" if label.count(".") == 2 else "run_opened"
            record(
                kind, happened_on=DAY, division_code=code, by=1, subject=run, object=place, quantity=days, label=label
            )
    for kind, sheet in (("publicity_posted", 7), ("publicity_posted", 8), ("publicity_ended", 7)):
        record(kind, happened_on=DAY, division_code=SOCIETY, by=1, subject=1, object=sheet, label="decision")
    record("publicity_posted", happened_on=DAY, division_code=SOCIETY, by=1, subject=1, object=9, label="result")
    cases()
    log()
    return town


def cases() -> None:
    """Four problems, one of last year: two ended, one of them late, one answered without an end; and five call-backs.
    Their steps are no steps of matters."""
    for run, (code, day) in {11: ("G01", DAY), 12: ("G02", DAY), 13: ("G01", DAY), 14: ("G01", LAST_YEAR)}.items():
        record("problem_reported", happened_on=day, division_code=XINTIAN, by=None, subject=run, label=f"{code}.visit")
        record(
            "step_closed", happened_on=DAY, division_code=XINTIAN, by=1, subject=run, label=f"{code}.handle.returned"
        )
    for run in (11, 12, 14):
        record("reporter_answered", happened_on=DAY, division_code=XINTIAN, by=1, subject=run, label="content")
    for run, label in ((11, "G01.closed.late"), (14, "G01.closed.in_time"), (15, "G02.handed_up.in_time")):
        record("case_ended", happened_on=DAY, division_code=XINTIAN, by=1, subject=run, label=label)
    for label in ("yes", "yes", "yes", "no", "unsure"):
        record("callback_answered", happened_on=DAY, division_code=XINTIAN, by=1, subject=1, label=label)


def test_matters_by_power_village_and_stage(matters: str, tmp_path: Path) -> None:
    found = {answer.figure.id: answer for answer in answer_sheet(TOWN, DAY) if answer.figure.id in OURS}
    assert {one: (answer.value, answer.parts) for one, answer in found.items()} == {
        "F24": (4, {"P03": 2, "P06": 1, "P07": 1}),
        "F25": (3, {"stage_draft": 1, "stage_gates": 1, "stage_decision": 1, "stage_ended": 1}),
        "F26": (2, {"deliberate": 1, "review": 1}),
        "F27": (Fraction(1, 2), {"passed": 1, "failed": 1, "inquorate": 1}),
        "F28": (Fraction(42, 10), {
            "gates": 5, "gate_steps": 2, "open": 1, "open_steps": 1, "vote": 35, "vote_steps": 3, "other": 1,
            "other_steps": 4,
        }),
        "F29": (2, {"decision": 1, "result": 1}),
        "F30": (Fraction(2, 3), {"grid": 2, "contact": 1}),
        "F31": (Fraction(2, 3), {"closed": 2, "handed_up": 1}),
        "F32": (Fraction(3, 4), {"call_yes": 3, "call_no": 1, "call_unsure": 1}),
    }  # fmt: skip
    assert [one for one, answer in found.items() if answer.interval] == ["F32"]
    assert found["F32"].interval == ("19.4%", "99.4%")
    assert {one.name: one.answer.numerator for one in by_village(found["F24"])} == {"新田": 3, "海舟": 1}
    for answer in found.values():
        rows = list(all_rows(answer))
        assert len(rows) == answer.facts, answer.figure.id
    assert [row.label for row in all_rows(found["F26"])] == ["重大项目实施，退回", "重大项目实施，退回"]
    write_extract(tmp_path / "town", division_code=TOWN, last_fact_id=last_fact_id())
    with open_extract(tmp_path / "town") as extract:
        for code in (TOWN, XINTIAN, SOCIETY):
            away = {answer.figure.id: answer for answer in extract.answer_sheet(code, DAY)}
            here = {answer.figure.id: answer for answer in answer_sheet(code, DAY)}
            assert [away[one].as_json() for one in OURS] == [here[one].as_json() for one in OURS]


def test_the_written_sheet_carries_both_tables_of_the_matters(matters: str) -> None:
    document = official(Question(division_at(TOWN, DAY), DAY, last_fact_id()))
    stages, powers = (block for block in document.body[-6:-2] if isinstance(block, Table))
    assert (stages.caption, [row[1] for row in stages.rows]) == ("表三　事项走到哪一步、属于哪项事权", ["1"] * 4)
    assert (powers.caption, sorted(row[1] for row in powers.rows)) == ("", ["1", "1", "2"])
