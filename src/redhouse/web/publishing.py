"""Public pages are the same for every stranger: they say how long they hold, answer 304 while nothing changed, are
made once in each process, and count how often one client asks for what is dear."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from redhouse.web.modes import is_elder

MAX_AGE = 60  # seconds
VERSION = version("redhouse")


def kept(request: HttpRequest, state: str, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page, with an ETag by what it was counted from (`state`), language and mode; 304 where the reader has it.
    Another state is another page, so that nothing has to be forgotten when something is recorded."""
    mode = "elder" if is_elder(request) else "plain"
    etag = f'W/"{state}-{translation.get_language()}-{mode}-{VERSION}"'
    found = get_conditional_response(request, etag=etag) or _made_once(request, etag, answer)
    if found.status_code in (200, 304):
        found.headers["ETag"] = etag
        keep(found, MAX_AGE)
    return found


def _made_once(request: HttpRequest, etag: str, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page as this process made it, at most as long ago as a browser may keep it. Only where the address is plain:
    what strangers write behind a question mark has no end (nor has what they call this house: no page says it)."""
    if request.META["QUERY_STRING"]:
        return answer()
    key = "page:" + sha256(f"{request.path} {etag}".encode()).hexdigest()
    content, headers = cache.get(key, (None, {}))
    if content is not None:
        return HttpResponse(content, headers=headers)
    made = answer()
    if isinstance(made, HttpResponse) and made.status_code == 200:
        cache.set(key, (made.content, dict(made.headers)), MAX_AGE)
    return made


def keep(answer: HttpResponseBase, seconds: int) -> None:
    """Let browsers and proxies keep it, apart for each language and mode (a cookie)."""
    patch_cache_control(answer, public=True, max_age=seconds)
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])


def too_often(request: HttpRequest, action: str, *, per_minute: int) -> bool:
    """Whether this client asked for `action` more often than that in the minute that its first question began. Counted
    in each web process."""
    key = f"limit:{action}:{_client(request)}"
    cache.add(key, 0, 60)
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
