"""First letters of Chinese names, as people type them into a search box: 麦启垣 -> mqy.

A search aid and nothing else: what a character reads in a name only its bearer knows, so every reading counts.
"""

from functools import lru_cache
from itertools import islice, product
from unicodedata import normalize

MOST = 8  # spellings kept of one name
_TRIED = 256  # spellings looked at, for long names


def initials(name: str) -> str:
    """Every plausible spelling, each between blanks: 单雄 -> " dx cx sx ". Empty where there is none.

    The usual reading comes first; then the first characters vary, since it is surnames that read otherwise (单 曾 解).
    So " dx " is the whole name, " d" its beginning and "x" something in it, and LIKE tells them apart.
    """
    choices = [letters for character in normalize("NFKC", name) if (letters := _letters(character))]
    if not choices:
        return ""
    if all(len(letters) == 1 for letters in choices):
        return f" {''.join([letters[0] for letters in choices])} "
    ways = product(*reversed(choices))  # the last factor varies fastest
    spelled = dict.fromkeys("".join(reversed(way)) for way in islice(ways, _TRIED))
    return f" {' '.join(islice(spelled, MOST))} "


@lru_cache(maxsize=32768)
def _letters(character: str) -> tuple[str, ...]:
    """The letters that a character may stand for; none for punctuation."""
    if character.isascii():
        return (character.lower(),) if character.isalnum() else ()
    from pypinyin import Style, pinyin  # half a second and 50 MB of dictionary, for whoever writes names only

    found = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return tuple(
        dict.fromkeys(letter for letter in (found[0] if found else ()) if letter.isascii() and letter.isalpha())
    )
