"""Errors that a user can meet: a Chinese sentence here, translated where there is a reader.

The kit knows no Django, so it keeps the sentence as a template with values; a page or a
command translates it with ``error.say(gettext)``.
"""

from collections.abc import Callable


def marked(text: str) -> str:
    """Return `text` unchanged; imported as ``_`` so that the translation catalogue finds it."""
    return text


class SentenceError(ValueError):
    """One clear sentence that names the thing and the mend; ``str(error)`` is Chinese."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values

    def say(self, translate: Callable[[str], str]) -> str:
        """Give the sentence in the language of `translate`, for instance Django's gettext."""
        return translate(self.template) % self.values
