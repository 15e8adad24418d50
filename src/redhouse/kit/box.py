"""A published ballot box: one text that anyone can check and count again, by machine or with a pencil.

The text is JSON with one ballot a line. Ballots stand in the order of their random numbers and receipts in that of
the alphabet, so that neither order tells who came when. Receipts and ballots are two lists: nothing joins them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.approvals import counted as by_candidate
from redhouse.kit.voting.approvals import is_named

FORMAT = "redhouse-box/1"
CHOICES = ("for", "against", "abstain", "invalid")
METHODS = ("secret", "named")
CANDIDATE = "candidate_"  # and its number: how many ballots name it
COUNTED = (*CHOICES[:3], "cast", "area_for", "area_present")  # what can be counted from the ballots alone


class BoxError(SentenceError):
    """The text is no published box."""


@dataclass(frozen=True, order=True)
class Ballot:
    """`id` is a random number, or in a named vote the number on the roll; `area` in hundredths of a square metre."""

    id: str
    choice: str
    area: int = 0


@dataclass(frozen=True)
class Box:
    """`about` says which vote it was; `counts` are those of the decision, by the names of `kit.voting`."""

    method: str
    about: Mapping[str, str | int]
    counts: Mapping[str, int]
    outcome: str
    ballots: tuple[Ballot, ...]
    receipts: tuple[str, ...] = field(default=())

    def text(self) -> str:
        """The one canonical text of this box; its SHA-256 is the leaf in the public record."""
        head = {
            "format": FORMAT,
            "method": self.method,
            "about": dict(sorted(self.about.items())),
            "counts": dict(sorted(self.counts.items())),
            "outcome": self.outcome,
        }
        lines = [f"{_dump(key)}: {_dump(value)}" for key, value in head.items()]
        ballots = ",\n".join(_dump(_row(ballot)) for ballot in sorted(self.ballots))
        receipts = ",\n".join(_dump(receipt) for receipt in sorted(self.receipts))
        return "{\n" + ",\n".join([*lines, f'"ballots": [\n{ballots}\n]', f'"receipts": [\n{receipts}\n]']) + "\n}\n"

    def digest(self) -> str:
        """SHA-256 of the text, hexadecimal."""
        return sha256(self.text().encode()).hexdigest()


def read_box(text: str) -> Box:
    """Raises BoxError where the text is none. Whether it adds up, `findings` says."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise BoxError(_("这不是%(format)s格式的票箱文件"), format=FORMAT)
        return Box(
            method=str(data["method"]),
            about=dict(data["about"]),
            counts={str(name): _whole(number) for name, number in data["counts"].items()},
            outcome=str(data["outcome"]),
            ballots=tuple(Ballot(str(row[0]), str(row[1]), *map(_whole, row[2:3])) for row in data["ballots"]),
            receipts=tuple(str(code) for code in data["receipts"]),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        if isinstance(error, BoxError):
            raise
        raise BoxError(_("读不出票箱文件：请重新下载，不要用文字处理软件改动它")) from None


def recount(ballots: Iterable[Ballot]) -> dict[str, int]:
    """Count again: ballots by choice, `cast` for all of them, votes by candidate, and the areas, where they count."""
    kept = list(ballots)
    counted = Counter(ballot.choice for ballot in kept)
    found = {choice: counted[choice] for choice in CHOICES} | {"cast": len(kept)}
    found |= {f"{CANDIDATE}{number}": votes for number, votes in by_candidate(b.choice for b in kept).items()}
    if any(ballot.area for ballot in kept):
        found["area_for"] = sum(ballot.area for ballot in kept if ballot.choice == "for")
        found["area_present"] = sum(ballot.area for ballot in kept)
    return found


def findings(box: Box, text: str) -> list[SentenceError]:
    """What does not add up; empty is well."""
    wrong: list[SentenceError] = []
    if box.method not in METHODS:
        wrong.append(SentenceError(_("没有“%(method)s”这种表决方式"), method=box.method))
    known = {ballot.choice for ballot in box.ballots if "seats" in box.about and is_named(ballot.choice)}
    if unknown := sorted({ballot.choice for ballot in box.ballots} - set(CHOICES) - known):
        wrong.append(SentenceError(_("票面上有不认识的选择：%(choices)s"), choices="、".join(unknown)))
    for what, codes in ((_("票号"), [b.id for b in box.ballots]), (_("回执"), list(box.receipts))):
        twice = [code for code, times in Counter(codes).items() if times > 1]
        if twice:
            wrong.append(SentenceError(_("%(what)s%(code)s出现不止一次"), what=what, code=twice[0]))
    if len(box.receipts) > len(box.ballots):
        wrong.append(
            SentenceError(
                _("回执比票多：%(receipts)s／%(ballots)s"), receipts=len(box.receipts), ballots=len(box.ballots)
            )
        )
    again = recount(box.ballots)
    wrong.extend(
        SentenceError(_("“%(name)s”写的是%(said)s，逐票数得%(found)s"), name=name, said=said, found=again.get(name, 0))
        for name, said in box.counts.items()
        if (name in COUNTED or name.startswith(CANDIDATE)) and said != again.get(name, 0)
    )
    if text != box.text():
        wrong.append(SentenceError(_("文字不是规范写法（顺序或空格被改过），摘要对不上")))
    return wrong


def _row(ballot: Ballot) -> list[str | int]:
    return [ballot.id, ballot.choice, ballot.area] if ballot.area else [ballot.id, ballot.choice]


def _whole(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise ValueError(number)
    return number


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
