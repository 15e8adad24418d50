"""An answer: a figure of one division at two cuts (what happened, what was known), exactly."""

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import translation

from redhouse.kit.divisions import Level, level, prefix
from redhouse.kit.interval import exact_interval
from redhouse.kit.numbers import NO_BASE, percent, ratio_text, thousands
from redhouse.work.answers.definitions.figures import Figure
from redhouse.work.answers.definitions.scale import short

NAME = re.compile(r"(?<![:\w]):([a-z_]+)")
"""A parameter in the text of a figure; each engine binds it in its own way."""
COUNT = "SELECT part, numerator, denominator, facts FROM answer"

Counted = list[list[Any]]  # rows of part, numerator, denominator, facts


@dataclass(frozen=True)
class Answer:
    """A figure for one division at its two cuts. `numerator` is None where the figure does not apply there."""

    figure: Figure
    division_code: str
    as_of: date
    last_fact_id: int
    numerator: int | None = None
    denominator: int | None = None
    facts: int = 0
    parts: dict[str, int | None] = field(default_factory=dict)

    @property
    def value(self) -> int | Fraction | None:
        """An int for a count, a Fraction for a ratio; None where it does not apply, or over nothing."""
        if self.numerator is None or not self.figure.is_ratio:
            return self.numerator
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def exact(self) -> str:
        """The number in full: "346,000", "345.03%", "126／105"."""
        return self._shown("fraction" if self.figure.header["display"] == "fraction" else "exact")

    @property
    def display(self) -> str:
        """As the article prints it: shortened, and floored where it says “more than”. Below the town a count is shown
        in full; a rate is rounded alike everywhere."""
        return self._shown(self.figure.header["display"])

    @property
    def interval(self) -> tuple[str, str] | None:
        """Of a figure that comes from a sample: between which shares the truth lies with 95 % confidence."""
        if self.figure.header.get("interval") != "exact" or self.numerator is None or not self.denominator:
            return None
        low, high = exact_interval(self.numerator, self.denominator)
        return percent(*low.as_integer_ratio(), 1), percent(*high.as_integer_ratio(), 1)

    def _shown(self, how: str) -> str:
        if self.value is None or self.numerator is None:
            return NO_BASE
        if self.figure.is_ratio and self.denominator:
            if how == "fraction":
                return ratio_text(self.numerator, self.denominator)
            rounding = "floor" if how == "percent_floor" else "half_up"
            text = percent(self.numerator, self.denominator, 2 if how == "exact" else 0, rounding)  # type: ignore[arg-type]
            return text.replace(".00%", "%") if how == "exact" else text
        if level(self.division_code) <= Level.TOWN:
            step, _, size = how.partition(":")
            if how == "wan1":
                return short(self.numerator)
            if step == "floor":
                return str(self.numerator // int(size) * int(size))
        return thousands(self.numerator)

    def part(self, key: str) -> str:
        """A part as shown; a year without thousands."""
        value = self.parts.get(key)
        if value is None:
            return NO_BASE
        return str(value) if key == "year" else thousands(value)

    def as_json(self) -> dict[str, Any]:
        """One object of `redhouse answers --json`, in Chinese whatever the reader's language."""
        header = self.figure.header
        with translation.override("zh-hans"):
            display = self.display
        return {
            "id": self.figure.id,
            "name": header["name"],
            "value": str(self.value) if isinstance(self.value, Fraction) else self.value,
            "unit": header["unit"],
            "display": display,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "parts": self.parts,
            "definition": header["definition"],
            "facts": self.facts,
        }


def applies(figure: Figure, division_code: str) -> bool:
    """Whether the figure is stated of such a division at all."""
    return not figure.town_only or level(division_code) <= Level.TOWN


def parameters(division_code: str, as_of: date, last_fact_id: int) -> dict[str, Any]:
    """What the names in a figure's text stand for."""
    return {
        "division_prefix": prefix(division_code),
        "as_of": as_of,
        "from_on": date(as_of.year, 1, 1),
        "last_fact_id": last_fact_id,
    }


def as_answer(figure: Figure, division_code: str, as_of: date, last_fact_id: int, counted: Counted) -> Answer:
    """The answer that these counted rows give; empty where there are none."""
    found = {part: (numerator, denominator, facts) for part, numerator, denominator, facts in counted}
    numerator, denominator, facts = found.pop("", (None, None, 0))
    if numerator is None:
        return Answer(figure, division_code, as_of, last_fact_id)
    # parts that the header does not name (rooms) come first, largest first, then the named ones in their order
    order = list(figure.part_names)
    parts = {part: found[part][0] for part in sorted(found.keys() - set(order), key=lambda p: (-(found[p][0] or 0), p))}
    parts |= {part: found[part][0] for part in order if part in found}
    return Answer(figure, division_code, as_of, last_fact_id, numerator, denominator, facts, parts)
