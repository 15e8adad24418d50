"""A run goes its way through actions."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import OutOfTurn, close_step, open_run, resume_run, suspend_run
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import days_left, history, holders, matures_on, open_step, owed_by
from redhouse.ground.process.rules import may_close, missing_before_closing
from tests.cast import person
from tests.ground.process.factories import (
    D1,
    FACTS,
    adopted,
    close,
    closer,
    file_evidence,
    opened,
    society,
    walk_to,
)


def test_a_run_begins_at_its_first_step_under_the_version_of_the_day(town: str) -> None:
    run = opened()
    step = open_step(run)
    assert step is not None
    assert (step.number, step.key, step.kind, step.opened_on) == (1, "draft", "draft", D1)
    fact = Fact.objects.get(kind="run_opened")
    assert (fact.subject_id, fact.object_id, fact.label) == (run.pk, run.host_id, "P07.draft")


def test_each_closing_opens_what_the_way_leads_to_and_is_a_fact(town: str) -> None:
    """In a dozen statements: what the step does not depend on is not asked."""
    run, director = opened(), person("director")
    step = walk_to(run, "draft")
    file_evidence(step)
    with CaptureQueriesContext(connection) as asked:
        following = close_step(step=step, outcome="submitted", by=director, on=D1)
    assert len(asked) <= 14
    assert following is not None
    assert (following.number, following.key, following.due_on) == (2, "inform", date(2018, 12, 5))
    assert Fact.objects.get(kind="step_closed").label == "P07.draft.submitted"


def test_a_way_parts_by_the_facts_of_the_matter(town: str) -> None:
    assert walk_to(opened(delegated_by_charter="yes"), "vote_reps").kind == "vote"
    assert walk_to(opened(), "vote_members").kind == "vote"


def test_who_does_not_owe_the_step_cannot_close_it(town: str) -> None:
    run = opened()
    with pytest.raises(PermissionDenied, match="集体经济组织理事长"):
        close(run, "submitted", D1, by="secretary")


def test_a_notice_keeps_the_vote_waiting_its_full_days(town: str) -> None:
    run = opened()
    vote = walk_to(run, "vote_members")
    file_evidence(vote)
    assert matures_on(vote) == D1 + timedelta(days=11)
    [missing] = [
        each for each in missing_before_closing(vote, "failed", D1 + timedelta(days=10)) if "期限" in each.sentence
    ]
    assert "不少于10日，至2018-12-13止" in missing.sentence
    with pytest.raises(NotYet, match="期限未满"):
        close(run, "failed", D1 + timedelta(days=10))
    assert close(run, "failed", D1 + timedelta(days=11)) is None
    run.refresh_from_db()
    assert (run.ending, run.ended_on) == ("rejected_by_vote", D1 + timedelta(days=11))


def test_a_return_needs_reasons(town: str) -> None:
    run = opened()
    walk_to(run, "review")
    with pytest.raises(NotYet, match="要写明理由"):
        close(run, "returned", D1)
    following = close(run, "returned", D1, reason="公积金提取比例未附说明")
    assert following is not None
    assert following.key == "draft"
    assert history(run)[-2].reason == "公积金提取比例未附说明"


def test_the_drafter_withdraws_where_a_way_leads_out(town: str) -> None:
    run = opened()
    walk_to(run, "publicity")
    with pytest.raises(PermissionDenied):
        close(run, "withdrawn", D1, by="supervisor", reason="不办了")
    assert close(run, "withdrawn", D1, by="director", reason="不办了") is None
    assert Run.objects.get().ending == "withdrawn"


def test_a_suspended_run_stands_still_until_it_is_resumed(town: str) -> None:
    run = opened()
    file_evidence(walk_to(run, "draft"))
    suspend_run(run=run, reason="有异议在核", by=person("supervisor"), on=D1)
    with pytest.raises(NotYet, match="中止"):
        close(run, "submitted", D1)
    resume_run(run=run, by=person("supervisor"), on=D1)
    assert close(run, "submitted", D1) is not None


def test_a_closed_step_says_who_was_quicker(town: str) -> None:
    run = opened()
    step = open_step(run)
    assert step is not None
    walk_to(run, "inform")
    with pytest.raises(OutOfTurn, match=r"已于2018-12-03由理\S+办结（已提交）"):
        close_step(step=step, outcome="submitted", by=person("director"), on=D1)


def test_every_fact_must_be_stated(town: str) -> None:
    adopted()
    with pytest.raises(NotYet, match="章程授权成员代表大会"):
        open_run(code="P07", host=society(), facts={}, by=person("director"), on=D1)
    with pytest.raises(NotYet, match="没有“maybe”这个值"):
        open_run(code="P07", host=society(), facts={"delegated_by_charter": "maybe"}, by=person("director"), on=D1)
    with pytest.raises(NotYet, match="没有有效的程序"):
        open_run(code="P07", host=society(), facts=FACTS, by=person("director"), on=date(2018, 11, 14))


def test_late_is_only_flagged(town: str) -> None:
    run = opened()
    step = walk_to(run, "inform")
    assert [days_left(step, D1 + timedelta(days=n)) for n in (0, 2, 3, 7)] == [2, 0, -1, -3]
    assert close(run, "informed", D1 + timedelta(days=30)) is not None


@pytest.mark.parametrize(
    "username", ["director", "branch", "secretary", "supervisor", "neighbour", "admin", "outsider"]
)
def test_owing_and_the_right_to_close_are_one(town: str, username: str) -> None:
    run, who = opened(), person(username)
    for key in ("draft", "inform", "village_party", "lead", "review", "check", "notice", "vote_members"):
        step = walk_to(run, key)
        owes = step.pk in [owed.pk for owed in owed_by(who, D1)]
        assert owes == may_close(who, step, D1), key
        if closer(step).pk == who.pk:
            assert owes


def test_holders_are_those_who_may(town: str) -> None:
    run = opened()
    assert [p.pk for p in holders("rec_director", run, D1)] == [person("director").pk]
    assert [p.pk for p in holders("branch_secretary", run, D1)] == [person("branch").pk]
    assert [p.pk for p in holders("village_secretary", run, D1)] == [person("secretary").pk]
    assert [p.pk for p in holders("supervisor", run, D1)] == [person("supervisor").pk]
    assert [p.pk for p in holders("town_org_office", run, D1)] == [person("org").pk]
    assert [p.pk for p in holders("station_leader", run, D1)] == [person("station").pk]
    assert [p.pk for p in holders("rec_supervisor", run, D1)] == [person("watch").pk]
    assert [p.pk for p in holders("village_director", run, D1)] == [person("village_director").pk]
    assert [p.pk for p in holders("town_leader", run, D1)] == [person("leader").pk]
