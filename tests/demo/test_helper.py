"""The second process of the first load: turns are taken once and in order, and its end is never passed over."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from redhouse.demo.helper import helper
from redhouse.kit.errors import SOFTWARE, HouseError

LAST = 20


def take(turn: Callable[[], AbstractContextManager[int]]) -> Iterator[int]:
    while True:
        with turn() as place:
            pass
        if place >= LAST:
            return
        yield place


def fail(_turn: object) -> Iterator[int]:
    yield 1
    raise ValueError("no such body")


def test_two_take_every_turn_once_and_what_goes_wrong_is_told() -> None:
    with helper() as second:
        second.begin(take)
        ours = list(take(second.next))
        theirs = list(second.told(wait=True))
        assert sorted(ours + theirs) == [*range(LAST)]
        assert (ours, theirs) == (sorted(ours), sorted(theirs))
        assert list(second.told()) == []
        second.begin(fail)
        with pytest.raises(HouseError, match="ValueError: no such body") as failed:
            list(second.told(wait=True))
        assert failed.value.exit_code == SOFTWARE
        second.process.join()
        with pytest.raises(HouseError, match="请再运行一次"):
            second.begin(take)
        second.turns.lock.acquire()  # as if it had ended while it held the turn
        with pytest.raises(HouseError, match="已建好的会保留"), second.next():
            pytest.fail("nobody gave us the turn")
