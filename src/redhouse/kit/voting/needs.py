"""How many more would carry the vote. People who still come, and yes votes of those who have not voted yet; nobody
leaves and no vote is changed."""

from collections.abc import Callable, Sequence

from redhouse.kit.voting.counts import Counts
from redhouse.kit.voting.shapes import Alternative, Rule
from redhouse.kit.voting.words import Count

UNBOUNDED = 1 << 62  # where the whole is not known


def still_needed(rule: Rule, ways: Sequence[Alternative], counts: Counts) -> tuple[dict[Count, int], bool]:
    """The fewest more of each count, and whether there are so many left.

    Of alternative quorums the one that lacks least; of those that lack the same, the first.
    """
    found = [_by(way, rule, counts) for way in ways or ((),)]
    return min(found, key=lambda one: (not one[1], sum(one[0].values())))


def _by(way: Alternative, rule: Rule, counts: Counts) -> tuple[dict[Count, int], bool]:
    heads = rule.attendance
    lacking = {one.count: one.least(counts.get(one.base) or 0) - (counts.get(one.count) or 0) for one in way}
    households = max(0, lacking.get(Count.HOUSEHOLDS_PRESENT, 0))
    come = max(0, lacking.get(heads, 0), households)  # a household that comes is somebody who comes
    votes = sum(counts.get(count) or 0 for count in (Count.FOR, Count.AGAINST, Count.ABSTAIN))
    people, agree, reachable = _least(rule, counts, (heads, Count.ELECTORS, Count.FOR), come, votes)
    needed = {Count.HOUSEHOLDS_PRESENT: households, heads: people, Count.FOR: agree}
    if any(one.count is Count.AREA_FOR for one in rule.passing):
        come = max(0, lacking.get(Count.AREA_PRESENT, 0))
        parts = (Count.AREA_PRESENT, Count.AREA, Count.AREA_FOR)
        area, agree, enough = _least(rule, counts, parts, come, counts.get(Count.AREA_FOR) or 0)
        needed |= {Count.AREA_PRESENT: area, Count.AREA_FOR: agree}
        reachable = reachable and enough
    return {count: number for count in Count if (number := needed.get(count, 0))}, reachable


def _least(
    rule: Rule, counts: Counts, parts: tuple[Count, Count, Count], come: int, voted: int
) -> tuple[int, int, bool]:
    """The fewest newcomers, at least `come`, and the fewest more yes votes, so that the conditions hold and no more
    vote than attend; and whether there are so many. Newcomers may raise the base they are measured by."""
    attend, whole, yes = parts
    here, agreed, everybody = counts.get(attend) or 0, counts.get(yes) or 0, counts.get(whole)
    passing = [one for one in rule.passing if one.count is yes]

    def agree(newcomers: int) -> int:
        bases = ((one, (counts.get(one.base) or 0) + (newcomers if one.base is attend else 0)) for one in passing)
        return max([0, *(one.least(base) - agreed for one, base in bases)])

    def enough(newcomers: int) -> bool:
        return voted + agree(newcomers) <= here + newcomers

    left = UNBOUNDED if everybody is None else everybody - here
    if come > left or not enough(left):
        return come, agree(come), False
    newcomers = _first(enough, come, left)
    return newcomers, agree(newcomers), True


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The smallest number in [low, high] for which `holds`, which is true of `high` and stays true once it is."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return high
