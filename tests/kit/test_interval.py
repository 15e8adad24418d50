"""Exact intervals against published values and against their own definition."""

from fractions import Fraction

import pytest

from redhouse.kit.interval import exact_interval


@pytest.mark.parametrize(
    ("hits", "size", "low", "high"),
    [(0, 10, 0, 309), (10, 10, 691, 1000), (5, 10, 187, 813), (28, 30, 779, 992), (1, 1, 25, 1000), (45, 50, 781, 967)],
)
def test_published_values_rounded_outwards(hits: int, size: int, low: int, high: int) -> None:
    assert exact_interval(hits, size) == (Fraction(low, 1000), Fraction(high, 1000))


def test_an_impossible_count_is_refused() -> None:
    for hits, size in ((1, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="no share"):
            exact_interval(hits, size)
