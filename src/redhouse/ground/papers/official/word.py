"""Official documents as Word files, in the layout of GB/T 9704-2012.

The statutory faces are named, not embedded: an office has them; elsewhere the reader's program takes its own.
"""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import count

import docx
import segno
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from redhouse.ground.papers.official import layout, page, wordtable
from redhouse.ground.papers.official import wordxml as xml
from redhouse.ground.papers.official.layout import plain

TITLE, ADDRESSEE, BODY, HEADINGS = "公文标题", "公文主送", "公文正文", ("公文一级", "公文二级", "公文三级", "公文四级")
# name, face, size in points, alignment, first-line indent in hundredths of a character, outline level
STYLES = (
    (TITLE, xml.FONTS_TITLE, page.SIZE_2, ALIGN.CENTER, 0, None),
    (ADDRESSEE, xml.FONTS_FANG, page.SIZE_3, ALIGN.LEFT, 0, None),
    (BODY, xml.FONTS_FANG, page.SIZE_3, ALIGN.JUSTIFY, 200, None),
    (HEADINGS[0], xml.FONTS_BLACK, page.SIZE_3, ALIGN.LEFT, 200, 0),
    (HEADINGS[1], xml.FONTS_KAI, page.SIZE_3, ALIGN.LEFT, 200, 1),
    (HEADINGS[2], xml.FONTS_FANG, page.SIZE_3, ALIGN.LEFT, 200, 2),
    (HEADINGS[3], xml.FONTS_FANG, page.SIZE_3, ALIGN.LEFT, 200, 3),
)

NAMES = frozenset(row[0] for row in STYLES)


def to_docx(document: layout.OfficialDocument) -> bytes:
    """Return the document as a Word file. The same document always gives the same bytes."""
    file = docx.Document(BytesIO(_blank(document.posting is None)))
    _set_properties(file, document)
    if document.posting is not None:
        _set_posting(file, document.posting)
    if document.is_lying:
        _lay_down(file)
    _Writer(file, document.is_lying).write(document)
    return xml.saved(file)


@cache
def _blank(is_numbered: bool) -> bytes:
    """An empty document with page and styles: the same for every document, and slow to make."""
    file, content = docx.Document(), BytesIO()
    _set_page(file)
    if is_numbered:
        _number_pages(file)
    _set_styles(file)
    file.save(content)
    return content.getvalue()


class _Writer:
    """Writes one document from head to imprint; `marks` numbers its figures."""

    def __init__(self, file: Document, is_lying: bool = False) -> None:
        self.file = file
        self.is_lying = is_lying
        self.marks = count(1)
        self.notes: list[str] = []
        # by name, once: to look one up, every style of the template is gone through
        self.styles = {style.name: style.style_id for style in file.styles if style.name in NAMES}

    def write(self, document: layout.OfficialDocument) -> None:
        if document.red_head:
            self.head(document)
        elif document.number:
            number = self.line(document.number, style=ADDRESSEE)
            number.alignment = ALIGN.CENTER
            number.paragraph_format.space_after = Twips(page.LINE_TWIPS // 4)
        self.title(document.title, before=2 if document.red_head else 0)
        if document.addressee:
            self.line(f"{document.addressee}：", style=ADDRESSEE)
        self.blocks(document.body)
        self.attachment_list(document.attachments)
        self.signature(document)
        self.attachments(document.attachments)
        self.note_page()
        if document.copies_to or document.printed_by:
            wordtable.add_imprint(self.file, document)

    def line(self, text: str, *, style: str = BODY, before: int = 0, font: str = "") -> Paragraph:
        """Add one paragraph, `before` empty lines below the last."""
        paragraph = self.file.add_paragraph()
        paragraph._p.style = self.styles[style]
        self.run(paragraph, text, font=font)
        if before:
            paragraph.paragraph_format.space_before = Twips(before * page.LINE_TWIPS)
        return paragraph

    def run(self, paragraph: Paragraph, text: str, *, font: str = "") -> Run:
        run = paragraph.add_run(plain(text))
        if font:
            xml.set_fonts(run._r.get_or_add_rPr(), font)
        return run

    def head(self, document: layout.OfficialDocument) -> None:
        """The red words, the number, who approved, and the red line (7.2)."""
        size, per_cent = page.fit_head(layout.half_widths(plain(document.head_text)))
        words = self.line(document.head_text, style=TITLE)
        words.paragraph_format.space_before = Mm(page.HEAD_TOP_MM)
        words.paragraph_format.line_spacing = Pt(size + 8)
        run = words.runs[0]
        run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(page.RED)
        xml.track(run._r.get_or_add_rPr(), 0, per_cent)
        number = self.line(document.number, style=ADDRESSEE, before=2)
        number.alignment = ALIGN.CENTER
        if document.approver:
            number.alignment = ALIGN.LEFT
            xml.indent(number._p.get_or_add_pPr(), first=100)  # not the whole paragraph: its red line keeps full width
            edge = (page.CHARACTERS - 1) * page.CHARACTER_TWIPS
            number.paragraph_format.tab_stops.add_tab_stop(Twips(edge), WD_TAB_ALIGNMENT.RIGHT)
            number.add_run("\t签发人：")
            self.run(number, document.approver, font=xml.FONTS_KAI)
        xml.rule_below(number, colour=page.RED, eighths=12, gap=page.RULE_GAP_MM * 72 * 10 // 254)

    def title(self, text: str, *, before: int = 0) -> None:
        """The title, on lines as even as the sense allows, with an empty line below (7.3.1)."""
        lines = layout.title_lines(plain(text), page.TITLE_CHARACTERS)
        title = self.line("\n".join(lines), style=TITLE, before=before)
        title.paragraph_format.space_after = Twips(page.LINE_TWIPS)

    def blocks(self, blocks: tuple[layout.Block, ...]) -> None:
        for number, block in layout.numbered(blocks):
            match block:
                case layout.Heading():
                    self.line(number + block.text, style=HEADINGS[block.level - 1])
                case layout.Paragraph():
                    self.paragraph(block)
                case layout.Table():
                    wordtable.add_table(self.file, block, is_lying=self.is_lying)
                case layout.QrCode():
                    self.qr_code(block)

    def paragraph(self, block: layout.Paragraph) -> None:
        paragraph = self.line("")
        if block.lead:
            self.run(paragraph, block.lead, font=xml.FONTS_BLACK)
        for piece in block.pieces:
            if isinstance(piece, str):
                self.run(paragraph, piece)
                continue
            self.run(paragraph, piece.shown)
            self.run(paragraph, f"[{next(self.marks)}]").font.superscript = True
            self.notes.append(piece.note)

    def qr_code(self, block: layout.QrCode) -> None:
        picture = BytesIO()
        segno.make(block.content, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
        holder = self.line("", style=ADDRESSEE)
        holder.alignment = ALIGN.CENTER
        holder.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        holder.paragraph_format.keep_with_next = bool(block.caption)
        holder.add_run().add_picture(picture, width=Mm(block.width))
        if block.caption:
            self.line(block.caption, style=ADDRESSEE).alignment = ALIGN.CENTER

    def attachment_list(self, attachments: tuple[layout.Attachment, ...]) -> None:
        """附件：1. … below the body, wrapped lines under the first character of the title (7.3.4)."""
        for place, (number, title) in enumerate(layout.attachment_lines(attachments)):
            mark = ("附件：" if place == 0 else "") + number
            line = self.line(mark + title, before=int(place == 0))
            line.alignment = ALIGN.LEFT
            wide = 50 * layout.half_widths(number)
            hang = wide + (300 if place == 0 else 0)
            xml.indent(line._p.get_or_add_pPr(), left=500 + wide, first=-hang)

    def signature(self, document: layout.OfficialDocument) -> None:
        """Who and when, room for the seal above, never parted from each other or from the text before (7.3.5)."""
        day = layout.chinese_date(document.signed_on) if document.signed_on else ""
        issuer = plain(document.issuer)
        indents = layout.signature_indents(issuer, day)
        lines = [(text, right) for text, right in zip((issuer, day), indents, strict=True) if text]
        if lines and self.file.paragraphs:
            self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        above = page.SIGNATURE_LINES - (document.posting is not None)
        for place, (text, quarters) in enumerate(lines):
            line = self.line(text, style=ADDRESSEE, before=above if place == 0 else 0)
            line.alignment = ALIGN.RIGHT
            line.paragraph_format.keep_with_next = place < len(lines) - 1
            xml.indent(line._p.get_or_add_pPr(), right=25 * quarters)
        if document.remark:
            self.line(f"（{document.remark}）")

    def attachments(self, attachments: tuple[layout.Attachment, ...]) -> None:
        """Each attachment with a body on a page of its own (7.3.7)."""
        for place, attachment in enumerate(attachments, start=1):
            if attachment.body:
                mark = f"附件{place}" if len(attachments) > 1 else "附件"
                self.line(mark, style=ADDRESSEE, font=xml.FONTS_BLACK).paragraph_format.page_break_before = True
                self.title(attachment.title, before=1)
                self.blocks(attachment.body)

    def note_page(self) -> None:
        """Where each figure comes from, on the last page."""
        for place, note in enumerate(self.notes, start=1):
            if place == 1:
                self.line("数据说明", style=ADDRESSEE, font=xml.FONTS_BLACK).paragraph_format.page_break_before = True
            line = self.line(f"[{place}] {note}", style=ADDRESSEE)
            xml.indent(line._p.get_or_add_pPr(), left=200, first=-200)


def _set_properties(file: Document, document: layout.OfficialDocument) -> None:
    day = document.signed_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    properties = file.core_properties
    properties.title = plain(document.title).replace("\n", "")[:255]
    properties.author = plain(document.issuer)[:255]
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.language, properties.comments, properties.last_modified_by = "zh-CN", "", ""


def _set_page(file: Document) -> None:
    """A4 and the four margins."""
    section = file.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(page.PAGE_WIDTH_MM), Mm(page.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(page.MARGIN_TOP_MM), Mm(page.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(page.MARGIN_LEFT_MM), Mm(page.MARGIN_RIGHT_MM)


def _lay_down(file: Document) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(page.PAGE_HEIGHT_MM), Mm(page.PAGE_WIDTH_MM)
    section.top_margin, section.bottom_margin = Mm(page.LYING_TOP_MM), Mm(page.LYING_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(page.LYING_LEFT_MM), Mm(page.LYING_RIGHT_MM)
    section.footer_distance = Mm(page.LYING_BOTTOM_MM - page.PAGE_NUMBER_GAP_MM) - Pt(20)


def _number_pages(file: Document) -> None:
    """Outside: odd right, even left, one character in (7.5)."""
    section = file.sections[0]
    section.footer_distance = Mm(page.MARGIN_BOTTOM_MM - page.PAGE_NUMBER_GAP_MM) - Pt(20)
    file.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = file.styles["Normal"], side
        paragraph.paragraph_format.line_spacing = Pt(20)
        right = side == ALIGN.RIGHT
        xml.indent(paragraph._p.get_or_add_pPr(), left=0 if right else 89, right=89 if right else 0)  # 14 pt
        for text in ("— ", "", " —"):
            run = paragraph.add_run(text)
            run.font.size = Pt(page.SIZE_4)
            xml.set_fonts(run._r.get_or_add_rPr(), xml.FONTS_SONG)
            if not text:
                xml.add_field(run, "PAGE")


def _set_posting(file: Document, posting: layout.Posting) -> None:
    section = file.sections[0]
    section.bottom_margin, section.footer_distance = Mm(page.POSTING_MARGIN_MM), Mm(page.POSTING_FOOT_MM)
    wordtable.add_posting(section.footer, posting)


def _set_styles(file: Document) -> None:
    xml.name_substitutes(file)
    xml.speak_chinese(file)
    _shape(file.styles["Normal"], xml.FONTS_FANG, page.SIZE_3, ALIGN.LEFT, 0)
    for name, font, size, alignment, first, outline in STYLES:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Normal"]
        _shape(style, font, size, alignment, first)
        if outline is not None:
            style.paragraph_format.keep_with_next = True
            xml.child(style.element.get_or_add_pPr(), "outlineLvl", val=outline)


def _shape(style: ParagraphStyle, font: str, size: int, alignment: ALIGN, first: int) -> None:
    xml.set_fonts(style.element.get_or_add_rPr(), font)
    style.font.size = Pt(size)
    xml.track(style.element.get_or_add_rPr(), page.TRACKING_TWIPS if size == page.SIZE_3 else 0)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Twips(page.LINE_TWIPS)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control, shape.alignment = False, alignment
    xml.no_grid(style.element.get_or_add_pPr())
    if first:
        xml.indent(style.element.get_or_add_pPr(), first=first)
