"""What a visitor sees when a view broke off."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = 5  # seconds; the supervisor has a dead database back in less than one


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away. Neither page needs a session or the database."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER)})
    return HttpResponse(render_to_string("500.html"), status=500)
