"""The few pieces of WordprocessingML that python-docx has no call for."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

Element = Any  # an lxml element with the calls python-docx gives its tag

FONTS_TITLE, FONTS_BLACK, FONTS_KAI, FONTS_FANG, FONTS_SONG = (
    "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体",
)  # fmt: skip
# The names the standard's own templates use, and what a computer without them should take instead.
SUBSTITUTES = {FONTS_TITLE: "小标宋体", FONTS_KAI: "楷体", FONTS_FANG: "仿宋"}
THE_EPOCH = (1980, 1, 1, 0, 0, 0)


def child(parent: Element, tag: str, **attributes: object) -> Element:
    """Append an element and return it."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


def set_fonts(run_properties: Element, font: str) -> None:
    """Use one face for Chinese and Latin alike."""
    fonts = run_properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def track(run_properties: Element, twips: int, per_cent: int = 100) -> None:
    """Set the space added to each character, in twentieths of a point, and its width in per cent."""
    late = ("w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:vertAlign", "w:lang")
    for tag, value, default in (("spacing", twips, 0), ("w", per_cent, 100)):
        if value != default:
            element = OxmlElement(f"w:{tag}")
            element.set(qn("w:val"), str(value))
            run_properties.insert_element_before(element, *(() if tag == "w" else ("w:w",)), *late)


def indent(paragraph_properties: Element, *, left: int = 0, right: int = 0, first: int = 0) -> None:
    """Indent by hundredths of a character; `first` below zero hangs. Twentieths of a point beside them for readers
    that know no character units."""
    element = paragraph_properties.get_or_add_ind()
    for name, amount in (("left", left), ("right", right), ("hanging" if first < 0 else "firstLine", abs(first))):
        element.set(qn(f"w:{name}Chars"), str(amount))
        element.set(qn(f"w:{name}"), str(amount * 315 // 100))


def rule_below(paragraph: Paragraph, *, colour: str, eighths: int, gap: int) -> None:
    """Draw a line under a paragraph: `eighths` of a point thick, `gap` points below."""
    line = f'<w:bottom w:val="single" w:sz="{eighths}" w:space="{gap}" w:color="{colour}"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    late = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(border, *late)


def no_grid(paragraph_properties: Element) -> None:
    """Let the exact line decide alone: no grid, no room between Chinese and digits."""
    late = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr")
    for tag in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        element = OxmlElement(f"w:{tag}")
        element.set(qn("w:val"), "0")
        paragraph_properties.insert_element_before(element, *late)


def add_field(run: Run, instruction: str) -> None:
    """Add a field such as PAGE, which the reader's program fills in."""
    child(run._r, "fldChar", fldCharType="begin")
    child(run._r, "instrText").text = instruction
    child(run._r, "fldChar", fldCharType="separate")
    child(run._r, "t").text = "1"
    child(run._r, "fldChar", fldCharType="end")


def name_substitutes(document: Document) -> None:
    """List the faces with their substitutes in the font table."""
    fonts = ""
    for name in (FONTS_TITLE, FONTS_BLACK, FONTS_KAI, FONTS_FANG, FONTS_SONG):
        substitute = f'<w:altName w:val="{SUBSTITUTES[name]}"/>' if name in SUBSTITUTES else ""
        fonts += f'<w:font w:name="{name}">{substitute}</w:font>'
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def speak_chinese(document: Document) -> None:
    """Mark the text as Chinese, so that lines break and words are checked as Chinese."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def saved(document: Document) -> bytes:
    """Save, with the clock left out of the container: the same document is always the same bytes."""
    first, second = BytesIO(), BytesIO()
    document.save(first)
    with ZipFile(first) as source, ZipFile(second, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, THE_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return second.getvalue()
