"""What the views of this room share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.work.forms import queries, rules
from redhouse.work.forms.queries.ledgers import month_of

REFUSALS = (NotYet, ValidationError, HouseError, PermissionDenied)
SEERS = gettext_lazy("报表由村（社区）和镇的工作人员查看。")


def _myself(person: Person, **_address: object) -> Person:
    return person


seer = needs(rules.may_see_any, _myself, who=SEERS)
drafter = needs(rules.may_draft, _myself, who=gettext_lazy("报表由镇组织办拟订。"))


def words_of(error: Exception) -> list[str]:
    if isinstance(error, NotYet):
        return [str(lack) for lack in error.missing]
    return list(error.messages) if isinstance(error, ValidationError) else [str(getattr(error, "message", error))]


def done(request: HttpRequest, form: Form | None, act: Callable[[], str]) -> None:
    """Do it and say how it went; what was refused is said in its own sentences."""
    try:
        if form is None or form.is_valid():
            messages.success(request, act())
        for name, errors in form.errors.items() if form is not None else ():
            label = form.fields[name].label if form is not None and name in form.fields else ""
            messages.error(request, "：".join(str(part) for part in (label, "；".join(map(str, errors))) if part))
    except REFUSALS as error:
        for sentence in words_of(error):
            messages.error(request, sentence)


def place_and_month(request: HttpRequest, person: Person) -> tuple[list[Division], Division | None, date]:
    """The places to choose from, the one that is asked for (else one's own, else the first), the month (else this)."""
    places = queries.places_for(person, today())
    code = request.GET.get("place", "")
    chosen = next((place for place in places if place.code == code), None)
    own = next((place for place in places if place.code == person.division_code), None)
    month_on = month_of(request.GET.get("month", "")) or today().replace(day=1)
    return places, chosen or own or next(iter(places), None), month_on


def picker(places: list[Division], chosen: Division | None, month_on: date) -> dict[str, Any]:
    return {"places": places, "place": chosen, "month": f"{month_on:%Y-%m}", "month_on": month_on}
