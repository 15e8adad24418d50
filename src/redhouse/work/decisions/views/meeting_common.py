"""What the pages of a meeting share: whose it is, what it is about, and how a refusal is said."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from redhouse.ground.process.models import Meeting
from redhouse.web import telling
from redhouse.work.decisions.queries.meeting_page import title_of


def attempt(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do one thing, and say what was done or why not; whether it was done."""
    return telling.attempt(request, None, act)


def done(request: HttpRequest, act: Callable[[], str], to: str, *args: Any) -> HttpResponse:
    """Do one thing, say how it went, and go back to the page."""
    attempt(request, act)
    return redirect(to, *args)


def crumb(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "matter": title_of(meeting.roll.run), "host": meeting.roll.run.host}
