"""What an official document is, before anyone prints it (GB/T 9704-2012, 党政机关公文格式).

A document is a small tree of frozen values: text only, no fonts, no files. `word.to_docx` and `pdf.to_pdf` print the
same tree. Numbers of headings, attachments and notes are computed here, never typed.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right"]

DIGITS = "〇一二三四五六七八九"
PHRASE_ENDS = "的和与及暨、，）》"  # a title line rather ends after these …
PHRASE_STARTS = ("《", "（")  # … or before these (7.3.1: 词意完整，排列对称)
CLOSING = "、，。：；！？）》〉”’"  # never the first of a line
OPENING = "《（〈“‘〔"  # never the last
LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, printed as 一、 （一） 1. （1）."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"公文标题只有一至四级，没有第 {self.level} 级")


@dataclass(frozen=True)
class Figure:
    """A number inside a paragraph, and the note that says where it comes from."""

    shown: str
    note: str


@dataclass(frozen=True)
class Paragraph:
    """Running text. `text` is one string, or strings and figures in turn; `lead` opens it in bold (出席：)."""

    text: "str | tuple[str | Figure, ...]"
    lead: str = ""

    @property
    def pieces(self) -> "tuple[str | Figure, ...]":
        return (self.text,) if isinstance(self.text, str) else self.text


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share of the width of the text block."""

    title: str
    width: int = 1
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every page. `row_height` in mm leaves room to sign by hand."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    row_height: int = 0

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"表格第 {number} 行有 {len(row)} 格，应为 {len(self.columns)} 格")


@dataclass(frozen=True)
class QrCode:
    """A square code that opens `content`, with a line under it."""

    content: str
    caption: str = ""
    width: int = 32  # mm


Block = Heading | Paragraph | Table | QrCode


@dataclass(frozen=True)
class Posting:
    """The foot of a sheet that hangs on a board: a code that opens `content`, what is said beside it (the first line
    stands out), and lines to fill in where it hangs."""

    content: str
    beside: tuple[str, ...]
    hung: tuple[str, ...]


@dataclass(frozen=True)
class Attachment:
    """An attachment: listed after the body; printed on a page of its own where it has a body."""

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class OfficialDocument:
    """One official document.

    `issuer` signs it, and stands in red at its head with 文件 where `red_head` is set; `head` replaces those words
    (西樵镇党委会议纪要); without a red head the number stands above the title. `approver` (签发人) is printed for
    documents that go up. A title may hold line breaks; without any it is broken evenly. `posting` makes it a poster.
    `is_lying` turns the sheet on its side, with smaller type in its tables, for a table of many columns (7.3 allows
    a table of A4 to lie).
    """

    title: str
    body: tuple[Block, ...]
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    approver: str = ""
    signed_on: date | None = None
    remark: str = ""
    copies_to: str = ""
    printed_by: str = ""
    red_head: bool = False
    head: str = ""
    posting: Posting | None = None
    is_lying: bool = False

    @property
    def head_text(self) -> str:
        """The red words at the head, or nothing."""
        return (self.head or f"{self.issuer}文件") if self.red_head else ""


def chinese_date(day: date) -> str:
    """Write a date as 2018年12月14日, without leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(office: str, year: int, serial: int) -> str:
    """Write a document number as 西委〔2018〕12号: hexagonal brackets, no leading zero, no 第 (7.2.5)."""
    return f"{office}〔{year}〕{serial}号"


def chinese_numeral(number: int) -> str:
    """Write 1 to 99 as 一 … 九十九, for headings."""
    if not 1 <= number <= 99:
        raise ValueError(f"标题序号应在 1 至 99 之间，不是 {number}")
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """Write the number of a heading: 一、 （一） 1. （1） (7.3.3)."""
    return ("{han}、", "（{han}）", "{number}.", "（{number}）")[level - 1].format(
        han=chinese_numeral(number) if level < 3 else "", number=number
    )


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Yield each block with its heading number, "" where it has none. A higher heading starts the lower anew."""
    counts = [0] * len(LEVELS)
    for block in blocks:
        if not isinstance(block, Heading):
            yield "", block
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (len(LEVELS) - block.level)
        yield heading_number(block.level, counts[block.level - 1]), block


def attachment_lines(attachments: tuple[Attachment, ...]) -> tuple[tuple[str, str], ...]:
    """Return (number, title) of the attachments as listed after the body; a single one has no number (7.3.4)."""
    if len(attachments) == 1:
        return (("", attachments[0].title),)
    return tuple((f"{place}.", attachment.title) for place, attachment in enumerate(attachments, start=1))


def plain(text: str) -> str:
    """Drop what paper cannot show and what could make it read otherwise: control, direction and unpaired characters."""
    return "".join(
        character
        for character in text.replace("\t", " ")
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")
    )


def half_widths(text: str) -> int:
    """Return how wide the text is, in halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def title_lines(title: str, limit: int) -> tuple[str, ...]:
    """Break a title into the fewest lines of at most `limit` characters, as even as the sense allows."""
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    fewest = max(1, -(-half_widths(title) // (2 * limit)))
    for count in range(fewest, len(title)):
        lines = _cut(title, count, limit)
        if not any(line[0] in CLOSING for line in lines):
            return lines
    return _cut(title, fewest, limit)


def _cut(title: str, count: int, limit: int) -> tuple[str, ...]:
    lines, rest = [], title
    for left in range(count, 1, -1):
        cut = _best_cut(rest, left, limit)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return (*lines, rest)


def _best_cut(text: str, lines: int, limit: int) -> int:
    """Where to end the first of `lines` lines: near the even share, and rather where a phrase ends."""

    def strain(cut: int) -> int:
        before, after = text[:cut], text[cut:]
        off = abs(half_widths(before) * lines - half_widths(text))
        phrase = before[-1] in PHRASE_ENDS or after.startswith(PHRASE_STARTS)
        torn = before[-1].isascii() and after[0].isascii()
        wrong = before[-1] in OPENING or after[0] in CLOSING
        too_long = max(half_widths(before) - 2 * limit, half_widths(after) - 2 * limit * (lines - 1), 0)
        return off - 12 * phrase - 24 * after.startswith("关于") + 40 * torn + 1000 * wrong + 1000 * too_long

    return min(range(1, len(text)), key=strain)


def signature_indents(issuer: str, day: str) -> tuple[int, int]:
    """Return how far the signature and the date stand from the right edge, in quarters of a character.

    The date stands four characters in and the signature is centred over it; a signature too long for that stands two
    characters in, and the date is centred under it (7.3.5.1).
    """
    wide, narrow = 2 * half_widths(issuer), 2 * half_widths(day)
    signature = 16 + (narrow - wide) // 2
    return (signature, 16) if signature >= 8 else (8, 8 + (wide - narrow) // 2)
