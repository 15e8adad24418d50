"""The constraints of procedures and runs; where a guard of the database stands before one, it bears the same name."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from django.db.models import Model

from redhouse.ground.papers.models import Paper
from redhouse.ground.process.models import (
    CalendarDay,
    CaseType,
    Convening,
    ProcedureVersion,
    Reply,
    Report,
    Run,
    RunMove,
    RunStep,
    StepPaper,
    VersionDraft,
)
from redhouse.ground.process.queries import open_step
from tests.cast import BEGIN, TOWN, XINTIAN, person
from tests.ground.process.cases import reported
from tests.ground.process.factories import D1, opened


def version(**changes: object) -> ProcedureVersion:
    fields = {"code": "P01", "origin": "law", "text": "x", "digest": sha256(b"x").hexdigest(), "reason": "法定版本"}
    more = {"steps": {"end": {"kind": "end"}}, "ways": {"": {"": [[{}, "end"]]}}, "adopted_on": D1, "from_on": BEGIN}
    return ProcedureVersion(**fields | more | changes)


def town_version(**changes: object) -> ProcedureVersion:
    law = version()
    law.save()
    signed = {"author": person("org"), "approver": person("secretary"), "division_code": TOWN, "based_on": law}
    return version(**{"origin": "town", "text": "y", "digest": sha256(b"y").hexdigest()} | signed | changes)


def run(**changes: object) -> Run:
    row = opened()
    for field, value in changes.items():
        setattr(row, field, value)
    return row


def step(**changes: object) -> RunStep:
    """The open one, changed; or with a number, one more."""
    row = open_step(opened())
    assert row is not None
    if "number" in changes:
        return RunStep(**{"run": row.run, "key": "inform", "kind": "party_inform", "opened_on": D1} | changes)
    for field, value in changes.items():
        setattr(row, field, value)
    return row


def step_paper(**changes: object) -> StepPaper:
    row = open_step(opened())
    paper = Paper.objects.create(kind="plan", title="方案", division_code=XINTIAN, created_by=person("org"))
    return StepPaper(**{"step": row, "paper": paper, "filed_on": D1, "filed_by": person("org")} | changes)


def paper_twice() -> StepPaper:
    first = step_paper()
    first.save()
    return StepPaper(step=first.step, paper=first.paper, filed_on=D1, filed_by=person("secretary"))


def move(**changes: object) -> RunMove:
    row = open_step(opened())
    assert row is not None
    version = row.run.version
    fields = {"step": row, "from_version": version, "to_version": version, "to_key": "draft", "facts": row.run.facts}
    return RunMove(**fields | {"reason": "金额有变", "moved_on": D1, "moved_by": person("org")} | changes)


def convening(**changes: object) -> Convening:
    fields = {"run": opened(), "demanders": 62, "electors": 618, "demanded_on": D1}
    return Convening(**fields | {"due_on": D1 + timedelta(days=10), "recorded_by": person("org")} | changes)


def version_draft(**changes: object) -> VersionDraft:
    base = version()
    base.save()
    fields = {"code": "P01", "division_code": TOWN, "base": base, "text": "x", "reason": "本镇加严", "drafted_on": D1}
    return VersionDraft(**fields | {"author": person("org")} | changes)


def calendar_day(**changes: object) -> CalendarDay:
    fields = {"day_on": D1, "is_working": False, "source": "国务院办公厅通知", "noted_by": person("org")}
    return CalendarDay(**fields | changes)


def case_type(**changes: object) -> CaseType:
    fields = {"code": "G01", "type_code": "0901", "group": "安全隐患", "name": "消防通道堵塞", "urgency": "urgent"}
    more = {"limit_value": 2, "limit_unit": "hour", "handled_by": "grid_worker", "from_on": BEGIN}
    return CaseType(**fields | more | changes)


def case_type_twice() -> CaseType:
    case_type().save()
    return case_type(name="另一种")


def report(**changes: object) -> Report:
    """Of a case of the cast's village."""
    row = reported()
    for field, value in changes.items():
        setattr(row, field, value)
    return row


def reply(**changes: object) -> Reply:
    fields = {"step": open_step(reported().run), "way": "phone", "result": "content", "replied_on": D1}
    return Reply(**fields | {"replied_by": person("org")} | changes)


WAYS: dict[str, Callable[[], Model]] = {
    "procedure_version_of_a_town_is_signed": lambda: version(origin="town"),
    "procedure_version_approver_is_not_author": lambda: town_version(approver=person("org")),
    "procedure_version_says_why": lambda: version(reason=""),
    "run_ends_on_a_day": lambda: run(ended_on=D1),
    "run_is_suspended_by_somebody_with_a_reason": lambda: run(suspended_on=D1, suspended_by=person("org")),
    "run_step_numbered_once": lambda: step(number=1),
    "run_step_one_open_at_a_time": lambda: step(number=2),
    "run_step_is_closed_by_somebody": lambda: step(outcome="submitted", closed_on=D1),
    "run_step_says_why_it_leads_back": lambda: step(
        outcome="withdrawn", closed_on=D1, closed_by=person("org"), reason=""
    ),
    "step_paper_once": paper_twice,
    "run_move_says_why": lambda: move(reason=""),
    "convening_demanders_are_electors": lambda: convening(demanders=619),
    "convening_escalates_after_its_clock": lambda: convening(escalated_on=D1),
    "version_draft_says_why": lambda: version_draft(reason=""),
    "version_draft_is_decided_by_another": lambda: version_draft(
        decided_on=D1, decided_by=person("org"), refusal="不必"
    ),
    "version_draft_is_decided_whole": lambda: version_draft(decided_on=D1, decided_by=person("secretary")),
    "calendar_day_names_its_source": lambda: calendar_day(source=""),
    "case_type_once": case_type_twice,
    "case_type_has_four_digits": lambda: case_type(type_code="9"),
    "case_type_has_a_limit": lambda: case_type(limit_value=0),
    "case_type_asks_for_evidence": lambda: case_type(photos_needed=0),
    "case_type_has_a_name": lambda: case_type(name=""),
    "report_says_what_and_where": lambda: report(words=""),
    "report_lies_in_the_country": lambda: report(lat=Decimal("99.5"), lon=Decimal("113.0")),
    "report_erased_whole": lambda: report(erased_on=D1, name="某人"),
    "reply_is_by_somebody": lambda: reply(replied_by=None),
}
SPEAKING_FIELDS = {
    "version_draft_says_why",
    "case_type_has_a_name",
    "report_says_what_and_where",
    "procedure_version_says_why",
    "run_move_says_why",
    "calendar_day_names_its_source",
}
