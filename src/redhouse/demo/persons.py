"""Invented people. Nobody real: numbers come from ranges that are never handed out."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from redhouse.demo.source import Names
from redhouse.ground.people.actions import NewPerson
from redhouse.ground.people.enums import Sex
from redhouse.kit.ids import make_demo_citizen_id

OLDEST, YOUNGEST = date(1938, 1, 1), date(1997, 12, 31)
PHONES, STRIDE = 10**8, 61_803_399  # coprime, so that each place gives another number


class Register:
    """People with an id and a phone, in the order in which they were added."""

    def __init__(self, names: Names, seed: int) -> None:
        self.persons: list[NewPerson] = []
        self._rng = Random(f"{seed}:persons")
        self._names = Namer(names, self._rng)
        self._born: dict[tuple[date, Sex], int] = {}

    def add(self, division_code: str, *, name: str = "", sex: Sex | None = None) -> int:
        """Add one person, invented where no name is given; returns the place in `persons`."""
        rng = self._rng
        sex = sex or (Sex.FEMALE if rng.randrange(10) < 3 else Sex.MALE)
        place = len(self.persons)
        born_on = OLDEST + timedelta(days=rng.randrange((YOUNGEST - OLDEST).days))
        number = self._born[born_on, sex] = self._born.get((born_on, sex), -1) + 1
        self.persons.append(
            NewPerson(
                name or self._names.some(sex, 1)[0],
                sex,
                division_code,
                make_demo_citizen_id(number, born_on, int(sex)),
                f"100{(place + 1) * STRIDE % PHONES:08}",
                True,
            )
        )
        return place


class Namer:
    """Surname and one or two characters, as they are common in the town."""

    def __init__(self, names: Names, rng: Random) -> None:
        self._rng, self._surnames = rng, names.surnames
        self._given = {Sex.MALE: _given(names.male), Sex.FEMALE: _given(names.female)}

    def some(self, sex: Sex, count: int) -> list[str]:
        surnames = self._rng.choices(self._surnames, k=count)
        return [a + b for a, b in zip(surnames, self._rng.choices(self._given[sex], k=count), strict=True)]


def heads(codes: Sequence[str], names: Names, rng: Random) -> list[NewPerson]:
    """The head of each household: name, sex and place only, since no work needs more (data minimisation)."""
    namer = Namer(names, rng)
    men, women = iter(namer.some(Sex.MALE, len(codes))), iter(namer.some(Sex.FEMALE, len(codes)))
    return [
        NewPerson(next(women), Sex.FEMALE, code, is_demo=True)
        if woman
        else NewPerson(next(men), Sex.MALE, code, is_demo=True)
        for code, woman in zip(codes, rng.choices((True, False), (1, 3), k=len(codes)), strict=True)
    ]


def _given(characters: str) -> list[str]:
    """One name in six has a single character, as is common."""
    pairs = [a + b for a in characters for b in characters if a != b]
    return pairs + list(characters) * (len(pairs) // (5 * len(characters)))
