"""What a measurement hands in: a title, what it shows, rows of a table, and one sentence on what was reached."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Result:
    title: str
    about: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    reached: str = ""

    def as_markdown(self) -> str:
        lines = [f"## {self.title}", "", self.about, "", "| " + " | ".join(self.head) + " |"]
        lines.append("|" + "|".join("---" for _ in self.head) + "|")
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([*lines, "", self.reached, ""])


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median(values: list[float]) -> float:
    return statistics.median(values)


def spread(values: list[float], digits: int = 2) -> str:
    """median (min-max)"""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"
