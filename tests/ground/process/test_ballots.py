"""Ballots: one person one vote by two channels, nothing late, nothing lost, and a box that tells nobody's choice."""

import json
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.storage import open_file
from redhouse.ground.process.actions.boxes import AlreadyVoted, cast_ballot, end_voting, hand_out_papers, open_box
from redhouse.ground.process.actions.counting import close_box
from redhouse.ground.process.actions.meetings import start_meeting
from redhouse.ground.process.actions.rolls import close_roll, draw_roll
from redhouse.ground.process.enums import Method
from redhouse.ground.process.models import Ballot, Box, Mark
from redhouse.ground.process.queries.rolls import RollRow
from redhouse.kit.ballots import new_token
from redhouse.kit.box import findings, read_box
from tests.cast import person
from tests.ground.process.votes import BEGAN, DAY, END, SENT, VOTE, Scene, close_vote, convene, on_paper, scene, signed

ALL = range(1, 7)


def cast(here: Scene, number: int, choice: str = "for") -> str:
    return cast_ballot(box=here.box, token=here.token(number), choice=choice, by=here.elector(number).person, at=BEGAN)


def published(here: Scene) -> str:
    box = Box.objects.select_related("paper").get(pk=here.box.pk)
    assert box.paper is not None
    with open_file(box.paper.versions.get().sha256) as file:
        return file.read().decode()


def test_paper_and_online_are_one_count_and_the_published_box_recounts_to_the_tally(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4, 5])
    on_paper(here, {1: "for", 2: "for", 3: "abstain"})
    receipts = [cast(here, 4), cast(here, 5)]
    tally = close_box(box=here.box, by=person("director"), at=END)
    assert tally is not None
    assert tally.counts == {
        "electors": 6, "present": 5, "cast": 5, "for": 4, "against": 0, "abstain": 1, "households": 3,
        "households_present": 3,
    }  # fmt: skip
    assert (tally.quorum_met, tally.passed, tally.outcome, tally.rule_id) == (True, True, "passed", "V09")
    text = published(here)
    box = read_box(text)
    assert findings(box, text) == []
    assert (box.outcome, list(box.receipts)) == ("passed", sorted(receipts))
    [fact] = Fact.objects.filter(kind="box_published")
    assert fact.quantity == 5
    assert close_vote(here, "passed") is not None


def test_a_second_ballot_is_refused_whatever_the_channel(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3, 4], online=[5])
    cast(here, 5)
    with pytest.raises(AlreadyVoted, match="线上"):
        cast_ballot(box=here.box, token=new_token(), choice="against", by=person("e5"), at=BEGAN)
    [refused] = hand_out_papers(box=here.box, electors=[here.elector(5)], by=person("branch"), at=BEGAN)
    assert "没有在现场签到" in str(refused)
    assert hand_out_papers(box=here.box, electors=[here.elector(1)], by=person("branch"), at=BEGAN) == []
    with pytest.raises(AlreadyVoted, match="纸质"):
        cast(here, 1)
    assert (Mark.objects.count(), Ballot.objects.count()) == (2, 1)


def test_the_same_form_sent_again_gives_the_same_receipt(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4])
    assert cast(here, 4, "against") == cast(here, 4, "for")
    assert list(Ballot.objects.values_list("choice", flat=True)) == ["against"]
    assert Fact.objects.filter(kind="elector_marked").count() == 1


@pytest.mark.parametrize(("token", "choice"), [("short", "for"), (new_token(), "invalid"), (new_token(), "")])
def test_a_torn_form_is_refused(town: str, token: str, choice: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4])
    with pytest.raises(ValidationError):
        cast_ballot(box=here.box, token=token, choice=choice, by=person("e4"), at=BEGAN)
    assert Mark.objects.count() == 0


def test_who_is_not_on_the_roll_or_has_not_signed_in_gets_no_ballot(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3, 4])
    with pytest.raises(PermissionDenied):
        cast_ballot(box=here.box, token=new_token(), choice="for", by=person("outsider"), at=BEGAN)
    with pytest.raises(NotYet, match="先签到"):
        cast(here, 5)


def test_late_ballots_are_refused_by_the_rule_and_by_the_database(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4, 5])
    cast(here, 4)
    with pytest.raises(NotYet, match="21:30截止"):
        cast_ballot(box=here.box, token=new_token(), choice="for", by=person("e5"), at=END)
    Box.objects.filter(pk=here.box.pk).update(closes_at=BEGAN)  # the time is over, whatever the caller's clock says
    with pytest.raises(NotYet, match="迟到的票不收"):
        cast(here, 5)
    for statement in (
        "INSERT INTO process_ballot (id, box_id, choice, receipt) VALUES (gen_random_uuid(), %s, 'for', 'X')",
        "INSERT INTO process_mark (elector_id, person_id, division_code, channel, choice, marked_by_id, box_id)"
        " SELECT id, person_id, division_code, 'paper', '', person_id, %s FROM process_elector WHERE number = 5",
    ):
        with pytest.raises(IntegrityError, match="迟到"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [here.box.pk])
    assert Ballot.objects.count() == 1


def test_voting_ends_early_only_when_everybody_there_has_voted(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4])
    on_paper(here, {1: "for", 2: "for", 3: "for"})
    with pytest.raises(NotYet, match="还有1人没有领票"):
        end_voting(box=here.box, by=person("director"), at=BEGAN)
    cast(here, 4)
    assert end_voting(box=here.box, by=person("director"), at=BEGAN).closes_at == BEGAN


@pytest.mark.parametrize("statement", ["UPDATE process_ballot SET choice = 'for'", "DELETE FROM process_ballot",
                                       "TRUNCATE process_ballot", "UPDATE process_mark SET channel = 'paper'",
                                       "DELETE FROM process_mark"])  # fmt: skip
def test_the_application_cannot_change_or_lose_a_ballot_or_a_mark(town: str, statement: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4])
    cast(here, 4, "against")
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_box_is_emptied_once_and_only_by_closing(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4])
    cast(here, 4)
    for _ in range(2):
        with pytest.raises(IntegrityError, match="只取一次"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT process_empty_box(%s)", [here.box.pk])
        if not here.box.closed_at:
            here.box.closed_at = END
            close_box(box=here.box, by=person("director"), at=END)
    with pytest.raises(IntegrityError, match="已经封存"), transaction.atomic():
        Box.objects.filter(pk=here.box.pk).update(closed_at=None, closed_by=None, paper=None)


def test_after_the_close_nothing_in_the_database_joins_voter_and_vote(town: str, superuser: object) -> None:
    """Ballots are gone from table and file; what is left of them is the published text, in random order."""
    here = scene(12, onsite=[1, 2, 3], online=range(4, 13))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('process_ballot')")
        before = cursor.fetchone()[0]
    receipts = {number: cast(here, number, "for" if number % 2 else "against") for number in range(4, 13)}
    ids = {str(pk) for pk in Ballot.objects.values_list("pk", flat=True)}
    with (
        connection.cursor() as cursor
    ):  # the limit, said in docs/voting-secrecy.md: while the box is open, rows have ages
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM process_ballot")
        assert cursor.fetchone() == (9,)
    on_paper(here, {1: "for", 2: "for", 3: "for"})
    close_box(box=here.box, by=person("director"), at=END)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('process_ballot'), pg_relation_size('process_ballot')")
        after, size = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM process_ballot")
        assert cursor.fetchone() == (0,)
    assert (after != before, size) == (True, 0)
    data = json.loads(published(here))
    rows = [row[0] for row in data["ballots"]]
    assert rows == sorted(rows)
    assert ids < set(rows)
    assert data["receipts"] == sorted(receipts.values())
    # no table but the box's own paper (a file) knows a receipt or a ballot's number
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('character varying', 'text', 'uuid', 'jsonb')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE ANY (%s)',
                [[f"%{secret}%" for secret in (*ids, *receipts.values(), *here.tokens.values())]],
            )
            assert cursor.fetchone() == (0,), (table, column)


def test_closing_one_box_writes_the_ballots_of_another_anew(town: str) -> None:
    """Two bodies vote on one evening: the second box loses nothing, and its rows lose their ages and their order."""
    here = scene(6, onsite=[1, 2, 3], online=[4, 5, 6])
    people = [RollRow(here.elector(number).person_id) for number in ALL]
    director = person("director")
    roll, _refused = draw_roll(step=here.step, step_key=VOTE, rows=people, vote_on=DAY, by=person("watch"), on=SENT)
    meeting = convene(close_roll(roll=roll, by=person("watch"), on=SENT), by=person("watch"))
    start_meeting(meeting=meeting, by=director, at=BEGAN)
    signed(meeting, ALL, "online")
    second = open_box(meeting=meeting, method=Method.SECRET, closes_at=END, by=director, at=BEGAN)
    on_paper(here, {1: "for", 2: "for", 3: "for"})
    for number in ALL:
        cast_ballot(box=second, token=new_token(), choice="for", by=person(f"e{number}"), at=BEGAN)
    kept = set(Ballot.objects.values_list("pk", "choice", "receipt"))
    cast(here, 4)
    close_box(box=here.box, by=director, at=END)
    assert set(Ballot.objects.values_list("pk", "choice", "receipt")) == kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), array_agg(id ORDER BY ctid) FROM process_ballot")
        ages, ids = cursor.fetchone()
    assert (ages, ids) == (1, sorted(ids))


def together(*jobs: object) -> list[object]:
    """Run the jobs in threads at the same instant, each on its own connection; what they gave, or raised."""
    gate, results = threading.Barrier(len(jobs), timeout=60), [None] * len(jobs)

    def run(place: int) -> None:
        set_reach("*")
        gate.wait()
        try:
            results[place] = jobs[place]()  # type: ignore[operator]
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for somebody"
    return results


def test_two_channels_at_the_same_instant_give_one_ballot(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3, 4, 5, 6])
    for number in range(1, 7):
        elector, voter, officer = here.elector(number), person(f"e{number}"), person("branch")
        token = new_token()
        outcomes = together(
            lambda e=elector, o=officer: hand_out_papers(box=here.box, electors=[e], by=o, at=BEGAN),
            lambda v=voter, t=token: cast_ballot(box=here.box, token=t, choice="for", by=v, at=BEGAN),
        )
        paper, online = outcomes
        assert (paper == []) != isinstance(online, str), outcomes
        assert Mark.objects.filter(elector=elector).count() == 1
    marks = dict.fromkeys(Mark.objects.values_list("elector", "channel"))
    assert len(marks) == 6
    assert Ballot.objects.count() == sum(channel == "online" for _elector, channel in marks)


def test_the_same_form_sent_twice_at_the_same_instant_is_one_ballot(town: str) -> None:
    here = scene(6, onsite=[1, 2, 3], online=[4])
    voter, token = person("e4"), new_token()
    sent = [lambda: cast_ballot(box=here.box, token=token, choice="for", by=voter, at=BEGAN)] * 4
    outcomes = together(*sent)
    assert Ballot.objects.count() == Mark.objects.count() == 1
    assert {outcome for outcome in outcomes if isinstance(outcome, str)} == {Ballot.objects.get().receipt}


def test_a_vote_that_races_the_closing_is_in_the_box_or_refused_never_lost(town: str) -> None:
    here = scene(8, onsite=[1, 2, 3], online=[4, 5, 6, 7, 8])
    on_paper(here, {1: "for", 2: "for", 3: "for"})
    voters = [person(f"e{number}") for number in range(4, 9)]
    jobs = [
        lambda v=voter: cast_ballot(box=here.box, token=new_token(), choice="for", by=v, at=BEGAN) for voter in voters
    ]
    director = person("director")
    *votes, closed = together(*jobs, lambda: close_box(box=here.box, by=director, at=END))
    receipts = sorted(vote for vote in votes if isinstance(vote, str))
    assert not isinstance(closed, Exception), closed
    assert all(isinstance(vote, str | NotYet) for vote in votes), votes
    assert json.loads(published(here))["receipts"] == receipts
    assert closed.counts["for"] == 3 + len(receipts)  # type: ignore[attr-defined]
    assert Mark.objects.filter(channel="online").count() == len(receipts)


@pytest.mark.drill
def test_a_server_killed_between_ballot_and_receipt_leaves_the_whole_of_it_or_nothing(town: str) -> None:
    """The connection is cut inside the transaction, after the ballot; the voter sends the same form again."""
    here = scene(6, onsite=[1, 2, 3], online=[4])
    voter, token = person("e4"), here.token(4)
    with connections["owner"].cursor() as cursor:  # the fact comes after the ballot: die there
        cursor.execute(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind = 'elector_marked' THEN"
            " PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER die BEFORE INSERT ON ledger_fact FOR EACH ROW EXECUTE FUNCTION die()"
        )
    with pytest.raises(DatabaseError):
        cast_ballot(box=here.box, token=token, choice="for", by=voter, at=BEGAN)
    connection.close()
    set_reach("*")
    assert (Mark.objects.count(), Ballot.objects.count()) == (0, 0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TRIGGER die ON ledger_fact")
    first = cast(here, 4)  # written, and the answer is lost on its way: the form is sent once more
    connection.close()
    set_reach("*")
    assert cast(here, 4) == first
    assert (Mark.objects.count(), Ballot.objects.count()) == (1, 1)


def test_a_named_vote_keeps_the_choice_with_the_mark_and_no_ballot(town: str) -> None:
    here = scene(6, onsite=[1, 2], online=[3, 4], method=Method.NAMED)
    on_paper(here, {1: "for", 2: "invalid"})
    cast(here, 3, "for")
    cast(here, 4, "against")
    assert Ballot.objects.count() == 0
    tally = close_box(box=here.box, by=person("director"), at=END)
    assert tally is not None
    assert (tally.outcome, tally.counts["for"], tally.counts["cast"]) == ("failed", 2, 4)
    assert json.loads(published(here))["ballots"] == [["1", "for"], ["2", "invalid"], ["3", "for"], ["4", "against"]]
