"""Official documents as PDF, in the layout of GB/T 9704-2012, with the one font that ships.

The words go to the template as data, so a title that looks like code is printed as it stands. Nothing is read from the
network or from the machine's fonts, and nothing is left on the disk.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from math import sqrt
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from django.utils.translation import gettext as _

from redhouse.ground.papers.official import layout, page, typeface
from redhouse.ground.papers.official.layout import plain

TEMPLATE = Path(__file__).parent / "official.typ"
Sheet = Literal["A4", "A3"]
STANDARD: Literal["a-2u"] = "a-2u"  # PDF/A-2u: made to be kept, every character can be read back
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class MissingCharacters(ValueError):
    """The shipped font has no shape for these characters; a box in an official document would be a lie."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(_("PDF 字体里没有“%(characters)s”：请改用 Word 版，或换成常用字") % {"characters": characters})


def to_pdf(document: layout.OfficialDocument, sheet: Sheet = "A4") -> bytes:
    """Return the document as PDF/A, on A3 with everything larger alike. The same document gives the same bytes.

    Raises `MissingCharacters` where the font lacks a character.
    """
    data = _data(document) | {"scale": 1 if sheet == "A4" else sqrt(2)}
    if missing := typeface.uncovered(json.dumps(data, ensure_ascii=False)):
        raise MissingCharacters(missing)
    if data["signature"] and _signature_stands_alone(data):
        data["keep"] = True
    day = document.signed_on
    content: bytes = typst.compile(
        **_source(data),
        pdf_standards=[STANDARD],
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC) if day else LONG_AGO,
        format="pdf",
    )
    return content


def _source(data: dict[str, object]) -> dict[str, Any]:
    """The template, its one font and the words, as Typst takes them."""
    return {
        "input": TEMPLATE,
        "root": TEMPLATE.parent,
        "font_paths": [typeface.FONT_DIRECTORY],
        "ignore_system_fonts": True,
        "sys_inputs": {"document": json.dumps(data, ensure_ascii=False)},
    }


def _signature_stands_alone(data: dict[str, object]) -> bool:
    """Whether the signature would come on a page without text (7.3.5.5): then the last paragraph goes along."""
    text, signature = json.loads(typst.query(selector="<page>", field="value", **_source(data)))
    return bool(text < signature)


def _data(document: layout.OfficialDocument) -> dict[str, object]:
    """Everything the template prints, with all numbers worked out."""
    notes: list[str] = []
    marks = count(1)
    body = list(_blocks(document.body, marks, notes))
    attachments = [
        {
            "mark": f"附件{place}" if len(document.attachments) > 1 else "附件",
            "title_lines": _title_lines(attachment.title),
            "body": list(_blocks(attachment.body, marks, notes)),
        }
        for place, attachment in enumerate(document.attachments, start=1)
        if attachment.body
    ]
    lead, last = (body[:-1], body[-1:]) if body and body[-1]["kind"] == "paragraph" else (body, [])
    return {
        "measures": _measures(),
        "title": plain(document.title).replace("\n", ""),
        "title_lines": _title_lines(document.title),
        "issuer": plain(document.issuer),
        "head": _head(plain(document.head_text)) if document.red_head else None,
        "number": plain(document.number),
        "approver": plain(document.approver),
        "addressee": plain(document.addressee),
        "body": lead,
        "last": last,
        "keep": False,
        "attachment_lines": [
            {"number": number, "title": plain(title), "half_widths": layout.half_widths(number)}
            for number, title in layout.attachment_lines(document.attachments)
        ],
        "attachments": attachments,
        "signature": _signature(document),
        "remark": plain(document.remark),
        "notes": notes,
        "imprint": _imprint(document),
        "posting": _posting(document.posting),
        "lying": document.is_lying,
    }


def _blocks(blocks: tuple[layout.Block, ...], marks: Iterator[int], notes: list[str]) -> Iterator[dict[str, object]]:
    for number, block in layout.numbered(blocks):
        match block:
            case layout.Heading():
                yield {"kind": "heading", "level": block.level, "text": number + plain(block.text)}
            case layout.Paragraph():
                pieces = [
                    {"text": plain(piece), "mark": ""}
                    if isinstance(piece, str)
                    else {"text": plain(piece.shown), "mark": str(next(marks))}
                    for piece in block.pieces
                ]
                notes.extend(plain(piece.note) for piece in block.pieces if isinstance(piece, layout.Figure))
                yield {"kind": "paragraph", "lead": plain(block.lead), "pieces": pieces}
            case layout.Table():
                columns = [{"title": plain(c.title), "width": c.width, "align": c.align} for c in block.columns]
                rows = [[plain(text) for text in row] for row in block.rows]
                caption, height = plain(block.caption), block.row_height
                yield {"kind": "table", "columns": columns, "rows": rows, "caption": caption, "row_height": height}
            case layout.QrCode():
                caption = plain(block.caption)
                yield {"kind": "qr", "svg": _code(block.content), "width": block.width, "caption": caption}


def _code(content: str, border: int = 2) -> str:
    svg = BytesIO()
    segno.make(content, error="m", micro=False).save(svg, kind="svg", border=border)
    return svg.getvalue().decode()


def _posting(posting: layout.Posting | None) -> dict[str, object] | None:
    if posting is None:
        return None
    beside, hung = ([plain(line) for line in lines] for lines in (posting.beside, posting.hung))
    return {"svg": _code(posting.content, border=0), "beside": beside, "hung": hung}


def _measures() -> dict[str, object]:
    """The constants of `page`, under the same names in lower case."""
    return {name.lower(): value for name, value in vars(page).items() if name.isupper()} | {"family": typeface.FAMILY}


def _title_lines(title: str) -> tuple[str, ...]:
    return layout.title_lines(plain(title), page.TITLE_CHARACTERS)


def _head(text: str) -> dict[str, object]:
    size, per_cent = page.fit_head(layout.half_widths(text))
    return {"text": text, "size": size, "per_cent": per_cent}


def _signature(document: layout.OfficialDocument) -> list[dict[str, object]]:
    issuer = plain(document.issuer)
    day = layout.chinese_date(document.signed_on) if document.signed_on else ""
    indents = layout.signature_indents(issuer, day)
    return [{"text": text, "right": right} for text, right in zip((issuer, day), indents, strict=True) if text]


def _imprint(document: layout.OfficialDocument) -> list[list[str]]:
    lines = [[f"抄送：{plain(document.copies_to)}。"]] if document.copies_to else []
    if document.printed_by:
        day = f"{layout.chinese_date(document.signed_on)}印发" if document.signed_on else ""
        lines.append([plain(document.printed_by), day])
    return lines
