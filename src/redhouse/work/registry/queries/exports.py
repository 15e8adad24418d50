"""What is registered within somebody's reach, in the columns of the templates, streamed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.models import Division
from redhouse.kit.masks import mask_citizen_id, mask_name, mask_phone
from redhouse.work.registry.enums import ImportKind

_BLOCK = 2000
Row = tuple[Any, ...]


def exported(kind: ImportKind, person: Person, on: date) -> Iterator[Row]:
    """Rows that stand on `on` where `person` keeps the registry. Names, numbers and phones of residents are masked,
    as on every page; names of post-holders are public."""
    prefixes = reach_of(person, Verb.KEEP_REGISTRY, on)
    with translation.override("zh-hans"):
        yield from _EXPORTS[kind](prefixes, on)


def _within(rows: QuerySet[Any], field: str, prefixes: tuple[str, ...]) -> QuerySet[Any]:
    reach = Q(pk__in=[])
    for each in prefixes:
        reach |= Q(**{f"{field}__startswith": each})
    return rows.filter(reach)


def _flag(value: bool) -> str:
    return "是" if value else "否"


def _divisions(prefixes: tuple[str, ...], on: date) -> Iterator[Row]:
    rows = _within(Division.objects.as_of(on), "code", prefixes).order_by("code")
    for row in rows.iterator(_BLOCK):
        yield row.code, row.get_kind_display(), row.name, row.source, row.from_on


def _bodies(prefixes: tuple[str, ...], on: date) -> Iterator[Row]:
    rows = _within(Body.objects.as_of(on), "division_code", prefixes).select_related("parent")
    for row in rows.order_by("division_code", "pk").iterator(_BLOCK):
        yield (
            row.division_code, row.name, row.get_kind_display(), row.parent.name if row.parent else "",
            _flag(row.is_joint), _flag(row.is_area), row.from_on, row.until_on,
        )  # fmt: skip


def _members(prefixes: tuple[str, ...], on: date) -> Iterator[Row]:
    rows = _within(Membership.objects.as_of(on), "division_code", prefixes).select_related("person", "body")
    for row in rows.order_by("division_code", "body_id", "pk").iterator(_BLOCK):
        yield (
            mask_citizen_id(row.person.citizen_id), mask_name(row.person.name), mask_phone(row.person.phone),
            row.body.division_code, row.body.name, row.get_tie_display(), row.get_status_display(), row.from_on,
            row.until_on,
        )  # fmt: skip


def _households(prefixes: tuple[str, ...], on: date) -> Iterator[Row]:
    rows = _within(Household.objects.as_of(on), "division_code", prefixes).select_related("dwelling", "head")
    for row in rows.order_by("division_code", "dwelling_id", "pk").iterator(_BLOCK):
        name, phone = (row.head.name, row.head.phone) if row.head else ("", "")
        yield (
            row.division_code, row.dwelling.door, row.dwelling.grid_code, row.residents, mask_name(name),
            mask_phone(phone), row.from_on, row.until_on,
        )  # fmt: skip


def _posts(prefixes: tuple[str, ...], on: date) -> Iterator[Row]:
    rows = _within(Post.objects.as_of(on), "body__division_code", prefixes).select_related("person", "body")
    for row in rows.order_by("body__division_code", "body_id", "pk").iterator(_BLOCK):
        yield (
            mask_citizen_id(row.person.citizen_id), row.person.name, mask_phone(row.person.phone),
            row.body.division_code, row.body.name, row.get_kind_display(), row.from_on, row.term_ends_on, row.until_on,
        )  # fmt: skip


_EXPORTS = {
    ImportKind.DIVISIONS: _divisions,
    ImportKind.BODIES: _bodies,
    ImportKind.MEMBERS: _members,
    ImportKind.HOUSEHOLDS: _households,
    ImportKind.POSTS: _posts,
}
