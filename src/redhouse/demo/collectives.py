"""Members of collectives and their shares, where the demo town has matters that they vote on."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from redhouse.demo.persons import Namer
from redhouse.demo.source import Names, SocietySize
from redhouse.ground.people.actions import NewPerson
from redhouse.ground.people.enums import Sex
from redhouse.kit.tally import apportion

GROWN_UP = 2, 3  # of the residents of a household, rounded up; the head at least
SHARES = (1, 2, 2, 2, 3, 4)  # of one member


class PlannedMember(NamedTuple):
    """`home` is the place of the household in its village. Who it is: its head where `person` is None, somebody in the
    register where it is a number, somebody new otherwise."""

    home: int
    person: int | NewPerson | None
    shares: int


def members_of(
    homes: list[int],
    residents: list[int],
    known: list[int],
    code: str,
    names: Names,
    rng: Random,
    stated: SocietySize | None = None,
) -> Iterator[PlannedMember]:
    """The members of one society: the head of each household, those of the register who live there (in turn, one a
    household), and as many others as the household has grown-ups; exactly so many with so many shares as are stated."""
    namer = Namer(names, rng)
    living = dict(zip(homes, known, strict=False))
    counts = _members(homes, residents, stated)
    held = iter(_shares(sum(counts), rng, stated.shares if stated else None))
    for home, count in zip(homes, counts, strict=True):
        yield PlannedMember(home, None, next(held))
        others = count - 1
        if home in living and others:
            yield PlannedMember(home, living[home], next(held))
            others -= 1
        for _ in range(others):
            sex = rng.choice((Sex.FEMALE, Sex.MALE))
            yield PlannedMember(home, NewPerson(namer.some(sex, 1)[0], sex, code, is_demo=True), next(held))


def _members(homes: list[int], residents: list[int], stated: SocietySize | None) -> list[int]:
    part, of = GROWN_UP
    if stated is None:
        return [-(-residents[home] * part // of) for home in homes]
    more = apportion(stated.members - len(homes), [residents[home] - 1 for home in homes])
    return [1 + others for others in more]


def _shares(count: int, rng: Random, total: int | None) -> list[int]:
    held = rng.choices(SHARES, k=count)
    left = 0 if total is None else total - sum(held)
    while left:
        place, step = rng.randrange(count), 1 if left > 0 else -1
        if min(SHARES) <= held[place] + step <= max(SHARES):
            held[place] += step
            left -= step
    return held
