"""Sharing a whole number out so that the parts add up to it exactly."""

from collections.abc import Sequence

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _


class TallyError(SentenceError):
    """There is nothing, or nobody, to share out by."""


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` (fen, visits, ...) by `weights`: largest remainder, ties to the earlier position.

    The parts sum to `total`, each is its exact quota rounded down or up, and weight 0 gets 0.
    Sort by a stable key (the share's id) before calling, so that the result can be recomputed.
    Raises TallyError for a negative total or weight, and where a positive total meets no weight.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise TallyError(_("分配总数和份额都不能是负数；请核对总数和份额表。"))
    base = sum(weights)
    if base == 0:
        if total:
            raise TallyError(_("份额合计为零，总数%(total)s无从分配；请先补全份额表。"), total=total)
        return [0] * len(weights)
    parts, remainders = [], []
    for weight in weights:
        part, remainder = divmod(total * weight, base)
        parts.append(part)
        remainders.append(remainder)
    left = total - sum(parts)
    # sorted() is stable, so equal remainders keep their order of position.
    for place in sorted(range(len(parts)), key=lambda place: -remainders[place])[:left]:
        parts[place] += 1
    return parts
