"""The book of sentences: which kinds of fact there are, and how each is said.

Every room declares its own kinds in its `facts.py`; the ledger refuses a kind that nobody declared.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAME = re.compile(r"[a-z][a-z0-9_]{2,39}")


@dataclass(frozen=True)
class FactKind:
    """`sentence` is a format string over actor, subject, object, quantity, label; `subject`/`object` name the noun
    that the key points at (person, household, body, venue, division, space …), for whoever shows the row."""

    name: str
    sentence: str | Promise
    subject: str = ""
    object: str = ""
    labels: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


_KINDS: dict[str, FactKind] = {}


def declare(
    name: str,
    sentence: str | Promise,
    *,
    subject: str = "",
    object: str = "",
    labels: tuple[str, ...] | list[str] = (),
) -> str:
    """Declare a kind once; past tense, e.g. `visit_recorded`. Returns the name, to be used as a constant."""
    if not NAME.fullmatch(name):
        raise ValueError(f"fact kind {name!r}: 3-40 lower-case letters, digits and _")
    kind = FactKind(name, sentence, subject, object, tuple(labels))
    known = _KINDS.setdefault(name, kind)
    if known is not kind:
        raise ValueError(f"fact kind {name!r} is declared twice")
    return name


def kind_named(name: str) -> FactKind:
    """Raises KeyError for a kind that no room declared."""
    return _KINDS[name]


def all_kinds() -> list[FactKind]:
    return sorted(_KINDS.values(), key=lambda kind: kind.name)


FACT_VOIDED = declare("fact_voided", _("{actor}作废了一条记录"))
