"""Who is elected, who is tied, and who stands again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.voting import CountError, Election, UnknownRule, elect, rule_at

TODAY = date(2026, 3, 1)
RULE = rule_at("V06", TODAY)


def held(
    votes: dict[str, int], *, posts: int = 2, electors: int = 1000, cast: int = 600, second: bool = False
) -> Election:
    return elect(RULE, posts=posts, votes=votes, electors=electors, cast=cast, second=second)


def test_most_votes_win_above_half_of_those_who_voted() -> None:
    found = held({"甲": 400, "乙": 350, "丙": 310})
    assert (found.valid, found.elected, found.posts_left) == (True, ("甲", "乙"), 0)
    assert found.votes_needed == 301
    assert found.again == ()


@pytest.mark.parametrize(("number", "elected"), [(300, ()), (301, ("甲",))])
def test_half_is_not_enough(number: int, elected: tuple[str, ...]) -> None:
    assert held({"甲": number, "乙": 10, "丙": 5}, posts=1).elected == elected


@pytest.mark.parametrize(("cast", "valid"), [(500, False), (501, True)])
def test_more_than_half_of_the_roll_must_vote(cast: int, valid: bool) -> None:
    found = held({"甲": 400, "乙": 1}, posts=1, cast=cast)
    assert found.valid == valid
    assert found.elected == (("甲",) if valid else ())
    assert str(found.reasons[0].clause.cite()) == "《村民委员会组织法》（2025年修正）第18条第2款"


def test_those_with_most_votes_stand_again_for_what_is_left() -> None:
    found = held({"甲": 400, "乙": 250, "丙": 200, "丁": 90}, posts=2)
    assert (found.elected, found.posts_left) == (("甲",), 1)
    assert found.again == ("乙", "丙")


def test_in_the_second_ballot_a_third_is_enough_and_the_most_votes_win() -> None:
    found = held({"乙": 260, "丙": 200}, posts=1, second=True)
    assert (found.elected, found.votes_needed) == (("乙",), 200)
    assert found.reasons[-1].part == "rerun"
    assert held({"乙": 199, "丙": 180}, posts=1, second=True).elected == ()
    assert held({"乙": 200, "丙": 180}, posts=1, second=True).elected == ("乙",)


def test_equal_votes_for_the_last_post_are_tied_and_stand_again() -> None:
    found = held({"甲": 400, "乙": 320, "丙": 320}, posts=2)
    assert (found.elected, found.tied, found.posts_left, found.again) == (("甲",), ("丙", "乙"), 1, ("丙", "乙"))


def test_equal_votes_above_the_last_post_are_no_tie() -> None:
    assert held({"甲": 320, "乙": 320, "丙": 310}, posts=2).elected == ("乙", "甲")


def test_a_residents_election_by_representatives_needs_more_than_two_thirds_of_them() -> None:
    rule = rule_at("V08", TODAY, mode="reps")
    votes = {"甲": 30, "乙": 5}
    assert not elect(rule, posts=1, votes=votes, electors=60, cast=40).valid
    assert elect(rule, posts=1, votes=votes, electors=60, cast=41).elected == ("甲",)


@pytest.mark.parametrize(
    ("votes", "posts", "said"),
    [
        ({"甲": 300, "乙": 200}, 2, "候选人2名，应选2名"),
        ({"甲": 601, "乙": 1}, 1, "甲得票601，与投票数600不符"),
        ({"甲": -1, "乙": 1}, 1, "甲得票-1"),
        ({"甲": 400, "乙": 400}, 1, "得票合计800，超过了投票数与名额之积600"),
        ({"甲": 1}, 0, "应选名额至少是1"),
    ],
)
def test_counts_that_cannot_be_are_refused(votes: dict[str, int], posts: int, said: str) -> None:
    with pytest.raises(CountError, match=said):
        held(votes, posts=posts)


def test_what_is_no_election_is_refused() -> None:
    with pytest.raises(UnknownRule, match="规则V07不是选举规则"):
        elect(rule_at("V07", TODAY), posts=1, votes={"甲": 1}, electors=3, cast=2)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=8), st.integers(1, 7), st.booleans())
def test_every_winner_has_enough_and_nobody_better_is_left_out(numbers, posts, second) -> None:
    votes = {f"{index}": number for index, number in enumerate(numbers)}
    if len(votes) <= posts or sum(numbers) > 100 * posts:
        return
    found = elect(RULE, posts=posts, votes=votes, electors=150, cast=100, second=second)
    assert len(found.elected) + found.posts_left == posts
    assert all(votes[name] >= found.votes_needed for name in found.elected)
    worst = min((votes[name] for name in found.elected), default=101)
    assert all(
        votes[name] < worst or name in found.elected or name in found.tied or votes[name] == worst for name in votes
    )
    assert all(votes[name] <= worst for name in votes if name not in found.elected)
    if found.posts_left and not found.tied:
        assert all(votes[name] < found.votes_needed for name in votes if name not in found.elected)
