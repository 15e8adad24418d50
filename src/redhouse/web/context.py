"""What every page prints: whose it is, in which post, in which mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from redhouse.ground.access.queries import posts_of
from redhouse.kit.today import today
from redhouse.web.modes import is_elder


def page(request: HttpRequest) -> dict[str, Any]:
    """`who` (name, else user name), `post` (the first in force, may be empty), `elder`, `demo`."""
    person = getattr(request, "person", None)
    account = getattr(request, "user", None)
    posts = posts_of(person, today())
    return {
        "who": person.name if person is not None else getattr(account, "username", ""),
        "post": str(posts[0]) if posts else "",
        "elder": is_elder(request),
        "demo": settings.REDHOUSE_DEMO,
    }
