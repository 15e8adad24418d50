"""Ballots of an election: read as people write them, refused where they are no vote, counted for each seat."""

from datetime import date

import pytest

from redhouse.kit.voting import VoteBody, rule_at
from redhouse.kit.voting.approvals import Seat, counted, elected, named, normal, read_seats, write_seats, wrong

SEATS = [Seat("主任", 1, (1, 2)), Seat("委员", 2, (3, 4, 5))]
RULE = rule_at("V06", date(2026, 11, 18), VoteBody.VILLAGE_ELECTION)


@pytest.mark.parametrize(
    ("text", "read"), [("3、1 2", "1,2,3"), ("10", "10"), (" 2，4 ", "2,4"), ("赞成", ""), ("", "")]
)
def test_numbers_are_read_as_people_write_them(text: str, read: str) -> None:
    assert normal(text) == read


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ("1,3,4", None),
        ("2", None),
        ("1,2", "应选1名，票上选了2名"),
        ("3,4,5", "应选2名"),
        ("6", "没有6号"),
        ("3,3", "两次"),
    ],
)
def test_a_ballot_names_no_more_than_there_are_posts(choice: str, why: str | None) -> None:
    slip = wrong(choice, SEATS)
    assert slip is None if why is None else why in str(slip)


def test_each_seat_is_counted_by_itself() -> None:
    ballots = ["1,3,4"] * 5 + ["2,3"] * 3 + ["abstain", "invalid"]
    votes = counted(ballots)
    assert (votes[1], votes[3], votes[5], named("invalid")) == (5, 8, 0, ())
    found = elected(RULE, SEATS, votes, electors=12, cast=10, second=False)
    assert [election.elected for _seat, election in found] == [(), ("3",)]  # 5 of 10 is no majority
    assert [election.again for _seat, election in found] == [("1", "2"), ("4", "5")]
    again = elected(RULE, [Seat("主任", 1, (1, 2))], {1: 4, 2: 3}, electors=12, cast=9, second=True)
    assert again[0][1].elected == ("1",)  # the most votes, and a third of the ballots
    tied = elected(RULE, [Seat("主任", 1, (1, 2))], {1: 4, 2: 4}, electors=12, cast=9, second=True)
    assert (tied[0][1].elected, tied[0][1].tied) == ((), ("1", "2"))


def test_seats_read_back_from_the_published_box() -> None:
    assert read_seats(write_seats(SEATS)) == SEATS
