from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from redhouse.ground.papers.official.layout import OfficialDocument, Paragraph
from redhouse.ground.papers.official.word import to_docx
from tests.ground.papers.samples import HOSTILE, NOTICE, POSTER


@pytest.fixture(scope="module")
def notice():
    return docx.Document(BytesIO(to_docx(NOTICE)))


def paragraph(document, start):
    return next(p for p in document.paragraphs if p.text.startswith(start))


def test_page_is_a4_with_the_four_margins(notice):
    section = notice.sections[0]
    measures = [
        section.page_width, section.page_height,
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin,
    ]  # fmt: skip
    assert [round(measure.mm) for measure in measures] == [210, 297, 37, 35, 28, 26]


def test_body_has_exact_lines_and_the_statutory_face(notice):
    style = notice.styles["公文正文"]
    assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert style.paragraph_format.line_spacing == Twips(579)
    assert style.font.size == Pt(16)
    assert style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert style.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert style.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("公文一级", "黑体", 16),
        ("公文二级", "楷体_GB2312", 16),
        ("公文三级", "仿宋_GB2312", 16),
    ],
)
def test_title_and_headings_have_their_faces(notice, style, face, size):
    shape = notice.styles[style]
    assert (shape.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), shape.font.size) == (face, Pt(size))


def test_headings_are_numbered_and_outlined(notice):
    heading = paragraph(notice, "（一）基本原则")
    assert heading.style.name == "公文二级"
    assert heading.style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "1"


def test_page_numbers_stand_outside_on_odd_and_even_pages(notice):
    section = notice.sections[0]
    assert notice.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        number = footer.paragraphs[0]
        assert (number.text, number.alignment) == ("— 1 —", side)
        assert [field.text for field in number._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_red_head_is_one_squeezed_line(notice):
    run = notice.paragraphs[0].runs[0]
    assert run.text == "中共佛山市南海区西樵镇委员会文件"
    assert str(run.font.color.rgb) == "FF0000"
    assert int(run._r.rPr.find(qn("w:w")).get(qn("w:val"))) * 16 * run.font.size.pt <= Mm(156).pt * 100


def test_signature_is_kept_with_the_date_and_the_text_before(notice):
    texts = [p.text for p in notice.paragraphs]
    place = texts.index("2018年12月14日")
    signature, day = notice.paragraphs[place - 1], notice.paragraphs[place]
    assert signature.text == NOTICE.issuer
    assert signature.paragraph_format.keep_with_next
    assert notice.paragraphs[place - 2].paragraph_format.keep_with_next
    assert not day.paragraph_format.keep_with_next


def test_table_repeats_its_head_and_tears_no_row(notice):
    table = notice.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["P03", "重大项目实施", "村民会议", "1,280,000.00"]
    assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1
    assert len(list(table._tbl.iter(qn("w:cantSplit")))) == len(table.rows)


def test_figures_are_marked_and_explained_on_the_last_page(notice):
    assert "346,000人次[1]，" in paragraph(notice, "全年联系群众").text
    assert paragraph(notice, "[1]").text == "[1] F03 联系群众人次：2018年1月1日至12月14日走访记录合计。"


def test_imprint_floats_at_the_foot(notice):
    imprint = notice.tables[-1]
    assert [row.cells[0].text for row in imprint.rows] == [
        "抄送：区委组织部，镇人大、镇政府。", "西樵镇党政办公室\t2018年12月14日印发",
    ]  # fmt: skip
    assert imprint._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_a_poster_has_its_number_above_the_title_and_its_foot_on_every_sheet():
    poster = docx.Document(BytesIO(to_docx(POSTER)))
    assert [p.text for p in poster.paragraphs[:2]] == [POSTER.number, POSTER.title]
    (foot,) = poster.sections[0].footer.tables
    assert [cell.text for cell in foot.rows[0].cells] == [
        "", "\n".join(POSTER.posting.beside), "\n".join(POSTER.posting.hung),
    ]  # fmt: skip
    assert len(foot._tbl.xpath(".//pic:pic")) == 1
    assert not poster.settings.odd_and_even_pages_header_footer


def test_approver_stands_right_of_the_number():
    file = docx.Document(BytesIO(to_docx(replace(NOTICE, approver="区樵生"))))
    assert file.paragraphs[1].text == "西委〔2018〕12号\t签发人：区樵生"


def test_same_document_gives_the_same_bytes():
    assert to_docx(NOTICE) == to_docx(NOTICE)


def test_short_paper_without_any_extras_opens():
    file = docx.Document(BytesIO(to_docx(OfficialDocument(title="签到表", body=(Paragraph("无"),)))))
    assert [p.text for p in file.paragraphs] == ["签到表", "无"]


def test_hostile_text_is_printed_as_it_stands():
    content = to_docx(HOSTILE)
    file = docx.Document(BytesIO(content))
    assert file.paragraphs[0].text.replace("\n", "") == HOSTILE.title
    assert "<w:p>" in file.paragraphs[1].text
    with ZipFile(BytesIO(content)) as parts:
        assert parts.testzip() is None


def test_fonts_name_a_substitute():
    with ZipFile(BytesIO(to_docx(NOTICE))) as parts:
        table = parts.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/></w:font>' in table
