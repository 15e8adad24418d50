"""What the pages of a meeting share: whose it is, what it is about, and how a refusal is said."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import OutOfTurn
from redhouse.ground.process.models import Meeting, Run
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.kit.errors import HouseError
from redhouse.web.request import PersonRequest

SERVING = _("只有会议的主持人、记录人、监票人和召集人可以办理")


def title_of(run: Run) -> str:
    """What is voted on: the matter of the run, else the name of its power."""
    matter = getattr(run, "matter", None)
    return str(matter.title) if matter is not None else procedure_of(run.version).name


def attempt(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do one thing, and say what was done or why not; whether it was done."""
    try:
        messages.success(request, act())
    except NotYet as refused:
        for sentence in refused.missing:
            messages.error(request, sentence)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    except (OutOfTurn, HouseError) as refused:
        messages.error(request, str(refused))
    except PermissionDenied as refused:
        messages.error(request, str(refused) or str(SERVING))
    else:
        return True
    return False


def done(request: HttpRequest, act: Callable[[], str], to: str, *args: Any) -> HttpResponse:
    """Do one thing, say how it went, and go back to the page."""
    attempt(request, act)
    return redirect(to, *args)


def answering(to: str) -> Callable[[Callable[[PersonRequest, Any], str]], Callable[[PersonRequest, Any], HttpResponse]]:
    """For a view that does one thing to what it was handed and returns what was done: the sentence, or the refusal, is
    said on the page `to` of that thing."""

    def wear(view: Callable[[PersonRequest, Any], str]) -> Callable[[PersonRequest, Any], HttpResponse]:
        @wraps(view)
        def answered(request: PersonRequest, found: Any) -> HttpResponse:
            return done(request, lambda: view(request, found), to, found.pk)

        return answered

    return wear


def crumb(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "matter": title_of(meeting.roll.run), "host": meeting.roll.run.host}


def whole(text: str) -> int | None:
    """A whole number that somebody typed; None for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
