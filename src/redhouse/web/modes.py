"""适老版: larger, clearer, fewer things. One cookie, so that it also works on pages without sign-in."""

from __future__ import annotations

from django.http import HttpRequest

COOKIE = "redhouse_mode"
ELDER = "elder"
YEAR_SECONDS = 365 * 24 * 3600


def is_elder(request: HttpRequest) -> bool:
    """Whether this browser asked for elder mode."""
    return request.COOKIES.get(COOKIE) == ELDER
