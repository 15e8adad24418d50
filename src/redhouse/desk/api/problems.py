"""Problems that arrive by the API, from a phone or from a system of others: photographs become papers, then the report
opens its run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from redhouse.ground.papers.actions import add_photos
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import report_problem
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import types_of

CODE = "G01"  # the life of a grid event


def file_problem(
    *, division_code: str, photos: Sequence[bytes], key: UUID, by: Person | None, on: date, **said: Any
) -> Report:
    """The same key again is the report that is there. Raises PermissionDenied, NotYet, ValidationError."""
    known = Report.objects.filter(key=key).first()
    if known is not None:
        return known
    papers = add_photos(photos, title=_("问题照片"), name=str(key), division_code=division_code, by=by, on=on)
    return report_problem(code=CODE, division_code=division_code, photos=papers, key=key, by=by, on=on, **said)


def sound(value: float | None) -> Decimal | None:
    """A coordinate as it is kept: to five places, about a metre."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.00001"))


def types_on(on: date) -> list[dict[str, str]]:
    """What can be reported, by code; one without a type where the town keeps no list."""
    known = types_of(CODE, on).values_list("type_code", "group", "name")
    rows = [{"code": code, "name": f"{group}：{name}"} for code, group, name in known]
    return rows or [{"code": "", "name": _("未分类")}]
