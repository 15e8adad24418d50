"""Do what a page asked for, and say how it went: what was refused is said in its own sentences."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import OutOfTurn
from redhouse.kit.errors import HouseError

REFUSALS = (NotYet, ValidationError, HouseError, PermissionDenied, OutOfTurn)
"""What an action raises for whom or when it may not be done; each says what is missing."""


def words_of(refused: Exception) -> list[str]:
    """The sentences of one of `REFUSALS`."""
    if isinstance(refused, NotYet):
        return [str(lack) for lack in refused.missing]
    if isinstance(refused, ValidationError):
        return list(refused.messages)
    return [str(getattr(refused, "message", refused))]


def attempt(request: HttpRequest, form: Form | None, act: Callable[[], str]) -> bool:
    """Do it where the form is sound, and say what was done or why not; whether it was done."""
    if form is not None and not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            said = "；".join(map(str, errors))
            messages.error(request, f"{label}：{said}" if label else said)
        return False
    try:
        messages.success(request, act())
    except REFUSALS as refused:
        for sentence in words_of(refused):
            messages.error(request, sentence)
        return False
    return True
