import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from redhouse.ground.papers.official.layout import (
    Attachment,
    Column,
    Figure,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)
from redhouse.ground.papers.official.pdf import MissingCharacters, to_pdf
from redhouse.ground.papers.official.typeface import covered
from redhouse.ground.papers.official.word import to_docx
from tests.ground.papers.samples import HOSTILE, LONG, NOTICE, POSTER


def pages(document):
    return [page.extract_text() for page in PdfReader(BytesIO(to_pdf(document))).pages]


def test_page_is_a4():
    box = PdfReader(BytesIO(to_pdf(NOTICE))).pages[0].mediabox
    assert [round(float(side) * 254 / 720) for side in (box.width, box.height)] == [210, 297]


def test_notice_has_all_its_parts_in_order():
    text = "".join("".join(pages(NOTICE)).split())
    parts = (
        "中共佛山市南海区西樵镇委员会文件", "西委〔2018〕12号", "的通知", "各村（社区）党组织，镇属各单位：",
        "一、总体要求", "（一）基本原则", "1.先知", "（1）范围", "（2）时限", "二、重要事权", "1,280,000.00",
        "附件：1.", "2018年12月14日", "（此件公开发布）", "附件1", "一、清单", "扫码核验", "数据说明", "[1]F03",
        "抄送：区委组织部", "2018年12月14日印发",
    )  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_full_page_has_22_lines_of_28_characters():
    lines = pages(OfficialDocument(title="题", body=(Paragraph("字" * 28 * 60),)))[1].splitlines()
    assert [line.strip() for line in lines] == ["字" * 28] * 22 + ["— 2 —"]


def test_only_the_shipped_font_is_used_and_embedded():
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in PdfReader(BytesIO(to_pdf(NOTICE))).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"RedhouseSerif-Regular-Identity-H"}


def test_signature_never_stands_on_a_page_without_text():
    for sentences in range(12, 24):
        body = tuple(Paragraph("第" + "文" * 40 + "句。") for _ in range(sentences))
        *_, last = pages(OfficialDocument(title="通知", body=body, issuer="西樵镇党委", signed_on=NOTICE.signed_on))
        assert "西樵镇党委" in last
        assert "句。" in last


def test_same_document_gives_the_same_bytes():
    assert to_pdf(NOTICE) == to_pdf(NOTICE)


def test_hostile_text_is_printed_as_it_stands():
    text = "".join("".join(pages(HOSTILE)).split())
    assert "#sys.version" in text
    assert '#read("/etc/passwd")' in text
    assert "$x^2$" in text


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    room = Path(os.path.dirname(to_pdf.__code__.co_filename))
    before = sorted(path.name for path in room.iterdir() if path.name != "__pycache__")
    assert to_pdf(NOTICE).startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == []
    assert sorted(path.name for path in room.iterdir() if path.name != "__pycache__") == before


def test_character_the_font_lacks_is_refused_by_name():
    with pytest.raises(MissingCharacters, match=r"龘😀.*请改用 Word 版") as caught:
        to_pdf(replace(NOTICE, addressee="龘某😀"))
    assert caught.value.characters == "龘😀"


def test_long_table_repeats_its_head():
    rows = tuple((str(number), "项目名称", "") for number in range(1, 121))
    table = Table((Column("序号", 1, "center"), Column("名称", 4), Column("签名", 2)), rows, "签到表", row_height=10)
    texts = pages(OfficialDocument(title="签到表", body=(table,)))
    assert len(texts) == 6
    assert all("序号" in text for text in texts)


def test_bare_document_prints():
    assert "— 1 —" in pages(OfficialDocument(title="题", body=()))[0]


def test_approver_stands_beside_the_number():
    text = "".join(pages(replace(NOTICE, approver="区樵生"))[0].split())
    assert "西委〔2018〕12号签发人：区樵生" in text


def test_long_paragraph_is_broken_rather_than_moved_whole():
    body = (Paragraph(LONG * 3), Paragraph(LONG * 3))
    texts = pages(OfficialDocument(title="通知", body=body, issuer="西樵镇党委", signed_on=NOTICE.signed_on))
    assert len(texts[0].splitlines()) > 20


@settings(max_examples=30)
@example("\t\x00")
@example("\x1f")
@given(
    st.text(st.sampled_from(sorted(map(chr, covered()))) | st.characters(categories=["Cc", "Cf", "Cs"]), max_size=60)
)
def test_any_text_the_font_covers_prints_in_both_formats(text):
    table = Table((Column(text), Column(text)), ((text, text),), text)
    body = (Heading(1, text), Paragraph((text, Figure(text, text)), lead=text), table, Heading(4, text))
    document = OfficialDocument(
        text, body, text, text, text, (Attachment(text, body),), text, None, text, text, text, True
    )
    assert to_pdf(document).startswith(b"%PDF-")
    assert to_docx(document).startswith(b"PK")


def test_a_poster_is_one_sheet_with_number_and_foot():
    (text,) = pages(POSTER)
    parts = (
        "新田三社公〔2026〕7号",
        "分红方案公示",
        "全体成员",
        "理事会2026年11月3日",
        "扫码核对本公示",
        "验证码　7Q4M",
        "张贴人",
    )
    places = ["".join(text.split()).find("".join(part.split())) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "— 1 —" not in text


def test_a_poster_on_a3_says_the_same_on_a_larger_sheet():
    a3 = PdfReader(BytesIO(to_pdf(POSTER, "A3"))).pages
    box = a3[0].mediabox
    assert [round(float(side) * 254 / 720) for side in (box.width, box.height)] == [297, 420]
    assert [page.extract_text().split() for page in a3] == [text.split() for text in pages(POSTER)]


def test_every_sheet_of_a_long_poster_has_its_foot():
    texts = pages(replace(POSTER, body=(Paragraph(LONG * 8),)))
    assert len(texts) > 1
    for place, text in enumerate(texts, start=1):
        assert f"第{place}张，共{len(texts)}张" in text
        assert "7Q4M-2K8D-91XA" in text
