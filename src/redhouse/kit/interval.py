"""How far a share counted in a sample may lie from the truth: exact, in whole numbers, without any table."""

from collections.abc import Callable
from fractions import Fraction
from math import comb

STEPS = 1000  # bounds are given in thousandths, rounded outwards


def exact_interval(hits: int, size: int, *, miss: Fraction = Fraction(1, 20)) -> tuple[Fraction, Fraction]:
    """Clopper and Pearson's interval for `hits` of `size`: it holds the true share at least `1 - miss` of the time.

    The lower bound is the largest thousandth that `hits` or more would refute at `miss / 2`, the upper the smallest
    that `hits` or fewer would. Raises ValueError for an empty sample or an impossible count.
    """
    if not 0 <= hits <= size or size == 0:
        raise ValueError(f"{hits} of {size} is no share")
    low = 0 if hits == 0 else _last(lambda at: _at_least(hits, size, at) * 2 <= miss)
    high = STEPS if hits == size else STEPS - _last(lambda at: _at_least(size - hits, size, at) * 2 <= miss)
    return Fraction(low, STEPS), Fraction(high, STEPS)


def _last(holds: Callable[[int], bool]) -> int:
    """The largest step at which a statement that is true of 0 and becomes false once still holds."""
    low, high = 0, STEPS
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def _at_least(hits: int, size: int, step: int) -> Fraction:
    """The chance of `hits` or more of `size` where each has the chance `step / STEPS`."""
    yes, no = step, STEPS - step
    ways = sum(comb(size, n) * yes**n * no ** (size - n) for n in range(hits, size + 1))
    return Fraction(ways, STEPS**size)
