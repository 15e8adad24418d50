"""What the views of this room share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import OutOfTurn
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs
from redhouse.work.gridwork import queries, rules

REFUSALS = (NotYet, ValidationError, HouseError, PermissionDenied, OutOfTurn)
SEERS = gettext_lazy("网格事件由网格员、村（社区）和镇的工作人员查看。")
KEEPERS = gettext_lazy("由镇网格调度员维护。")


def myself(person: Person, **address: object) -> Person:
    return person


seer = needs(rules.may_see_any, myself, who=SEERS)
keeper = needs(rules.may_keep_types, myself, who=KEEPERS)
case = needs(None, queries.report_for)


def words_of(error: Exception) -> list[str]:
    if isinstance(error, NotYet):
        return [str(lack) for lack in error.missing]
    return list(error.messages) if isinstance(error, ValidationError) else [str(getattr(error, "message", error))]


def done(request: HttpRequest, form: Form, act: Callable[[], str], where: str, *address: Any) -> HttpResponse:
    """Do it, say how it went, go back. What was refused is said in its own sentences."""
    try:
        if form.is_valid():
            messages.success(request, act())
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, "：".join(str(part) for part in (label, "；".join(map(str, errors))) if part))
    except REFUSALS as error:
        for sentence in words_of(error):
            messages.error(request, sentence)
    return redirect(where, *address)
