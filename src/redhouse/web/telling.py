"""Do what a page asked for, and say how it went: what was refused is said in its own sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import OutOfTurn
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.verbs import Done, Unsound, Verb, sentences_of

SHOWN = 10  # of what was refused line by line
REFUSALS = (NotYet, ValidationError, HouseError, PermissionDenied, OutOfTurn)
"""What an action raises for whom or when it may not be done; each says what is missing."""


def words_of(refused: Exception) -> list[str]:
    """The sentences of one of `REFUSALS`, or of a form that does not fit."""
    if isinstance(refused, Unsound):
        return sentences_of(refused.form)
    if isinstance(refused, NotYet):
        return [str(lack) for lack in refused.missing]
    if isinstance(refused, ValidationError):
        return list(refused.messages)
    return [str(getattr(refused, "message", refused))]


def attempt(request: HttpRequest, form: Form | None, act: Callable[[], str]) -> bool:
    """Do it where the form is sound, and say what was done or why not; whether it was done."""
    if form is not None and not form.is_valid():
        for sentence in sentences_of(form):
            messages.error(request, sentence)
        return False
    try:
        messages.success(request, act())
    except REFUSALS as refused:
        for sentence in words_of(refused):
            messages.error(request, sentence)
        return False
    return True


def do(request: PersonRequest, verb: Verb, found: Any, **more: Any) -> Done | None:
    """Do the verb with what the page sent, and say how it went; None where it was refused."""
    try:
        done = verb.do(found, by=request.person, data=request.POST, files=request.FILES, site=site(request), **more)
    except (Unsound, *REFUSALS) as refused:
        for sentence in words_of(refused):
            messages.error(request, sentence)
        return None
    for sentence in done.refused[:SHOWN]:
        messages.error(request, sentence)
    messages.success(request, done.said)
    return done


def doing(
    verb: Verb, back: str, *, of: Callable[[Any], int] = lambda found: found.pk, **more: Any
) -> Callable[..., HttpResponseBase]:
    """The view of a form that does one verb and goes back to the page `back` of the thing whose key `of` gives."""

    @needs(verb.rule, verb.getter, who=verb.who)
    @require_POST
    def view(request: PersonRequest, found: Any) -> HttpResponse:
        do(request, verb, found, **more)
        return redirect(back, of(found))

    return view


def site(request: HttpRequest) -> str:
    """How addresses of the house begin for whoever asks."""
    return f"{request.scheme}://{request.get_host()}"
