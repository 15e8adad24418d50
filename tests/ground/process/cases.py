"""A case of the cast's village: everybody who owes a step is seated by the factories of matters."""

from datetime import date
from typing import Any

from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import adopt_version, close_step, file_paper, record_reply, report_problem
from redhouse.ground.process.models import CaseType, Report, Run, RunStep
from redhouse.ground.process.queries import open_step, step_rule
from redhouse.work.gridwork.definitions import FOLDER
from tests.cast import BEGIN, XINTIAN, person
from tests.ground.process.factories import D1, SEATED, society

G01 = (FOLDER / "g01-2018-11-15.toml").read_text(encoding="utf-8")
WITH_REASON = ("rejected", "returned", "escalated", "reopened", "closed_regardless")


def ready(text: str = G01) -> None:
    """The procedure, one type, and the people."""
    adopt_version(text=text, origin="law", author=None, approver=None, reason="法定版本", on=date(2018, 11, 15))
    society()
    CaseType.objects.get_or_create(
        code="G01", type_code="0101", defaults={
            "group": "市容环境", "name": "乱堆垃圾", "urgency": "ordinary", "limit_value": 3,
            "limit_unit": "working_day", "handled_by": "grid_worker", "from_on": BEGIN,
        },
    )  # fmt: skip


def reported(**changes: Any) -> Report:
    ready()
    fields: dict[str, Any] = {
        "code": "G01", "type_code": "0101", "words": "路边堆了建筑垃圾", "spot": "文化楼后巷", "on": D1,
        "division_code": XINTIAN, "origin": "resident", "by": None, "name": "热心人", "phone": "13800138000",
    }  # fmt: skip
    return report_problem(**fields | changes)


def photo(by: Person | None = None) -> Paper:
    return Paper.objects.create(kind="evidence", title="照片", division_code=XINTIAN, created_by=by)


def step_of(run: Run) -> RunStep:
    step = open_step(run)
    assert step is not None
    return step


def act(run: Run, outcome: str, who: str = "", on: date = D1, reason: str = "") -> RunStep | None:
    """Close the open step as one does: with a photograph where it is handled, with an answer where it is closed."""
    step = step_of(run)
    by = person(who or SEATED[step_rule(step).owed_by[0]])
    if outcome == "handled":
        file_paper(step=step, paper=photo(by), by=by, on=on)
    if outcome == "closed":
        record_reply(step=step, way="phone", result="content", by=by, on=on)
    reason = reason or ("有理由" if outcome in WITH_REASON else "")
    return close_step(step=step, outcome=outcome, by=by, on=on, reason=reason)
