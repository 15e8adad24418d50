"""Whether a request comes from this very machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.http import HttpRequest


def is_loopback(request: HttpRequest) -> bool:
    """True only for a direct connection from 127.0.0.0/8 or ::1.

    Headers that a proxy may add are not believed; a request that carries any was passed on, so it is not direct.
    """
    if any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
