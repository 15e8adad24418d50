"""How numbers of this room are printed."""

from django import template

from redhouse.kit.numbers import NO_BASE, thousands
from redhouse.work.answers.definitions import Figure

register = template.Library()


@register.filter
def whole(number: int | None) -> str:
    """346000 -> 346,000; nothing -> a dash."""
    return NO_BASE if number is None else thousands(number)


@register.filter(name="hex")
def in_fours(digest: bytes | memoryview) -> str:
    """A digest in groups of four hex digits, so that an eye can compare it."""
    text = bytes(digest).hex()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.filter
def word(figure: Figure, key: str) -> str:
    """A word of a figure's header in the reader's language."""
    return figure.word(key)
