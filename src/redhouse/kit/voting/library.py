"""Which rule stands on a day. A rule is picked by the date of the vote, never by today."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from redhouse.kit.sentences import Sentence, SentenceError, joined
from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.reading import clause, rule, threshold, versions
from redhouse.kit.voting.shapes import Rule
from redhouse.kit.voting.words import VoteBody


class UnknownRule(SentenceError):
    """There is no rule of that number, or none of that body or mode."""


class NotInForce(SentenceError):
    """The rule does not stand on that day; says from when, and what stands instead."""


@lru_cache(maxsize=4096)
def rule_at(rule_id: str, on: date, body: VoteBody | None = None, mode: str | None = None) -> Rule:
    """The rule as it stands on a day; of a rule for several bodies or modes that one, or the first.

    Raises UnknownRule for an unknown number, body or mode, and NotInForce on a day when it does not stand.
    """
    if rule_id not in versions():
        raise UnknownRule(_("没有规则“%(rule)s”；可用V01至V%(last)s。"), rule=rule_id, last=f"{len(versions()):02}")
    wanted = [data for data in versions()[rule_id] if _fits(data, body, mode)]
    if not wanted:
        raise UnknownRule(_("规则%(rule)s没有“%(which)s”这一种。"), rule=rule_id, which=body or mode)
    for data in wanted:
        if _stands(data, on):
            return _built(data, on)
    raise _not_in_force(rule_id, wanted, on)


def rules_on(on: date) -> list[Rule]:
    """Every rule that stands on a day, each body and mode of it."""
    return [_built(data, on) for every in versions().values() for data in every if _stands(data, on)]


def every_version() -> Iterator[Rule]:
    """Every rule in every version it has had, oldest first within a rule; for tables and proofs."""
    days = sorted({data["from_on"] for every in versions().values() for data in every})
    for every in versions().values():
        seen = set()
        for day in days:
            for data in every:
                if _stands(data, day) and (found := _built(data, day)).from_on == day:
                    key = (found.from_on, found.body, found.mode)
                    if key not in seen:
                        seen.add(key)
                        yield found


def _fits(data: Mapping[str, Any], body: VoteBody | None, mode: str | None) -> bool:
    return (body is None or data["body"] == body) and (mode is None or data.get("mode", "") == mode)


def _stands(data: Mapping[str, Any], on: date) -> bool:
    return data["from_on"] <= on and ("until_on" not in data or on < data["until_on"])


def _built(data: Mapping[str, Any], on: date) -> Rule:
    """One version; one that is held "as" another rule takes over whatever it does not say itself."""
    if "as_rule" not in data:
        return rule(data)
    base = rule_at(data["as_rule"], on, VoteBody(data["body"]))
    ends = [end for end in (base.until_on, data.get("until_on")) if end is not None]
    return replace(
        base,
        id=data["id"],
        name=data["name"],
        name_en=data["name_en"],
        mode=data["mode"],
        from_on=max(base.from_on, data["from_on"]),
        until_on=min(ends, default=None),
        passing=tuple(threshold(text) for text in data["passing"]),
        clauses={**base.clauses, "passing": clause(data["clauses"]["passing"])},
    )


def _not_in_force(rule_id: str, wanted: list[Mapping[str, Any]], on: date) -> NotInForce:
    """Say from when the rule stands, or until when it stood, and what stands instead."""
    first = min(data["from_on"] for data in wanted)
    if on >= first:
        until, instead = max(data["until_on"] for data in wanted), _instead(wanted[0].get("after", []))
        template = _("%(rule)s施行到%(until)s为止，%(on)s不适用%(instead)s。")
        return NotInForce(template, rule=rule_id, until=until, on=on, instead=instead)
    if wanted[0].get("unverified_before"):
        template = _("%(rule)s自%(since)s起施行，%(on)s不适用；更早的条文本系统没有核实，不作计算。")
        return NotInForce(template, rule=rule_id, since=first, on=on)
    template = _("%(rule)s自%(since)s起施行，%(on)s不适用%(instead)s。")
    return NotInForce(template, rule=rule_id, since=first, on=on, instead=_instead(wanted[0].get("before", [])))


def _instead(rules: list[str]) -> Sentence:
    if not rules:
        return Sentence("")
    return Sentence(_("；当日适用%(rules)s"), {"rules": joined(rules)})
