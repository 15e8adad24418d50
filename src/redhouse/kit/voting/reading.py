"""The rules as they stand in rules/*.toml: a closed form, each number with the text it comes from."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from redhouse.kit.voting.shapes import Alternative, Clause, Demand, Proxies, Rerun, Roll, Rule, Threshold
from redhouse.kit.voting.words import Count, Law, Mark, VoteBody, Who

DATA = files("redhouse.kit.voting") / "rules"
THRESHOLD = re.compile(r"(\w+) (>=|>) (\d+)/(\d+) (\w+)")
SHARE = re.compile(r"(\d+)/(\d+) (\w+)")
OURS = "ours"
PARTS = {"notice", "demand", "quorum", "passing", "proxies", "secret", "online", "kin", "candidates", "rerun", "roll"}


def threshold(text: str) -> Threshold:
    """Read "for >= 2/3 electors". Raises ValueError for anything else."""
    found = THRESHOLD.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no threshold: COUNT >= N/D BASE, or > for more than")
    count, sign, numerator, denominator, base = found.groups()
    if not 0 < int(numerator) <= int(denominator):
        raise ValueError(f"{text!r}: the share must lie between 0 and 1")
    return Threshold(Count(count), Count(base), int(numerator), int(denominator), sign == ">")


@cache
def document(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def articles() -> Mapping[tuple[Law, str], tuple[str, str]]:
    """Every cited text once, in Chinese and in English, by law and place."""
    return {
        (Law(law), place): (text["zh"], text["en"])
        for law, places in document("articles.toml").items()
        if law != OURS
        for place, text in places.items()
    }


def clause(place: str) -> Clause:
    """Read "rec_2024:27.1", a place whose text is among the articles, or "ours:…", a number of our own.

    Raises KeyError for a place that is not among them."""
    law, _, where = place.partition(":")
    if law != OURS:
        zh, en = articles()[Law(law), where]
        return Clause(Mark.SOURCED, Law(law), where, zh, en)
    own = document("articles.toml")[OURS][where]
    mark = Mark(own["mark"])
    if mark is Mark.SOURCED:
        raise ValueError(f"{place} cannot be sourced: cite the article")
    law, _, where = own.get("at", "").partition(":")
    return Clause(mark, Law(law) if law else None, where, own["zh"], own["en"])


@cache
def versions() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The raw versions of each rule, in file order; the first one that stands on a day is the default."""
    found = {}
    for path in sorted(DATA.iterdir(), key=lambda path: path.name):
        if re.fullmatch(r"V\d\d\.toml", path.name):
            data = document(path.name)
            shared = {key: value for key, value in data.items() if key != "version"}
            found[data["id"]] = tuple({**shared, **version} for version in data["version"])
    return found


def rule(data: Mapping[str, Any]) -> Rule:
    """Build one version. Raises ValueError where a number has no clause, or a clause no number."""
    said = _said(data)
    given = {part for part, value in said.items() if value}
    # a quorum left to the charter has a clause that says so
    if (given | {"quorum"}) != set(data["clauses"]) | {"quorum"} or not set(data["clauses"]) <= PARTS:
        raise ValueError(f"{data['id']} from {data['from_on']}: clauses and numbers differ")
    return Rule(
        id=data["id"],
        body=VoteBody(data["body"]),
        name=data["name"],
        name_en=data["name_en"],
        mode=data.get("mode", ""),
        from_on=data["from_on"],
        until_on=_day(data.get("until_on")),
        notice_days=said["notice"],
        demand=said["demand"],
        quorum=said["quorum"],
        passing=said["passing"],
        proxies=said["proxies"] or Proxies(),
        secret=said["secret"],
        online_allowed=said["online"],
        kin_recusal=said["kin"],
        more_candidates_than_posts=said["candidates"],
        rerun=said["rerun"],
        roll=said["roll"],
        clauses={part: clause(place) for part, place in data["clauses"].items()},
    )


def quorum(ways: list[list[str]]) -> tuple[Alternative, ...]:
    return tuple(tuple(threshold(text) for text in way) for way in ways)


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says on each part that needs a clause."""
    return {
        "notice": data.get("notice_days"),
        "demand": tuple(_demand(text) for text in data.get("demand", [])),
        "quorum": quorum(data.get("quorum", [])),
        "passing": tuple(threshold(text) for text in data["passing"]),
        "proxies": Proxies(allowed=True, **data["proxies"]) if "proxies" in data else None,
        "secret": data.get("secret", False),
        "online": data.get("online", False),
        "kin": data.get("kin", False),
        "candidates": data.get("more_candidates", False),
        "rerun": Rerun(threshold(data["rerun"])) if "rerun" in data else None,
        "roll": Roll(**data["roll"]) if "roll" in data else None,
    }


def _demand(text: str) -> Demand:
    found = SHARE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no share: N/D WHO")
    return Demand(Who(found[3]), int(found[1]), int(found[2]))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
