"""Large numbers in the reader's own scale."""

from django.utils.translation import get_language

from redhouse.kit.numbers import thousands, wan


def short(number: int) -> str:
    """346000 -> 34.6万; in full in English, which does not count by ten thousands."""
    return thousands(number) if (get_language() or "").startswith("en") else wan(number)
