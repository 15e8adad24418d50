"""Sharing out: the parts always add up."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.tally import TallyError, apportion

weights_lists = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@given(st.integers(0, 10**15), weights_lists)
def test_apportion_sums_exactly_and_stays_within_one_of_the_quota(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert weight or part == 0


@given(st.integers(0, 10**6), weights_lists)
def test_apportion_never_gives_more_for_less(total, weights):
    pairs = sorted(zip(weights, apportion(total, weights), strict=True))
    assert all(part <= later for (weight, part), (heavier, later) in pairwise(pairs) if weight < heavier)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (5, [1, 1, 1, 1], [2, 1, 1, 1]),
        (10, [6, 3, 1], [6, 3, 1]),
        (7, [0, 5, 0], [0, 7, 0]),
        (1, [1, 2], [0, 1]),
        (0, [3, 4], [0, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
    ],
)
def test_apportion_gives_the_rest_to_the_largest_remainder_then_the_earlier(total, weights, parts):
    assert apportion(total, weights) == parts


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [2, -1])])
def test_apportion_refuses_negative_numbers(total, weights):
    with pytest.raises(TallyError, match="不能是负数"):
        apportion(total, weights)


@pytest.mark.parametrize("weights", [[], [0, 0]])
def test_apportion_refuses_to_lose_a_total_that_nobody_shares(weights):
    with pytest.raises(TallyError, match="总数12无从分配"):
        apportion(12, weights)
