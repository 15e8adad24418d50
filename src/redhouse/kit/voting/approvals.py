"""A ballot of an election, pure: the numbers of the candidates that it names, of each seat at most as many as it has
posts. Written in the published box as `1,3`, so that anybody counts it again."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redhouse.kit.sentences import Sentence
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.elections import Election, elect
from redhouse.kit.voting.shapes import Rule

NUMBERS = re.compile(r"[0-9]{1,4}(,[0-9]{1,4})*")


@dataclass(frozen=True)
class Seat:
    """An office with so many posts, and the numbers of its candidates; numbers run through the whole list."""

    name: str
    posts: int
    candidates: tuple[int, ...]


def is_named(choice: str) -> bool:
    return NUMBERS.fullmatch(choice) is not None


def named(choice: str) -> tuple[int, ...]:
    """The numbers on a ballot; none for one that is invalid or names nobody."""
    return tuple(int(number) for number in choice.split(",")) if is_named(choice) else ()


def normal(text: str) -> str:
    """Numbers as people write them (3、1 2), in order: 1,2,3; empty where there is anything else."""
    parts = re.split(r"[\s,，、.]+", text.strip())
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return ""
    return ",".join(str(number) for number in sorted(int(part) for part in parts))


def wrong(choice: str, seats: Iterable[Seat]) -> Sentence | None:
    """Why a ballot that says this is no vote: a number that nobody has, one twice, too many for a seat."""
    numbers, known = named(choice), set()
    for seat in seats:
        known |= set(seat.candidates)
        given = [number for number in numbers if number in seat.candidates]
        if len(given) > seat.posts:
            values = {"seat": seat.name, "posts": seat.posts, "n": len(given)}
            return Sentence(_("“%(seat)s”应选%(posts)s名，票上选了%(n)s名，是废票"), values)
    for number, times in Counter(numbers).items():
        if number not in known:
            return Sentence(_("没有%(n)s号候选人，请看清票面"), {"n": number})
        if times > 1:
            return Sentence(_("%(n)s号写了两次，请看清票面"), {"n": number})
    return None


def counted(choices: Iterable[str]) -> Counter[int]:
    """Votes by number of the candidate."""
    return Counter(number for choice in choices for number in named(choice))


def elected(
    rule: Rule, seats: Iterable[Seat], votes: Mapping[int, int], *, electors: int, cast: int, second: bool
) -> list[tuple[Seat, Election]]:
    """Each seat by itself. Raises CountError for counts that cannot be."""
    return [
        (
            seat,
            elect(
                rule,
                posts=seat.posts,
                votes={str(number): votes.get(number, 0) for number in seat.candidates},
                electors=electors,
                cast=cast,
                second=second,
            ),
        )
        for seat in seats
    ]


def write_seats(seats: Iterable[Seat]) -> str:
    """`主任:1:1,2;委员:3:3,4,5,6`; the names hold neither colon nor semicolon."""
    return ";".join(f"{seat.name}:{seat.posts}:{','.join(map(str, seat.candidates))}" for seat in seats)


def read_seats(text: str) -> list[Seat]:
    """Raises ValueError where it was not written so."""
    found = []
    for part in text.split(";"):
        name, posts, numbers = part.split(":")
        found.append(Seat(name, int(posts), tuple(int(number) for number in numbers.split(","))))
    return found
