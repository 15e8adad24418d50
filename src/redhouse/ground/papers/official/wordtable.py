"""Tables of a Word file: those of the text, and the imprint at the foot of the last page."""

from io import BytesIO

import segno
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import _Footer as Footer
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat

from redhouse.ground.papers.official import layout, page
from redhouse.ground.papers.official import wordxml as xml
from redhouse.ground.papers.official.layout import plain

ALIGNMENTS = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}
# A table that floats at the foot of the text block: strong rules above and below, a fine one between (7.4.1).
# Programs that know no floating tables show it below the text instead.
IMPRINT_SHAPE = f"""<w:tblPr {nsdecls("w")}>
  <w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin"
            w:tblpXSpec="center" w:tblpYSpec="bottom"/>
  <w:tblW w:w="{page.TEXT_WIDTH_MM * 14400 // 254}" w:type="dxa"/>
  <w:tblBorders>
    <w:top w:val="single" w:sz="8" w:color="000000"/>
    <w:bottom w:val="single" w:sz="8" w:color="000000"/>
    <w:insideH w:val="single" w:sz="6" w:color="000000"/>
  </w:tblBorders>
  <w:tblLayout w:type="fixed"/>
</w:tblPr>"""
POSTING_SHAPE = f"""<w:tblPr {nsdecls("w")}>
  <w:tblW w:w="{page.TEXT_WIDTH_MM * 14400 // 254}" w:type="dxa"/>
  <w:tblBorders><w:top w:val="single" w:sz="6" w:color="000000"/></w:tblBorders>
  <w:tblLayout w:type="fixed"/>
  <w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>
</w:tblPr>"""


def add_table(file: Document, table: layout.Table, *, is_lying: bool = False) -> None:
    """Add a ruled table over the width of the text; its head repeats on every page, its rows are never torn. On a
    sheet that lies there is more room, and smaller type for more columns."""
    room, size = (page.TEXT_HEIGHT_MM, page.SIZE_5) if is_lying else (page.TEXT_WIDTH_MM, page.SIZE_TABLE)
    if table.caption:
        _write(file.add_paragraph(), table.caption, ALIGN.CENTER, xml.FONTS_BLACK).keep_with_next = True
    grid = file.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = sum(column.width for column in table.columns)
    widths = [Mm(room) * column.width // shares for column in table.columns]
    for place, width in enumerate(widths):
        grid.columns[place].width = width
    head = tuple(column.title for column in table.columns)
    for place, texts in enumerate((head, *table.rows)):
        row = grid.add_row()
        properties = row._tr.get_or_add_trPr()
        xml.child(properties, "cantSplit")
        if table.row_height and place:
            row.height, row.height_rule = Mm(table.row_height), WD_ROW_HEIGHT_RULE.AT_LEAST
        if place == 0:
            xml.child(properties, "tblHeader")
        for cell, text, width, column in zip(row.cells, texts, widths, table.columns, strict=True):
            cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            alignment = ALIGNMENTS[column.align] if place else ALIGN.CENTER
            _write(cell.paragraphs[0], text, alignment, xml.FONTS_FANG if place else xml.FONTS_BLACK, size=size)
    _write(file.add_paragraph(), "", ALIGN.LEFT, xml.FONTS_FANG).line_spacing = Pt(8)


def add_imprint(file: Document, document: layout.OfficialDocument) -> None:
    """版记: who gets copies, who printed and when, between rules at the foot of the last page (7.4)."""
    day = f"{layout.chinese_date(document.signed_on)}印发" if document.signed_on else ""
    lines = [(f"抄送：{document.copies_to}。", "")] if document.copies_to else []
    lines += [(document.printed_by, day)] if document.printed_by else []
    grid = file.add_table(rows=0, cols=1)
    grid._tbl.replace(grid._tbl.tblPr, parse_xml(IMPRINT_SHAPE))
    for text, printed in lines:
        cell = grid.add_row().cells[0]
        cell.width = Mm(page.TEXT_WIDTH_MM)
        paragraph = cell.paragraphs[0]
        shape = _write(paragraph, text, ALIGN.LEFT, xml.FONTS_FANG, size=page.SIZE_4)
        xml.indent(paragraph._p.get_or_add_pPr(), left=40, right=40)  # with the padding of the cell one character
        if printed:
            shape.tab_stops.add_tab_stop(Mm(page.TEXT_WIDTH_MM) - Pt(28), WD_TAB_ALIGNMENT.RIGHT)
            _run(paragraph, f"\t{printed}", xml.FONTS_FANG, page.SIZE_4)
    _write(file.add_paragraph(), "", ALIGN.LEFT, xml.FONTS_FANG)  # what the floating table hangs on


def add_posting(footer: Footer, posting: layout.Posting) -> None:
    """张贴栏, at the foot of every sheet: the code, what it is for, and the lines to fill in."""
    grid = footer.add_table(1, 3, Mm(page.TEXT_WIDTH_MM))
    grid._tbl.replace(grid._tbl.tblPr, parse_xml(POSTING_SHAPE))
    code, beside, hung = grid.rows[0].cells
    left, right = page.POSTING_CODE_MM + 5, page.POSTING_HUNG_MM
    for place, width in enumerate((left, page.TEXT_WIDTH_MM - left - right, right)):
        grid.columns[place].width = grid.rows[0].cells[place].width = Mm(width)
        grid.rows[0].cells[place].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    picture = BytesIO()
    segno.make(posting.content, error="m", micro=False).save(picture, kind="png", scale=8, border=0)
    shape = code.paragraphs[0].paragraph_format
    shape.line_spacing_rule, shape.space_before = WD_LINE_SPACING.SINGLE, Mm(3)
    code.paragraphs[0].add_run().add_picture(picture, width=Mm(page.POSTING_CODE_MM))
    sizes = {beside: page.SIZE_SMALL_5, hung: page.SIZE_5}
    for cell, lines in ((beside, posting.beside), (hung, posting.hung)):
        for place, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            stands_out = cell is beside and place == 0
            font, size = (xml.FONTS_BLACK, page.SIZE_TABLE) if stands_out else (xml.FONTS_FANG, sizes[cell])
            _write(paragraph, line, ALIGN.LEFT, font, size=size).line_spacing = Pt(17)
    footer._element.remove(footer.paragraphs[0]._p)  # its empty first line would stand above the rule
    _write(footer.add_paragraph(), "", ALIGN.LEFT, xml.FONTS_FANG, size=1).line_spacing = Pt(1)


def _write(
    paragraph: Paragraph, text: str, alignment: ALIGN, font: str, *, size: float = page.SIZE_TABLE
) -> ParagraphFormat:
    paragraph.alignment = alignment
    shape: ParagraphFormat = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Twips(page.TABLE_LINE_TWIPS)
    _run(paragraph, plain(text), font, size)
    return shape


def _run(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    xml.set_fonts(run._r.get_or_add_rPr(), font)
