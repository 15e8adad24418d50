"""A case from the street to its end, what nobody may do to it, and what is proved of its procedure."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.ground.ledger.actions import record
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import forget_reporter, record_reply, reopen
from redhouse.ground.process.jobs import forget_reporters
from redhouse.ground.process.models import CaseType, Report, RunStep
from redhouse.ground.process.procedure import ProcedureError, read_procedure
from redhouse.ground.process.procedure.proofs import examine
from redhouse.ground.process.queries import history, open_step, report_by_code, reports_from
from redhouse.ground.process.queries.reports import bounces
from redhouse.kit.today import SHANGHAI
from redhouse.kit.workdays import after_hours
from tests.cast import XINTIAN, person
from tests.ground.process.cases import G01, act, photo, reported, step_of
from tests.ground.process.factories import D1
from tests.ground.process.test_guards import refusal, run_sql


def test_from_report_to_close(town: str) -> None:
    key = uuid4()
    report = reported(photos=[photo()], lat=Decimal("22.93"), lon=Decimal("112.97"), key=key)
    again = reported(key=key, words="另写一遍")
    assert (again.pk, again.words) == (report.pk, "路边堆了建筑垃圾")
    run = report.run
    assert run.opened_by is None
    assert str(run.host) == "新田村民委员会"
    assert step_of(run).papers.count() == 1
    for outcome in ("accepted", "filed", "dispatched"):
        act(run, outcome, "dispatcher")
    handling = step_of(run)
    assert handling.due_on == date(2018, 12, 6)  # the type's three working days, sooner than the procedure's fifteen
    with pytest.raises(NotYet):  # no photograph
        run_close(handling, "handled", "grid")
    act(run, "handled", "grid")
    assert (
        refusal(lambda: run_sql("default", closing(step_of(run), "verified", "grid"))) == "run_step_by_separate_people"
    )
    act(run, "verified", "supervisor")
    closing_step = step_of(run)
    with pytest.raises(NotYet, match="还没有答复上报人"):
        run_close(closing_step, "closed", "dispatcher")
    assert refusal(lambda: run_sql("default", closing(closing_step, "closed", "dispatcher"))) == (
        "run_step_answers_the_reporter"
    )
    record_reply(step=closing_step, way="page", result="not_content", by=None, on=D1)
    with pytest.raises(NotYet, match="不认可"):
        run_close(closing_step, "closed", "dispatcher")
    act(run, "reopened", "dispatcher")
    act(run, "dispatched", "dispatcher")
    with pytest.raises(NotYet):  # evidence of the first round is none of the second
        run_close(step_of(run), "handled", "grid")
    act(run, "handled", "grid")
    act(run, "verified", "supervisor")
    assert act(run, "closed", "dispatcher") is None
    after = reopen(report=report, words="又堆上了", by=None, on=D1 + timedelta(days=9))
    assert after.follows == report
    assert reopen(report=report, words="再报", by=None, on=D1 + timedelta(days=9)).pk == after.pk
    later = D1 + timedelta(days=90)
    assert forget_reporters(later - timedelta(days=1), days=90) == 0
    assert [forget_reporters(later, days=90) for _ in range(2)] == [1, 0], "the case that follows is open"
    forget_reporter(report=report, by=person("secretary"), on=later)
    gone = Report.objects.get(pk=report.pk)
    assert (gone.name, gone.phone, gone.erased_on) == ("", "", later)
    assert Fact.objects.filter(kind="reporter_erased", actor_id=None).count() == 1
    with pytest.raises(NotYet):
        forget_reporter(report=after, by=person("secretary"), on=D1)
    found = report_by_code(report.status_code.lower())
    assert found is not None
    assert found.pk == report.pk
    assert Fact.objects.filter(kind="problem_reported", subject_id=run.pk, actor_id=None).count() == 1


def run_close(step: RunStep, outcome: str, who: str) -> None:
    from redhouse.ground.process.actions import close_step

    close_step(step=step, outcome=outcome, by=person(who), on=D1, reason="")


def closing(step: RunStep, outcome: str, who: str) -> str:
    return (
        f"UPDATE process_runstep SET outcome = '{outcome}', closed_on = '{D1}', closed_at = now(),"
        f" closed_by_id = {person(who).pk} WHERE id = {step.pk}"
    )


def test_to_and_fro_and_upward(town: str) -> None:
    """Twice sent back, it is handled or goes up; the town's refusal stands in the record with its reason."""
    run = reported().run
    for outcome in ("accepted", "filed", "dispatched"):
        act(run, outcome, "dispatcher")
    assert refusal(lambda: run_sql("default", closing(step_of(run), "handled", "grid"))) == "run_step_has_its_evidence"
    act(run, "returned", "grid", reason="不归我管")
    act(run, "dispatched", "dispatcher")
    act(run, "escalated", "grid")
    act(run, "returned", "dispatcher", reason="属于村里的事")
    assert bounces(run) == 2
    act(run, "dispatched", "dispatcher")
    with pytest.raises(NotYet, match="不能再退"):
        act(run, "returned", "grid")
    with pytest.raises(PermissionDenied):
        act(run, "escalated", "neighbour")
    act(run, "escalated", "grid")
    act(run, "dispatched", "dispatcher")
    CaseType.objects.update(photos_needed=2)
    with pytest.raises(NotYet, match="处置后要2张照片，还差1张"):
        act(run, "handled", "handler")
    act(run, "handled", "handler")  # the second beside the first, which stayed
    assert [step.reason for step in history(run) if step.outcome == "returned"] == ["不归我管", "属于村里的事"]
    with pytest.raises(PermissionDenied):
        reported(by=person("admin"))


def test_what_is_reported_must_be_somewhere_and_of_a_type(town: str) -> None:
    for wrong, error in (
        ({"type_code": "9999"}, NotYet),
        ({"division_code": "440605122999"}, NotYet),
        ({"code": "G99"}, NotYet),
        ({"words": " "}, ValidationError),
        ({"lat": Decimal("0"), "lon": Decimal("0")}, ValidationError),
    ):
        with pytest.raises(error):
            reported(**wrong)
    assert not Report.objects.exists()
    report = reported(words="𠮷龑家门口👴积水")
    assert Report.objects.get(pk=report.pk).words == "𠮷龑家门口👴积水"


def test_reports_of_a_visit_return_to_it_at_the_same_cost(town: str) -> None:
    visits = [record("visit_recorded", happened_on=D1, division_code=XINTIAN, by=None) for _ in range(3)]
    facts = {fact.pk: fact for fact in Fact.objects.filter(pk__in=visits)}
    first = reported(origin="visit", origin_fact=facts[visits[0]], by=person("member"))
    costs = []
    for number in (1, 3):
        for fact in visits[1:number]:
            reported(origin="visit", origin_fact=facts[fact])
        with CaptureQueriesContext(connection) as caught:
            found = reports_from(facts.values())
        costs.append(len(caught))
        assert len(found) == number
    assert costs[0] == costs[1] <= 3
    assert (found[0].state, found[0].step) == ("待受理", open_step(first.run))


def test_hours_run_at_once_and_office_hours_when_offices_work(town: str) -> None:
    reported()
    CaseType.objects.update(limit_unit="hour", limit_value=2)
    run = reported().run
    for outcome in ("accepted", "filed", "dispatched"):
        act(run, outcome, "dispatcher")
    handling = step_of(run)
    assert handling.due_at is not None
    assert handling.due_at.astimezone(SHANGHAI) == datetime(2018, 12, 3, 10, 30, tzinfo=SHANGHAI)
    assert handling.due_on == D1
    friday = datetime(2018, 12, 7, 16, 30, tzinfo=SHANGHAI)
    assert after_hours(friday, 2, working=True) == datetime(2018, 12, 10, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('evidence = ["evidence"]\n', "", {"C2"}),
        ('apart_from = ["handle", "town_handle"]\n', "", {"C1"}),
        ('handled = "verify", returned = "dispatch"', 'handled = "close", returned = "dispatch"', {"C2"}),
        ('next = { accepted = "file"', 'next = { accepted = "verify"', {"C2"}),
        ("disclosed = true\nnext = { accepted", "next = { accepted", {"C3"}),
        ('escalated = "town_dispatch" }', 'escalated = "verify" }', {"C2", "C6"}),
        ('reopened = "dispatch"', 'reopened = "verify"', {"C2"}),
        ('ending = "closed"', 'ending = "archived"', {"C5"}),
    ],
)
def test_an_unsafe_life_is_refused_with_a_way(old: str, new: str, found: set[str]) -> None:
    assert examine(read_procedure(G01)).refusals == ()
    assert old in G01
    text = G01.replace(old, new, 1)
    try:
        refusals = examine(read_procedure(text)).refusals
    except ProcedureError:  # a step that nothing leads to any more
        return
    assert found <= {refusal.obligation.name for refusal in refusals}
