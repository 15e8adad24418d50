"""The doors of the house, by line of work.

A room opens by naming its doors in its `AppConfig`:

    class AnswersConfig(AppConfig):
        name = "redhouse.work.answers"
        navigation = (Entry(Line.ANSWERS, _("年度答卷"), "answers:sheet", icon="answers"),)

A room that names none is not shown. Nothing is registered at run time, so the order of loading never matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Line(TextChoices):
    """Lines of work, in the order of the article; `TOP` stands above them, `MINE` behind the person's name."""

    TOP = "top", ""
    PARTY = "party", _("党建引领")
    POWER_DOWN = "power_down", _("下沉权力")
    SMALL_BIZ = "small_biz", _("“小个专”")
    POWERS = "powers", _("重要事权")
    ANSWERS = "answers", _("答卷")
    VOICES = "voices", _("意见与诉求")
    CALLOUTS = "callouts", _("号召")
    GOALS = "goals", _("目标")
    FORMS = "forms", _("报表")
    MINE = "mine", _("我的")


def everyone(person: Any) -> bool:
    """Whoever is signed in."""
    return True


@dataclass(frozen=True, eq=False)
class Entry:
    """One door: where it hangs, what it is called, where it leads, who sees it.

    `rank` orders doors inside a line. An entry with an `icon` (a name in `icons.svg`) also stands in the bottom
    bar of a phone. `sees(person)` decides who is shown the door; the view behind it asks its own rule again.
    `count(person)` is the small number beside the door, of what waits behind it; every page asks for it once, so it
    may cost a query or two and no more.
    """

    line: Line
    label: str | Promise
    url_name: str
    rank: int = 0
    icon: str = ""
    sees: Callable[[Any], bool] = everyone
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Door:
    """An entry as printed for one request: `current` is "page" (here), "true" (in this room) or empty; `count` is 0
    where nothing waits."""

    label: str | Promise
    url: str
    icon: str
    current: str
    count: int = 0


@dataclass(frozen=True)
class Group:
    """The doors of one line of work; `name` is empty for the group above all lines."""

    name: str | Promise
    doors: tuple[Door, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Every declared entry, in the order it is shown."""
    order = list(Line)
    found = [entry for config in apps.get_app_configs() for entry in getattr(config, "navigation", ())]
    return tuple(sorted(found, key=lambda entry: (order.index(entry.line), entry.rank)))


@cache
def _address(url_name: str) -> str:
    """No door has a parameter; every page asks for all of them."""
    return reverse(url_name)


def _doors_of(request: HttpRequest, person: Any) -> dict[Entry, Door]:
    """Made and counted once a request, though a door may hang in the rail and in the bar."""
    kept: dict[str, dict[Entry, Door]] = request.__dict__
    if "_doors" not in kept:
        kept["_doors"] = _doors(request, [entry for entry in entries() if entry.sees(person)], person)
    return kept["_doors"]


def _doors(request: HttpRequest, shown: list[Entry], person: Any = None) -> dict[Entry, Door]:
    match = request.resolver_match
    here = match.view_name if match else ""
    room = match.namespace if match else ""
    named = any(entry.url_name == here for entry in shown)
    # a page without a door of its own lies behind the door of its room that its address begins with, or the first
    own = [entry for entry in shown if room and entry.url_name.rpartition(":")[0] == room]
    above = [entry for entry in own if request.path.startswith(_address(entry.url_name))]
    first = max(above, key=lambda entry: len(_address(entry.url_name)), default=next(iter(own), None))
    doors = {}
    for entry in shown:
        current = ""
        if entry.url_name == here:
            current = "page"
        elif entry is first and not named:
            current = "true"
        doors[entry] = Door(
            label=entry.label,
            url=_address(entry.url_name),
            icon=entry.icon,
            current=current,
            count=entry.count(person) if entry.count is not None and person is not None else 0,
        )
    return doors


def rail(request: HttpRequest, person: Any) -> list[Group]:
    """The left rail for `person`: lines with an open door, in the order of the article."""
    doors = _doors_of(request, person)
    groups = []
    for line in Line:
        own = tuple(door for entry, door in doors.items() if entry.line is line)
        if own and line is not Line.MINE:
            groups.append(Group(name=line.label, doors=own))
    return groups


def bar(request: HttpRequest, person: Any) -> list[Door]:
    """The bottom bar of a phone for `person`: entries with an icon."""
    return [door for entry, door in _doors_of(request, person).items() if entry.icon]


def way_to(url_name: str, person: Any) -> str:
    """The address of an open door that `person` is shown; empty when the room is closed or not theirs."""
    for entry in entries():
        if entry.url_name == url_name and entry.sees(person):
            return _address(url_name)
    return ""
