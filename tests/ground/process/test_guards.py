"""No statement of anybody leads a run off its way: raw SQL or ORM, the application or the owner."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections, transaction

from redhouse.ground.process.actions import OutOfTurn, close_step
from redhouse.ground.process.enums import BACKWARD, GATES, StepKind
from redhouse.ground.process.models import Run, RunStep
from redhouse.ground.process.queries import history, open_step
from tests.cast import person
from tests.ground.process.factories import D1, closer, file_evidence, opened, walk_to

OPEN = "(SELECT id FROM process_runstep WHERE run_id = {run} AND outcome = '')"
CLOSE = "UPDATE process_runstep SET outcome = '{outcome}', closed_on = '{on}', closed_by_id = {who}, reason = '{why}'"
STEP = (
    "INSERT INTO process_runstep (run_id, number, key, kind, opened_on, outcome, reason)"
    " VALUES ({run}, {number}, '{key}', '{kind}', '2018-12-03', '', '')"
)
MOVE = (
    "INSERT INTO process_runmove"
    " (step_id, from_version_id, to_version_id, to_key, facts, reason, moved_on, moved_by_id)"
    " SELECT " + OPEN + ", version_id, version_id, '{key}', facts, '因', '2018-12-03', {secretary}"
    " FROM process_run WHERE id = {run}"
)


def closing(outcome: str, who: str = "secretary", on: date = D1, why: str = "") -> str:
    return CLOSE.format(outcome=outcome, on=on, who="{" + who + "}", why=why) + f" WHERE id = {OPEN}"


def inserting(key: str, kind: str, number: int = 9) -> str:
    return STEP.replace("{key}", key).replace("{kind}", kind).replace("{number}", str(number))


# what is tried on a run that waits at its leader's review, step 7 -> the guard that refuses it
ATTEMPTS = {
    "close with an outcome of another step": (closing("checked"), "run_step_outcome_has_a_way"),
    "close with an outcome without a way": (closing("withdrawn", why="因"), "run_step_outcome_has_a_way"),
    "close with no such outcome": (closing("approved"), "run_step_outcome_has_a_way"),
    "close as moved without a move": (closing("moved", why="因"), "run_step_outcome_has_a_way"),
    "close by the drafter, who must be another": (closing("passed", "director"), "run_step_by_separate_people"),
    "close by the administrator": (closing("passed", "admin"), "run_step_not_by_administrators"),
    "close by the auditor": (closing("passed", "auditor"), "run_step_not_by_administrators"),
    "close before it opened": (closing("passed", on=date(2018, 12, 2)), "run_step_closes_after_it_opens"),
    "return without a reason": (closing("returned"), "run_step_says_why_it_leads_back"),
    "close and open nothing": (closing("passed"), "run_is_whole"),
    "close twice": (
        f"{CLOSE.format(outcome='submitted', on=D1, who='{secretary}', why='')} WHERE run_id = {{run}} AND number = 1",
        "run_step_closed_once",
    ),
    "rewrite who closed": (
        "UPDATE process_runstep SET closed_by_id = {secretary} WHERE run_id = {run} AND number = 2",
        "run_step_closed_once",
    ),
    "open a closed step again": (
        "UPDATE process_runstep SET outcome = '', closed_on = NULL, closed_at = NULL, closed_by_id = NULL"
        " WHERE run_id = {run} AND number = 6",
        "run_step_closed_once",
    ),
    "turn the open step into the vote": (
        f"UPDATE process_runstep SET key = 'vote_members', kind = 'vote' WHERE id = {OPEN}",
        "run_step_is_only_closed",
    ),
    "give the open step more time": (
        f"UPDATE process_runstep SET due_on = '2019-12-31' WHERE id = {OPEN}",
        "run_step_is_only_closed",
    ),
    "have two open steps": (inserting("vote_members", "vote", 8), "run_step_one_open_at_a_time"),
    "close, and jump to the vote": (
        closing("passed") + ";" + inserting("vote_members", "vote", 8),
        "run_step_in_turn",
    ),
    "close, and lie about the kind": (closing("passed") + ";" + inserting("check", "notice", 8), "run_step_in_turn"),
    "close, and leave a number out": (
        closing("passed") + ";" + inserting("check", "supervision_check", 9),
        "run_step_in_turn",
    ),
    "close, and end as archived": (
        closing("passed") + "; UPDATE process_run SET ending = 'archived', ended_on = '2018-12-03' WHERE id = {run}",
        "run_ends_at_an_end",
    ),
    "end without an end": (
        "UPDATE process_run SET ending = 'archived', ended_on = '2018-12-03' WHERE id = {run}",
        "run_ends_at_an_end",
    ),
    "edit the facts": (
        'UPDATE process_run SET facts = \'{{"delegated_by_charter": "yes"}}\' WHERE id = {run}',
        "run_keeps_its_version",
    ),
    "edit the version": (
        "UPDATE process_run SET version_id = version_id + 1 WHERE id = {run}",
        "run_keeps_its_version",
    ),
    "edit the host": ("UPDATE process_run SET host_id = host_id - 1 WHERE id = {run}", "run_keeps_its_origin"),
    "edit who opened it": (
        "UPDATE process_run SET opened_by_id = {secretary} WHERE id = {run}",
        "run_keeps_its_origin",
    ),
    "begin ended": (
        "INSERT INTO process_run (version_id, host_id, division_code, facts, opened_on, opened_by_id, ending, ended_on,"
        " suspend_reason) SELECT version_id, host_id, division_code, facts, opened_on, opened_by_id, 'archived',"
        " opened_on, '' FROM process_run",
        "run_begins_at_the_beginning",
    ),
    "begin before the version": (
        "INSERT INTO process_run (version_id, host_id, division_code, facts, opened_on, opened_by_id, ending,"
        " suspend_reason) SELECT version_id, host_id, division_code, facts, '2018-01-01', opened_by_id, '', ''"
        " FROM process_run",
        "run_begins_at_the_beginning",
    ),
    "begin without a step": (
        "INSERT INTO process_run (version_id, host_id, division_code, facts, opened_on, opened_by_id, ending,"
        " suspend_reason) SELECT version_id, host_id, division_code, facts, opened_on, opened_by_id, '', ''"
        " FROM process_run",
        "run_is_whole",
    ),
    "move past the gate": (MOVE.replace("{key}", "check"), "run_move_to_a_gate"),
    "move to the vote": (MOVE.replace("{key}", "vote_members"), "run_move_to_a_gate"),
    "move into the middle of a gate": (MOVE.replace("{key}", "village_party"), "run_move_to_a_gate"),
    "move within a version to a gate": (MOVE.replace("{key}", "inform"), "run_move_to_a_gate"),
    "move and not go": (MOVE.replace("{key}", "draft"), "run_is_whole"),
    "move and go elsewhere": (
        MOVE.replace("{key}", "draft") + ";" + closing("moved", why="因") + ";" + inserting("lead", "party_lead", 8),
        "run_step_in_turn",
    ),
    "close while suspended": (
        "UPDATE process_run SET suspended_on = '2018-12-03', suspended_by_id = {secretary}, suspend_reason = '因'"
        " WHERE id = {run};" + closing("passed"),
        "run_is_suspended",
    ),
    "deceive the guard with tables of one's own": (
        "CREATE TEMP TABLE process_run AS SELECT * FROM public.process_run;"
        " CREATE TEMP TABLE process_procedureversion AS SELECT * FROM public.process_procedureversion;"
        ' UPDATE pg_temp.process_procedureversion SET ways = \'{{"review": {{"approved": [[{{}}, "vote"]]}}}}\';'
        + closing("approved").replace("UPDATE process_runstep", "UPDATE public.process_runstep"),
        "run_step_outcome_has_a_way",
    ),
    "delete the run": ("DELETE FROM process_run WHERE id = {run}", "run_is_never_deleted"),
    "delete a step": ("DELETE FROM process_runstep WHERE run_id = {run}", "run_is_never_deleted"),
    "forge the digest of a version": (
        "INSERT INTO process_procedureversion (code, origin, division_code, digest, text, steps, ways, reason,"
        " adopted_on, from_on) SELECT code, origin, division_code, repeat('0', 64), text, steps, ways, reason,"
        " adopted_on, from_on FROM process_procedureversion",
        "procedure_version_digest_is_of_its_text",
    ),
}


@pytest.fixture
def at_review(town: str) -> Run:
    run = opened()
    assert walk_to(run, "review").number == 7
    return run


@pytest.mark.parametrize("alias", ["default", "owner"])
def test_raw_statements_are_refused_by_name(at_review: Run, alias: str) -> None:
    keys = {name: person(name).pk for name in ("director", "secretary", "admin", "auditor")}
    wrong = {}
    for name, (sql, guard) in ATTEMPTS.items():
        if name == "deceive the guard with tables of one's own" and alias == "owner":
            continue  # the owner need not deceive: it could drop the guard, which is a change of the house
        found = refusal(lambda sql=sql: run_sql(alias, sql.format(run=at_review.pk, **keys)), alias)
        if found != guard:
            wrong[name] = found
    assert wrong == {}


def run_sql(alias: str, sql: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)


def refusal(attempt: Callable[[], object], alias: str = "default") -> str:
    """The guard that refused, at once or at the commit; empty when nothing did (then it is rolled back)."""
    try:
        with transaction.atomic(using=alias):
            attempt()
            run_sql(alias, "SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True, using=alias)
    except IntegrityError as error:
        return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
    return ""


def test_the_orm_is_refused_alike(at_review: Run) -> None:
    run = Run.objects.get(pk=at_review.pk)
    step = open_step(run)
    assert step is not None

    def jump() -> None:
        RunStep.objects.create(run=run, number=8, key="vote_members", kind="vote", opened_on=D1)

    def end() -> None:
        Run.objects.filter(pk=run.pk).update(ending="archived", ended_on=D1)

    def again() -> None:
        RunStep.objects.filter(run=run, number=1).update(outcome="withdrawn", reason="因")

    def drop() -> None:
        RunStep.objects.filter(run=run)._raw_delete("default")

    found = [refusal(attempt) for attempt in (jump, end, again, drop)]
    names = ["run_step_one_open_at_a_time", "run_ends_at_an_end", "run_step_closed_once", "run_is_never_deleted"]
    assert found == names


def test_a_vote_cannot_be_closed_before_its_notice_has_run_out_even_by_hand(town: str) -> None:
    run = opened()
    vote = walk_to(run, "vote_members")
    last = D1 + timedelta(days=10)
    sql = closing("failed", "watch", on=last).format(run=run.pk, watch=person("watch").pk)
    assert refusal(lambda: run_sql("default", sql)) == "run_step_after_its_clocks"
    assert vote.key == "vote_members"


def test_when_it_was_closed_the_database_says(at_review: Run) -> None:
    first = history(at_review)[0]
    assert first.closed_at is not None
    assert first.opened_at <= first.closed_at
    assert first.closed_at.year >= 2025  # the clock of the machine, whatever day the closing was for


def test_the_guards_know_the_words_of_the_code(house: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT process_rank(kind) FROM unnest(%s::text[]) kind", [[str(kind) for kind in StepKind]])
        ranks = [rank for (rank,) in cursor.fetchall()]
        cursor.execute(
            "SELECT outcome FROM unnest(%s::text[]) outcome WHERE process_leads_back(outcome)",
            [[str(value) for value in RunStep._meta.get_field("outcome").flatchoices and dict(outcomes())]],
        )
        back = {outcome for (outcome,) in cursor.fetchall()}
    assert ranks == [*range(1, len(StepKind) - 1), None, None]  # a branch and an end are no steps
    assert ranks[: len(GATES) + 1] == [1, 2, 3, 4, 5, 6]
    assert back == {str(outcome) for outcome in BACKWARD}


def outcomes() -> Iterator[tuple[str, str]]:
    for value, label in RunStep._meta.get_field("outcome").flatchoices:
        if value:
            yield str(value), str(label)


def test_two_who_close_one_step_at_once(town: str) -> None:
    """Exactly one wins; the other is told who was quicker."""
    run = opened()
    step = walk_to(run, "inform")
    by, gate, results = closer(step), Barrier(2, timeout=60), []

    def attempt() -> None:
        gate.wait()
        try:
            results.append(close_step(step=step, outcome="informed", by=by, on=D1))
        except OutOfTurn as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(result).__name__ for result in results) == ["OutOfTurn", "RunStep"]
    [error] = [result for result in results if isinstance(result, OutOfTurn)]
    assert error.name == "run_step_closed_once"
    assert "已于2018-12-03由支" in str(error)
    assert [each.key for each in history(run)] == ["draft", "inform", "branch_committee"]


def test_what_two_hold_in_their_hands_at_once_is_written_once(town: str) -> None:
    """Also where both passed the rule before either wrote: the database lets one of them in."""
    run = opened()
    step = walk_to(run, "inform")
    sql = closing("informed", "branch").format(run=run.pk, branch=closer(step).pk)
    following = inserting("branch_committee", "party_deliberate", 3).format(run=run.pk)
    with transaction.atomic():
        run_sql("default", f"{sql}; {following}")
        found: list[str] = []

        def second() -> None:
            found.append(refusal(lambda: run_sql("owner", f"{sql}; {following}"), "owner"))
            connections.close_all()

        waiting = Thread(target=second)
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()  # it waits for the first to commit
    waiting.join()
    assert found[0] in ("run_step_closed_once", "run_step_one_open_at_a_time", "run_step_numbered_once")
    assert len(history(run)) == 3


def test_the_rest_of_the_way_is_open(at_review: Run) -> None:
    step = open_step(at_review)
    assert step is not None
    file_evidence(step)
    assert walk_to(at_review, "vote_members").number == 11
