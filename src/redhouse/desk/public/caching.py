"""Pages of the portal: counted at one moment, and kept while it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from redhouse.desk.public.moment import public_moment
from redhouse.web.access import public
from redhouse.web.publishing import kept

View = Callable[..., HttpResponseBase]


def published(view: View) -> View:
    """A public page counted at one `Moment`, which the view receives; with ETag by cut, day, language and mode."""

    @wraps(view)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponseBase:
        moment = public_moment(timezone.now())
        if moment is None:
            return render(request, "open/empty.html", status=404)
        return kept(request, f"{moment.cut}-{moment.as_of}", lambda: view(request, moment, **address))

    return public(require_safe(guarded))
