"""Text inside a page that is the same for all who may see it: made once in each process for each state."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 60  # seconds


def kept_text(state: str, write: Callable[[], SafeString]) -> SafeString:
    """What `write` made of this state in this language. `state` says all it depends on: of what, of which day, at which
    cut or newest fact, for which reach. Kept for a moment only: the names that stand in it can be edited without a
    fact."""
    key = "text:" + sha256(f"{state}:{get_language()}".encode()).hexdigest()
    text: SafeString | None = cache.get(key)
    if text is None:
        text = write()
        cache.set(key, text, KEPT)
    return text
