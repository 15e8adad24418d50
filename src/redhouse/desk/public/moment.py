"""At which cut the public pages stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache

from redhouse.ground.ledger.models import TreeHead
from redhouse.ground.places.models import Division
from redhouse.kit.today import today
from redhouse.work.answers.queries import NoSuchAnswer, default_as_of, division_at, town_code

KEPT = 60  # seconds


@dataclass(frozen=True)
class Moment:
    """The town, the day, and the signed head whose last fact is the cut. Two pages of one moment never disagree."""

    town: Division
    as_of: date
    head: TreeHead

    @property
    def code(self) -> str:
        return self.town.code

    @property
    def cut(self) -> int:
        """The last fact that is counted."""
        return self.head.last_fact_id


def public_moment(now: datetime) -> Moment | None:
    """The newest head that was signed before the minute of `now` began (by the real clock, which signs), so that all
    web processes say the same and a busy town is counted once a minute at most; in a house whose first head is younger,
    that one. None for an empty house, and for one of several towns."""
    head = _head(now.replace(second=0, microsecond=0)) or TreeHead.objects.order_by("-size").first()
    if head is None:
        return None
    as_of = default_as_of(today())
    town = _town(head, as_of)
    return Moment(town, as_of, head) if town else None


def _head(minute: datetime) -> TreeHead | None:
    """The newest that was signed before; asked once a minute in a process, since it stays the newest that was."""
    key = f"open:head:{minute.timestamp():.0f}"
    head: TreeHead | None = cache.get(key)
    if head is None:
        head = TreeHead.objects.filter(signed_at__lt=minute).order_by("-size").first()
        if head is not None:
            cache.set(key, head, KEPT)
    return head


def _town(head: TreeHead, as_of: date) -> Division | None:
    """Asked once for each head in a process, not by every stranger: to rename a town is a fact, and a fact moves the
    head."""
    key = f"open:town:{head.size}:{as_of}"
    town: Division | None = cache.get(key)
    if town is None:
        try:
            town = division_at(town_code(), as_of)
        except NoSuchAnswer:
            return None
        cache.set(key, town, KEPT)
    return town
