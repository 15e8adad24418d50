"""Public pages are the same for every stranger: they say how long they hold, and answer 304 while the cut stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from redhouse.desk.public.moment import Moment, public_moment
from redhouse.web.access import public
from redhouse.web.modes import is_elder

View = Callable[..., HttpResponseBase]
MAX_AGE = 60  # seconds; a moment lasts as long
VERSION = version("redhouse")


def published(view: View) -> View:
    """A public page counted at one `Moment`, which the view receives; with ETag by cut, day, language and mode."""

    @wraps(view)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponseBase:
        moment = public_moment(timezone.now())
        if moment is None:
            return render(request, "open/empty.html", status=404)
        etag = _etag(request, moment)
        answer = get_conditional_response(request, etag=etag) or view(request, moment, **address)
        if answer.status_code in (200, 304):
            answer.headers["ETag"] = etag
            keep(answer, MAX_AGE)
        return answer

    return public(require_safe(guarded))


def keep(answer: HttpResponseBase, seconds: int) -> None:
    """Let browsers and proxies keep it, apart for each language and mode (a cookie)."""
    patch_cache_control(answer, public=True, max_age=seconds)
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])


def _etag(request: HttpRequest, moment: Moment) -> str:
    mode = "elder" if is_elder(request) else "plain"
    return f'W/"{moment.cut}-{moment.as_of}-{translation.get_language()}-{mode}-{VERSION}"'


def too_often(request: HttpRequest, action: str, *, per_minute: int) -> bool:
    """Whether this client asked for `action` more often than that in this minute. Counted in each web process."""
    key = f"limit:{action}:{_client(request)}:{int(time.time()) // 60}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) > per_minute
    except ValueError:  # the cache was full and let the count go
        return False


def slow_down(request: HttpRequest) -> HttpResponse:
    """429 with a sentence, and when to come back."""
    answer = render(request, "open/slow.html", status=429)
    answer.headers["Retry-After"] = "60"
    return answer


def _client(request: HttpRequest) -> str:
    """Who asks. Behind a proxy of ours, the address that the proxy itself saw: the last one of the list."""
    if settings.SECURE_PROXY_SSL_HEADER:
        passed = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if passed:
            return passed
    return str(request.META.get("REMOTE_ADDR", ""))
