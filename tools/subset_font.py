"""Make the one font Redhouse ships: Noto Serif CJK SC, cut down to the characters a town writes.

Not part of the product: it is run by hand when the source font or the wanted characters change.
It needs fontTools, and the font collection of Debian's ``fonts-noto-cjk`` package:

    apt-get download fonts-noto-cjk && dpkg -x fonts-noto-cjk_*.deb noto
    python tools/subset_font.py noto/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc

The result is renamed, so that a changed font is never taken for the original.
"""

import argparse
import sys
from itertools import chain
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src/redhouse/ground/papers/official/fonts/RedhouseSerif-Regular.otf"
BEYOND = HERE / "characters_beyond_gb2312_big5.txt"  # 通用规范汉字表 and Guangdong characters
FAMILY = "Redhouse Serif"
FACE = 2  # the simplified Chinese face of the collection

BLOCKS = (
    range(0x0020, 0x007F),  # ASCII
    range(0x00A0, 0x0180),  # Latin-1 and Latin Extended-A, for pinyin and foreign names
    range(0x2010, 0x2040),  # dashes, quotation marks, dots, per mille
    range(0x20A0, 0x20C0),  # currency
    range(0x2100, 0x2150),  # ℃ № ℡
    range(0x2150, 0x2190),  # fractions, Roman numerals
    range(0x2190, 0x21A0),  # arrows
    range(0x2200, 0x2300),  # mathematical signs
    range(0x2460, 0x2500),  # ① (1) 1.
    range(0x2500, 0x2580),  # box drawing, for ballots and forms
    range(0x25A0, 0x2600),  # ■ □ ▲ ○ ●
    range(0x2600, 0x2710),  # ★ ☆ ☑ ✓
    range(0x3000, 0x3040),  # 、。〔〕【】
    range(0x3200, 0x3400),  # ㈠ ㊣ ㎡ ㎏
    range(0xFE30, 0xFE70),  # vertical and small forms
    range(0xFF00, 0xFFF0),  # full-width forms
)


def charset(encoding: str, leads: range) -> set[int]:
    """Return the code points of a two-byte encoding, over the given lead bytes."""
    found = set()
    for lead in leads:
        for trail in chain(range(0x40, 0x7F), range(0xA1, 0xFF)):
            try:
                found.add(ord(bytes([lead, trail]).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return found


def wanted() -> set[int]:
    """Return every code point the shipped font should cover."""
    simplified = charset("gb2312", range(0xA1, 0xF8))
    traditional = charset("big5", range(0xA4, 0xC7))  # level 1: the 5,401 in common use
    beyond = {ord(character) for character in BEYOND.read_text("utf-8") if character > " "}
    return simplified | traditional | beyond | set(chain.from_iterable(BLOCKS))


def rename(font) -> None:
    """Give the changed font its own name; copyright, authors and licence stay."""
    names = {1: FAMILY, 2: "Regular", 3: f"1.0;{FAMILY} Regular", 4: f"{FAMILY} Regular"}
    names[6] = FAMILY.replace(" ", "") + "-Regular"
    table = font["name"]
    for name_id in (*names, 7, 16, 17):
        table.removeNames(nameID=name_id)
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [names[6]]
    cff.topDictIndex[0].FamilyName = FAMILY
    cff.topDictIndex[0].FullName = names[4]


def main() -> None:
    """Write the subset and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection", type=Path, help="NotoSerifCJK-Regular.ttc")
    font = TTCollection(parser.parse_args().collection).fonts[FACE]
    options = subset.Options(
        layout_features=["kern"],  # regional and vertical forms would nearly double the glyphs
        hinting=False,
        name_IDs=["*"],
        notdef_outline=True,
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "DSIG"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted() & set(font.getBestCmap()))
    cutter.subset(font)
    rename(font)
    font.save(TARGET)
    sys.stdout.write(f"{TARGET.name}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
