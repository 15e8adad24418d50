"""A question in somebody's own words, and the field by which the house knows the answer already."""

import re

from django.utils import translation

from redhouse.ground.access.holdings import Holding, Known, all_holdings

_NOISE = re.compile(r"[\s，。、：:；;？?！!（）()“”\"'／/·_\-　]+")
_ENOUGH = {True: 12, False: 4}  # letters, or characters, of a name that may stand inside a longer question


def bare(text: str) -> str:
    """Without blanks and marks, in small letters."""
    return _NOISE.sub("", text).lower()


def held_as(question: str) -> tuple[Holding, Known] | None:
    """The field that answers the question: the same words, or a name of the field inside a longer question. The
    longest name wins, so that 户主姓名 is not taken for 户主."""
    asked = bare(question)
    found: tuple[int, Holding, Known] | None = None
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for holding in all_holdings():
                for known in holding.fields:
                    for name in (known.name, *known.also):
                        word = bare(str(name))
                        fits = asked == word or (len(word) >= _ENOUGH[word.isascii()] and word in asked)
                        if fits and (found is None or len(word) > found[0]):
                            found = len(word), holding, known
    return found[1:] if found else None
