"""A frozen register of shares, and money shared out by it: canonical texts that anyone can check and count again.

A text is JSON with one line a holder. Holders stand under a number and a code that commits to who they are and tells
nobody (`holder_code`). Whole numbers only: units of 1/scale of a share or of a square metre, money in fen. The rule is
one: each gets the exact quota rounded down, and the fen that are left go to the largest remainders, of equal ones to
the lower number (`kit.tally.apportion`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.tally import TallyError, apportion

REGISTER, DISTRIBUTION = "redhouse-register/1", "redhouse-distribution/1"
RULE = "largest-remainder, ties to the lower number"


class SharingError(SentenceError):
    """The text is no register and no distribution."""


@dataclass(frozen=True, order=True)
class Holder:
    """`units` are whole multiples of 1/scale."""

    number: int
    code: str
    units: int


@dataclass(frozen=True)
class Register:
    """Who held how much on `as_of`. `about` says whose register of which matter it is; `scale` units make one whole."""

    about: Mapping[str, str | int]
    basis: str
    scale: int
    as_of: str
    holders: tuple[Holder, ...]

    @property
    def units(self) -> int:
        return sum(holder.units for holder in self.holders)

    @property
    def head(self) -> dict[str, Any]:
        return {
            "about": dict(sorted(self.about.items())),
            "basis": self.basis,
            "scale": self.scale,
            "as_of": self.as_of,
            "holders": len(self.holders),
            "units": self.units,
        }

    def text(self) -> str:
        """The one canonical text; its SHA-256 is in the public record from the freeze on."""
        lines = [[holder.number, holder.code, holder.units] for holder in sorted(self.holders)]
        return _text({"format": REGISTER, **self.head}, lines)

    def digest(self) -> str:
        return sha256(self.text().encode()).hexdigest()


@dataclass(frozen=True)
class Distribution:
    """`amounts` in fen, one for each holder in the order of their numbers."""

    register: Register
    total: int
    amounts: tuple[int, ...]

    def text(self) -> str:
        """Canonical, and whole: the register can be built from it again."""
        holders = sorted(self.register.holders)
        lines = [[h.number, h.code, h.units, fen] for h, fen in zip(holders, self.amounts, strict=True)]
        head = {"register": self.register.digest(), "rule": RULE, "total_fen": self.total}
        return _text({"format": DISTRIBUTION, **self.register.head, **head}, lines)

    def digest(self) -> str:
        return sha256(self.text().encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """How one holder comes to an amount: `floor` is the exact quota rounded down, `remainder` what that cut off, in
    fen; `extra` is 1 where one of the left-over fen came here."""

    floor: int
    remainder: Fraction
    extra: int

    @property
    def remainder_text(self) -> str:
        """Of one fen, cut off after four decimals: 5/7 -> "0.7142…"."""
        tens = self.remainder * 10**4
        return f"0.{tens.numerator // tens.denominator:04}" + ("" if tens.denominator == 1 else "…")


def holder_code(*, run: int, number: int, person: int, salt: bytes) -> str:
    """Sixteen hexadecimal digits that commit to a person; who knows person and salt can show that a line is theirs."""
    return sha256(f"redhouse-holder/1|{run}|{number}|{person}|{salt.hex()}".encode()).hexdigest()[:16]


def share_out(register: Register, total: int) -> Distribution:
    """`total` fen over the register; the same whatever order its lines came in. Raises TallyError."""
    return Distribution(register, total, tuple(apportion(total, [h.units for h in sorted(register.holders)])))


def part_of(total: int, units: int, of: int, amount: int) -> Part:
    """Why `units` of `of` came to `amount` of `total` fen; `of` must be positive."""
    floor, rest = divmod(total * units, of)
    return Part(floor, Fraction(rest, of), amount - floor)


def read_register(text: str) -> Register:
    """Raises SharingError where the text is none, or not the canonical one."""
    data = _data(text, REGISTER)
    try:
        register = _register(data, [row[:3] for row in data["lines"]])
    except (KeyError, TypeError, ValueError, IndexError):
        raise _unreadable() from None
    if register.text() != text:
        raise SharingError(_("登记册的文字不是规范写法（人数、合计、顺序或空格被改过），摘要对不上"))
    return register


def read_distribution(text: str) -> Distribution:
    """Raises SharingError where the text is none. Whether it adds up, `findings` says."""
    data = _data(text, DISTRIBUTION)
    try:
        rows = sorted(data["lines"])
        register = _register(data, [row[:3] for row in rows])
        return Distribution(register, _whole(data["total_fen"]), tuple(_whole(row[3]) for row in rows))
    except (KeyError, TypeError, ValueError, IndexError):
        raise _unreadable() from None


def findings(distribution: Distribution, text: str) -> list[SentenceError]:
    """Count again; what does not add up, the most telling first. Empty is well."""
    wrong: list[SentenceError] = []
    numbers = [holder.number for holder in distribution.register.holders]
    if len(set(numbers)) != len(numbers):
        wrong.append(SharingError(_("有册号出现不止一次")))
    found = sum(distribution.amounts)
    if found != distribution.total:
        wrong.append(
            SharingError(_("各行相加为%(found)s分，总额写的是%(said)s分"), found=found, said=distribution.total)
        )
    try:
        again = share_out(distribution.register, distribution.total).amounts
    except TallyError as error:
        return [*wrong, error]
    holders = sorted(distribution.register.holders)
    for holder, said, due in zip(holders, distribution.amounts, again, strict=True):
        if said != due:
            wrong.append(
                SharingError(
                    _("第%(number)s号写的是%(said)s分，按规则应为%(due)s分"), number=holder.number, said=said, due=due
                )
            )
            break
    if not wrong and distribution.text() != text:
        wrong.append(SharingError(_("分配表的文字不是规范写法（登记册摘要、人数、顺序或空格被改过），摘要对不上")))
    return wrong


def is_distribution(text: str) -> bool:
    return text.startswith(f'{{\n"format": "{DISTRIBUTION}"')


def _text(head: Mapping[str, Any], lines: list[list[Any]]) -> str:
    said = ",\n".join(f"{_dump(name)}: {_dump(value)}" for name, value in head.items())
    return "{\n" + said + ',\n"lines": [\n' + ",\n".join(map(_dump, lines)) + "\n]\n}\n"


def _data(text: str, wanted: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(text)
        found = data["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unreadable() from None
    if found != wanted:
        raise SharingError(_("这不是%(format)s格式的文件"), format=wanted)
    return data


def _register(data: Mapping[str, Any], rows: list[list[Any]]) -> Register:
    holders = tuple(Holder(_whole(number), str(code), _whole(units)) for number, code, units in rows)
    return Register(dict(data["about"]), str(data["basis"]), _whole(data["scale"]), str(data["as_of"]), holders)


def _unreadable() -> SharingError:
    return SharingError(_("读不出登记册或分配表：请重新下载，不要用文字处理软件改动它"))


def _whole(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise ValueError(number)
    return number


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
