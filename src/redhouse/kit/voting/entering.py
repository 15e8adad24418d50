"""Counts as people enter them: on a page, on the command line, or as one JSON object a line."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.counts import CountError, Counts
from redhouse.kit.voting.deciding import Outcome, decide
from redhouse.kit.voting.library import UnknownRule, rule_at
from redhouse.kit.voting.words import Count, VoteBody

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"-?\d{1,12}")
METRES = re.compile(r"-?\d{1,12}(\.\d{1,2})?")
OTHERS = ("rule", "on", "body", "mode")  # keys of a line beside the counts


class EntryError(SentenceError):
    """A line, a day or a number that cannot be read; says what is expected."""


def counted(values: Mapping[str, object]) -> Counts:
    """Read counts by name; empty ones are not given. Whole numbers, areas in square metres with at most two decimals;
    thousands may be parted by commas. Raises CountError naming the count."""
    given = {}
    for count in Count:
        value = values.get(count.value)
        if value is not None and (text := _text(value)) != "":
            given[count] = _number(count, text)
    return Counts.of(given)


def day(value: object) -> date:
    """Read 2026-03-01. Raises EntryError."""
    text = str(value).strip()
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 30 February
    raise EntryError(_("日期写成2026-03-01这样，而不是“%(value)s”。"), value=text[:40])


def vote_body(value: object) -> VoteBody | None:
    """Read a body by its value; None for an empty one. Raises UnknownRule."""
    if not value:
        return None
    try:
        return VoteBody(str(value))
    except ValueError:
        known = ", ".join(VoteBody)
        raise UnknownRule(_("没有表决主体“%(value)s”；可用：%(known)s。"), value=str(value)[:40], known=known) from None


def decided(values: Mapping[str, Any]) -> Outcome:
    """One vote from a mapping with `rule` and `on` beside the counts, and `body` or `mode` where the rule has several.

    Raises EntryError, UnknownRule, NotInForce, MissingCount or CountError, each one sentence.
    """
    unknown = [name for name in values if name not in (*OTHERS, *Count)]
    if unknown:
        raise EntryError(
            _("不认识“%(name)s”；可用：%(known)s。"), name=str(unknown[0])[:40], known=", ".join((*OTHERS, *Count))
        )
    if not values.get("rule"):
        raise EntryError(_("缺少规则编号（rule），例如V09。"))
    if not values.get("on"):
        raise EntryError(_("缺少表决日期（on），例如2026-03-01。"))
    on, body = day(values["on"]), vote_body(values.get("body"))
    rule = rule_at(str(values["rule"]), on, body, values.get("mode") or None)
    return decide(rule, counted(values))


def decided_lines(lines: Iterable[str]) -> Iterator[tuple[int, Outcome | SentenceError]]:
    """One answer for each line that is not empty, with its number: an outcome, or the sentence that says why not."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, decided(_object(line))
            except SentenceError as error:
                yield number, error


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise EntryError(_("这一行不是JSON对象。"))
    return found


def _text(value: object) -> str:
    """What was entered, without spaces and commas; of JSON a number or a text, nothing else."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return repr(value)
    return re.sub(r"[\s,，]", "", str(value))


def _number(count: Count, text: str) -> int:
    if count.is_area:
        if not METRES.fullmatch(text):
            raise CountError(_("%(count)s以平方米计，最多两位小数，而不是“%(text)s”。"), count=count, text=text[:40])
        return int(Decimal(text) * 100)
    if not WHOLE.fullmatch(text):
        raise CountError(_("%(count)s应当是整数，而不是“%(text)s”。"), count=count, text=text[:40])
    return int(text)
