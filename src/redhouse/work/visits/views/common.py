"""What the pages of this room share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest

from redhouse.ground.ledger.rules import NotYet
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs


def _themselves(person: Any, **_address: Any) -> Any:
    return person


member = needs(None, _themselves)
"""A page for everybody who is somebody in the register; the view receives the person."""


def done(request: HttpRequest, form: Form | None, act: Callable[[], str]) -> bool:
    """Do it and say how it went; what was refused is said in its own sentences."""
    if form is not None and not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            said = "；".join(map(str, errors))
            messages.error(request, f"{label}：{said}" if label else said)
        return False
    try:
        messages.success(request, act())
    except NotYet as error:
        for sentence in error.missing:
            messages.error(request, sentence)
    except (ValidationError, HouseError, PermissionDenied) as error:
        words = error.messages if isinstance(error, ValidationError) else [str(getattr(error, "message", error))]
        messages.error(request, "；".join(words))
    else:
        return True
    return False
