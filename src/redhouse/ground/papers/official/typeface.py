"""The one font that ships with Redhouse, and which characters it can print."""

import struct
from functools import cache
from pathlib import Path

FONT_DIRECTORY = Path(__file__).parent / "fonts"
FONT_FILE = FONT_DIRECTORY / "RedhouseSerif-Regular.otf"
FAMILY = "Redhouse Serif"


@cache
def covered() -> frozenset[int]:
    """Return the code points the font has, read from the 32-bit segment table of its `cmap` (OpenType, format 12)."""
    data = FONT_FILE.read_bytes()
    cmap = next(offset for tag, offset in _tables(data) if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for index in range(count):
        table = cmap + struct.unpack_from(">HHL", data, cmap + 4 + 8 * index)[2]
        if struct.unpack_from(">H", data, table)[0] == 12:
            (groups,) = struct.unpack_from(">L", data, table + 12)
            segments = struct.iter_unpack(">LLL", data[table + 16 : table + 16 + 12 * groups])
            return frozenset(point for first, last, _glyph in segments for point in range(first, last + 1))
    raise ValueError(f"字体 {FONT_FILE.name} 没有 32 位字符表，请重新安装")


def uncovered(text: str) -> str:
    """Return the characters of `text` that the font lacks, each once, in order of appearance."""
    return "".join(
        dict.fromkeys(character for character in text if character != "\n" and ord(character) not in covered())
    )


def _tables(data: bytes) -> list[tuple[bytes, int]]:
    (count,) = struct.unpack_from(">H", data, 4)
    return [struct.unpack_from(">4sLL", data, 12 + 16 * index)[::2] for index in range(count)]
