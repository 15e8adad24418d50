"""Members of collectives and their shares, where the demo town has matters that they vote on."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from redhouse.demo.persons import Namer
from redhouse.demo.source import Names
from redhouse.ground.people.actions import NewPerson
from redhouse.ground.people.enums import Sex

GROWN_UP = 2, 3  # of the residents of a household, rounded up; the head at least
SHARES = (1, 2, 2, 2, 3, 4)  # of one member


class PlannedMember(NamedTuple):
    """`home` is the place of the household in its village. Who it is: its head where `person` is None, somebody in the
    register where it is a number, somebody new otherwise."""

    home: int
    person: int | NewPerson | None
    shares: int


def members_of(
    homes: list[int], residents: list[int], known: list[int], code: str, names: Names, rng: Random
) -> Iterator[PlannedMember]:
    """The members of one society: the head of each household, those of the register who live there (in turn, one a
    household), and as many others as the household has grown-ups."""
    namer = Namer(names, rng)
    living = dict(zip(homes, known, strict=False))
    part, of = GROWN_UP
    for home in homes:
        yield PlannedMember(home, None, rng.choice(SHARES))
        others = -(-residents[home] * part // of) - 1
        if home in living:
            yield PlannedMember(home, living[home], rng.choice(SHARES))
            others -= 1
        for _ in range(others):
            sex = rng.choice((Sex.FEMALE, Sex.MALE))
            yield PlannedMember(home, NewPerson(namer.some(sex, 1)[0], sex, code, is_demo=True), rng.choice(SHARES))
