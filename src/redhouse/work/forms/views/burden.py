"""Which forms ask most."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from redhouse.ground.people.models import Person
from redhouse.work.forms import queries
from redhouse.work.forms.views.common import picker, place_and_month, seer


@seer
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """Forms of a place, those that ask most first, month by month; and the assumption behind it."""
    places, place, month_on = place_and_month(request, person)
    context = picker(places, place, month_on) | {
        "overview": queries.overview(place, month_on) if place else None,
        "seconds": settings.REDHOUSE_ASKED_SECONDS,
    }
    return render(request, "forms/burden.html", context)
