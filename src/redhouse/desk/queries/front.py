"""Reads for the front door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from redhouse.desk.loopback import is_loopback
from redhouse.ground.access.enums import LookField, LookReason
from redhouse.ground.access.models import Account
from redhouse.ground.access.queries import Watcher, looks_at, who_can_see
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import Level, level
from redhouse.work.answers.queries import Brief, NoSuchAnswer, default_as_of, division_at, five_figures, own_sheet


def demo_accounts(request: HttpRequest) -> list[Account]:
    """Accounts that may be entered with one tap: in the demo only, from this machine only; else none."""
    return list(played_accounts()) if is_loopback(request) else []


def played_accounts() -> QuerySet[Account]:
    """The roles of the demo, which ask for no password; none anywhere else."""
    if not settings.REDHOUSE_DEMO:
        return Account.objects.none()
    return Account.objects.filter(is_demo=True, is_active=True).exclude(demo_note="").order_by("pk")


def has_second_factor(account: Account) -> bool:
    """Whether this account asks for more than a password."""
    return bool(is_mfa_enabled(account))


def watchers_of(person: Person | None, on: date) -> list[Watcher]:
    """Everyone whose post lets them see this person on `on`."""
    if person is None:
        return []
    with everything():  # who can see me is mine to know, also where their village is beyond my reach
        return who_can_see(person, on)


@dataclass(frozen=True)
class Look:
    """One look behind the mask of a record, as its owner reads it."""

    who: str
    field: str
    reason: str
    on: date


def looks_of(person: Person | None) -> list[Look]:
    """Who looked behind the mask of this person's record, newest first."""
    if person is None:
        return []
    facts = looks_at(person)
    with everything():
        names = dict(Person.objects.filter(pk__in={fact.actor_id for fact in facts}).values_list("pk", "name"))
    looks = []
    for fact in facts:
        field, _, reason = fact.label.partition(".")
        looks.append(
            Look(
                who=names.get(fact.actor_id or 0, ""),
                field=str(LookField(field).label),
                reason=str(LookReason(reason).label),
                on=fact.happened_on,
            )
        )
    return looks


@dataclass(frozen=True)
class MyPlace:
    """How the widest division that a person answers for stands, in five figures."""

    division: Division
    is_town: bool
    as_of: date
    figures: list[Brief]


def my_place(person: Person | None, on: date) -> MyPlace | None:
    """None for a person whose posts reach no answers, and before there is anything to count."""
    code = own_sheet(person).code if person is not None else None
    if code is None:
        return None
    as_of = default_as_of(on)
    try:
        division = division_at(code, as_of)
    except NoSuchAnswer:  # the sheet itself says what is missing and how to mend it
        return None
    return MyPlace(
        division=division,
        is_town=level(code) <= Level.TOWN,
        as_of=as_of,
        figures=five_figures(code, as_of),
    )
