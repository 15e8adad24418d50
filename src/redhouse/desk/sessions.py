"""Where I am signed in: allauth keeps a row for each sign-in; here it is read, named and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# what a browser says of itself -> its name; the first that fits, since each also names those it descends from
BROWSERS = (
    ("MicroMessenger", gettext_lazy("微信")),
    ("Edg", "Edge"),
    ("HuaweiBrowser", gettext_lazy("华为浏览器")),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("HarmonyOS", gettext_lazy("鸿蒙")),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    pk: int
    device: str
    ip: str
    since: datetime
    is_current: bool


def open_sessions(request: HttpRequest) -> list[OpenSession]:
    """This account's sessions that are still alive, the newest first; two queries however many."""
    kept = list(UserSession.objects.filter(user=request.user).order_by("-created_at", "-pk"))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in kept], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    current = request.session.session_key
    return [
        OpenSession(row.pk, device(row.user_agent), row.ip, row.created_at, row.session_key == current)
        for row in kept
        if row.session_key in alive
    ]


def end_session(request: HttpRequest, session_id: int) -> bool:
    """End one of one's own sessions, not the one that asks; whether there was one."""
    row = _others(request).filter(pk=session_id).first()
    if row is not None:
        row.end()
    return row is not None


def end_other_sessions(request: HttpRequest) -> int:
    """End all of one's sessions but the one that asks; how many there were."""
    rows = list(_others(request))
    for row in rows:
        row.end()
    return len(rows)


def device(user_agent: str) -> str:
    """Browser and machine in two words, from what the browser says of itself."""
    browser = next((str(name) for mark, name in BROWSERS if mark in user_agent), "")
    machine = next((str(name) for mark, name in MACHINES if mark in user_agent), "")
    return "　".join(filter(None, (browser, machine))) or _("不认识的浏览器")


def _others(request: HttpRequest) -> QuerySet[UserSession]:
    return UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
