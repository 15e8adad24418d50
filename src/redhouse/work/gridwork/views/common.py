"""What the views of this room share."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from redhouse.ground.people.models import Person
from redhouse.web.access import needs
from redhouse.web.telling import attempt
from redhouse.work.gridwork import queries, rules

SEERS = gettext_lazy("网格事件由网格员、村（社区）和镇的工作人员查看。")
KEEPERS = gettext_lazy("由镇网格调度员维护。")


def myself(person: Person, **address: object) -> Person:
    return person


seer = needs(rules.may_see_any, myself, who=SEERS)
keeper = needs(rules.may_keep_types, myself, who=KEEPERS)
case = needs(None, queries.report_for)


def done(request: HttpRequest, form: Form | None, act: Callable[[], str], where: str, *address: Any) -> HttpResponse:
    """Do it, say how it went, go back."""
    attempt(request, form, act)
    return redirect(where, *address)
