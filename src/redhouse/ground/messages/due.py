"""What falls due in any room, so that people are reminded in time and told when it is late.

A room says it in its own `due.py`:

    @source
    def steps(on: date) -> Iterable[Due]: …

A reminder reminds. Nothing here approves, closes or passes anything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from redhouse.ground.messages.enums import NoticeKind


@dataclass(frozen=True)
class Due:
    """One thing that people are to be told today. Sentences name nobody; `dedup` names the thing (`decisions.step.7`).

    The same thing, kind and day is told once, however often the worker asks.
    """

    person_ids: tuple[int, ...]
    kind: NoticeKind
    title: str
    link: str
    dedup: str
    due_on: date
    division_code: str
    text: str = ""

    @property
    def key(self) -> str:
        """What makes this notice the same notice. A deadline that was moved is told anew."""
        return f"{self.dedup}.{self.kind}.{self.due_on.isoformat()}"


Source = Callable[[date], Iterable[Due]]
_SOURCES: list[Source] = []


def source(find: Source) -> Source:
    """Declare where to ask for what is due. It is asked every few minutes: keep it to a constant number of queries."""
    _SOURCES.append(find)
    return find


def sources() -> tuple[Source, ...]:
    return tuple(_SOURCES)
