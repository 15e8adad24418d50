"""Sentences that a user meets: Chinese here, translated where there is a reader.

The kit knows no Django, so it keeps a sentence as a template with values; a page or a command translates it with
``sentence.say(gettext)``. A value may be a sentence or a word of a closed vocabulary: it is translated along.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


def marked(text: str) -> str:
    """Return `text` unchanged; imported as ``_`` so that the translation catalogue finds it."""
    return text


_ = marked


class Worded(StrEnum):
    """A closed vocabulary: each member has a value for data and a Chinese `label`, marked for translation."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True)
class Sentence:
    """A template with its values; ``str(sentence)`` is Chinese."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.say(marked)

    def say(self, translate: Callable[[str], str]) -> str:
        """Give the sentence in the language of `translate`, for instance Django's gettext."""
        return translate(self.template) % {name: _said(value, translate) for name, value in self.values.items()}


def joined(parts: Sequence[object], template: str = _("%(a)s、%(b)s")) -> Sentence:
    """The parts in a row, two by two through `template`; nothing for none."""
    if not parts:
        return Sentence("")
    whole = Sentence("%(a)s", {"a": parts[0]})
    for part in parts[1:]:
        whole = Sentence(template, {"a": whole, "b": part})
    return whole


class SentenceError(ValueError):
    """One clear sentence that names the thing and the mend; ``str(error)`` is Chinese."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(self.say(marked))

    def say(self, translate: Callable[[str], str]) -> str:
        """Give the sentence in the language of `translate`, for instance Django's gettext."""
        return Sentence(self.template, self.values).say(translate)


def _said(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Worded):
        return translate(value.label)
    return value.say(translate) if isinstance(value, Sentence | SentenceError) else value
