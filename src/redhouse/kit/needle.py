"""What somebody typed into a search box, and what it can mean."""

import re
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

LONGEST = 40  # characters; names are shorter
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LETTERS = re.compile(r"[a-z]{2,12}")
_TAIL = re.compile(r"[0-9]{3}[0-9X]")
_DIGITS = re.compile(r"[0-9]{3,18}")


@dataclass(frozen=True)
class Needle:
    """One text in five readings; a reading that it does not allow is empty.

    `text` is tidied: full-width digits and letters made narrow, blanks taken out.
    """

    text: str

    @classmethod
    def of(cls, typed: str) -> "Needle":
        return cls("".join(normalize("NFKC", typed).replace("\0", "").split())[:LONGEST])

    @cached_property
    def word(self) -> str:
        """Part of a name: anything with a Chinese character in it, or at least two letters."""
        return self.text if _CHINESE.search(self.text) or _LETTERS.fullmatch(self.text.lower()) else ""

    @cached_property
    def letters(self) -> str:
        """Pinyin initials, small: two letters at least, since one is begun by everybody."""
        small = self.text.lower()
        return small if _LETTERS.fullmatch(small) else ""

    @cached_property
    def tail(self) -> str:
        """The last four of a telephone or citizen id."""
        large = self.text.upper()
        return large if _TAIL.fullmatch(large) else ""

    @cached_property
    def digits(self) -> str:
        """Digits of a division code."""
        return self.text if _DIGITS.fullmatch(self.text) else ""

    @cached_property
    def door(self) -> str:
        """Part of a door: two characters at least, with a number among them."""
        return self.text if len(self.text) > 1 and any(c.isdecimal() for c in self.text) else ""

    def __bool__(self) -> bool:
        return bool(self.word or self.letters or self.tail or self.digits or self.door)
