from datetime import date

import pytest

from redhouse.ground.papers.official import page
from redhouse.ground.papers.official.layout import (
    Attachment,
    Column,
    Heading,
    Paragraph,
    Table,
    attachment_lines,
    chinese_date,
    chinese_numeral,
    document_number,
    half_widths,
    numbered,
    plain,
    signature_indents,
    title_lines,
)


def test_chinese_date_has_no_leading_zeros():
    assert chinese_date(date(2018, 2, 4)) == "2018年2月4日"


def test_document_number_has_hexagonal_brackets():
    assert document_number("西委", 2018, 12) == "西委〔2018〕12号"


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_chinese_numeral_writes_tens_and_ones(number, written):
    assert chinese_numeral(number) == written


@pytest.mark.parametrize("number", [0, 100])
def test_chinese_numeral_refuses_what_no_heading_needs(number):
    with pytest.raises(ValueError, match="1 至 99"):
        chinese_numeral(number)


def test_numbered_counts_each_level_and_starts_lower_levels_anew():
    levels = (1, 2, 3, 4, 4, 3, 4, 2, 3, 1, 2)
    blocks = [Heading(level, "题") for level in levels]
    blocks.insert(1, Paragraph("文"))
    assert [number for number, _block in numbered(blocks)] == [
        "一、", "", "（一）", "1.", "（1）", "（2）", "2.", "（1）", "（二）", "1.", "二、", "（一）",
    ]  # fmt: skip


def test_heading_refuses_a_fifth_level():
    with pytest.raises(ValueError, match="没有第 5 级"):
        Heading(5, "题")


def test_table_refuses_a_row_of_another_width():
    with pytest.raises(ValueError, match="第 2 行有 1 格，应为 2 格"):
        Table((Column("甲"), Column("乙")), (("1", "2"), ("1",)))


def test_attachment_lines_number_several_but_not_one():
    one, two = Attachment("清单"), Attachment("流程图")
    assert attachment_lines((one,)) == (("", "清单"),)
    assert attachment_lines((one, two)) == (("1.", "清单"), ("2.", "流程图"))
    assert attachment_lines(()) == ()


def test_plain_drops_control_and_direction_characters():
    assert plain("甲\x00乙\u202e丙\ud800丁\x0b\ufeff\t戊\n己") == "甲乙丙丁 戊\n己"


@pytest.mark.parametrize(
    "lines",
    [
        ("中共佛山市南海区西樵镇委员会", "关于加强基层党组织建设的通知"),
        ("西樵镇新田村", "关于土地补偿款分配方案的决议公示"),
        ("关于印发《关于实施村（社区）", "重要事权清单管理强化党组织领导", "核心地位的意见（试行）》的通知"),
    ],
)
def test_title_lines_are_even_and_keep_phrases_whole(lines):
    assert title_lines("".join(lines), 19) == lines


@pytest.mark.parametrize("length", [1, 18, 19, 20, 38, 39, 57, 80])
def test_title_lines_lose_nothing_and_fit(length):
    title = "西樵镇村社区" * 20
    lines = title_lines(title[:length], 19)
    assert "".join(lines) == title[:length]
    assert max(half_widths(line) for line in lines) <= 38


def test_title_lines_follow_breaks_that_were_made_on_purpose():
    assert title_lines("西樵镇\n关于开展 2018 年工作的通知", 19) == ("西樵镇", "关于开展 2018 年工作的通知")


def test_title_lines_never_begin_with_a_closing_mark():
    title = (
        "《意见》、《办法》、《规定》、《细则》、《通知》、《决定》、《方案》、《清单》、《章程》、《公告》、《公约》"
    )
    for length in range(20, len(title)):
        for line in title_lines(title[:length], 19):
            assert line[0] not in "、》"


def test_signature_is_centred_over_a_date_four_characters_in():
    signature, day = signature_indents("西樵镇党委", "2018年12月14日")
    assert day == 16
    assert signature + half_widths("西樵镇党委") == day + half_widths("2018年12月14日")  # twice the middle, in quarters


def test_long_signature_stands_two_characters_in_and_the_date_under_its_middle():
    issuer = "中共佛山市南海区西樵镇委员会"
    signature, day = signature_indents(issuer, "2018年12月14日")
    assert signature == 8
    assert signature + half_widths(issuer) == day + half_widths("2018年12月14日")


@pytest.mark.parametrize("half", [0, 2, 10, 22, 32, 60, 120])
def test_head_fits_its_line_and_is_never_squeezed_beyond_recognition(half):
    size, per_cent = page.fit_head(half)
    assert half * size * per_cent * 254 <= 2 * 100 * 72 * 10 * page.TEXT_WIDTH_MM
    assert page.HEAD_NARROWEST <= per_cent <= 100
    assert 0 < size <= page.HEAD_SIZE


def test_page_holds_22_lines_of_28_characters():
    assert page.LINES * page.LINE_TWIPS * 254 <= page.TEXT_HEIGHT_MM * 14400 < (page.LINES + 1) * page.LINE_TWIPS * 254
    assert page.CHARACTERS * page.CHARACTER_TWIPS * 254 <= page.TEXT_WIDTH_MM * 14400
    assert page.TEXT_WIDTH_MM * 14400 < (page.CHARACTERS + 1) * page.CHARACTER_TWIPS * 254
