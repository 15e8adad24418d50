"""Ballot papers: four to a sheet of A4, to be cut along the lines, each with its number and a square code.

The words go to the template as data, and the one font that ships is used, as for official documents.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno
import typst

from redhouse.ground.papers.official import typeface
from redhouse.ground.papers.official.layout import plain
from redhouse.ground.papers.official.pdf import LONG_AGO, STANDARD, MissingCharacters

TEMPLATE = Path(__file__).parent / "slips.typ"
A_SHEET = 4


@dataclass(frozen=True)
class Slip:
    """One ballot paper. `number` is printed beside the code that holds `code`; both may be empty."""

    number: str = ""
    code: str = ""


def to_pdf(*, body: str, title: str, question: str, choices: Sequence[str], note: str, slips: Sequence[Slip]) -> bytes:
    """Sheets of ballot papers. Raises MissingCharacters where the font lacks a character."""
    data = {
        "family": typeface.FAMILY,
        "body": plain(body),
        "title": plain(title),
        "question": plain(question),
        "choices": [plain(choice) for choice in choices],
        "note": plain(note),
        "slips": [{"number": plain(slip.number), "svg": _code(slip.code)} for slip in slips],
    }
    words = {name: value for name, value in data.items() if name != "slips"}
    if missing := typeface.uncovered(json.dumps(words, ensure_ascii=False)):
        raise MissingCharacters(missing)
    content: bytes = typst.compile(
        input=TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[typeface.FONT_DIRECTORY],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=LONG_AGO,
        format="pdf",
    )
    return content


def _code(content: str) -> str:
    if not content:
        return ""
    svg = BytesIO()
    segno.make(content, error="m", micro=False).save(svg, kind="svg", border=1)
    return svg.getvalue().decode()
