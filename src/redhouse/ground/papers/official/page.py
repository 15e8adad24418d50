"""The measures of an official page (GB/T 9704-2012, sections 5 and 7), one place for Word and PDF.

Lengths are millimetres or points as named; a line is 579 twentieths of a point, so that 22 lines fill 225 mm, and a
character of size 3 (16 pt) gives up a quarter of a point, so that 28 of them fill 156 mm.
"""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
MARGIN_TOP_MM, MARGIN_BOTTOM_MM, MARGIN_LEFT_MM, MARGIN_RIGHT_MM = 37, 35, 28, 26
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM  # 156
TEXT_HEIGHT_MM = PAGE_HEIGHT_MM - MARGIN_TOP_MM - MARGIN_BOTTOM_MM  # 225
# A sheet that lies is the same sheet turned: the block of text keeps its measures, its long side along the lines.
LYING_TOP_MM, LYING_BOTTOM_MM, LYING_LEFT_MM, LYING_RIGHT_MM = 28, 26, 37, 35
LINES, CHARACTERS = 22, 28

LINE_TWIPS = 579
TRACKING_TWIPS = -5
CHARACTER_TWIPS = 16 * 20 + TRACKING_TWIPS  # 315
TABLE_LINE_TWIPS = 400

SIZE_2, SIZE_3, SIZE_4, SIZE_TABLE = 22, 16, 14, 12  # 2号 3号 4号 小四, in points
SIZE_5, SIZE_SMALL_5 = 10.5, 9  # 5号 小五
TITLE_CHARACTERS = 19  # of size 2 on one line, with a little air

HEAD_TOP_MM = 35  # from the top of the text block to the red words (7.2.4)
HEAD_SIZE = 40  # points, at most
HEAD_NARROWEST = 50  # per cent: characters are squeezed no further than this, then set smaller
RULE_GAP_MM = 4  # from the document number to the red line (7.2.7)
# A poster's foot stands in a wider bottom margin: a square code, what is beside it, a column to fill in.
POSTING_MARGIN_MM, POSTING_CODE_MM, POSTING_HUNG_MM, POSTING_FOOT_MM = 45, 25, 50, 14
SIGNATURE_LINES = 2  # empty lines above the signature, room for the seal; a poster has one
PAGE_NUMBER_GAP_MM = 7  # from the text block to the page number (7.5)
RED = "FF0000"


def fit_head(half_widths: int) -> tuple[int, int]:
    """Fit red words of that many half characters on one line: their size in points, their width in per cent.

    They keep their height and become narrower, as printed heads do; only the longest become smaller too.
    """
    room = (TEXT_WIDTH_MM - 2) * 7200 // 254  # tenths of a point, with a little air
    per_cent = min(100, 20 * room // (max(half_widths, 1) * HEAD_SIZE))
    if per_cent >= HEAD_NARROWEST:
        return HEAD_SIZE, per_cent
    return max(1, 20 * room // (half_widths * HEAD_NARROWEST)), HEAD_NARROWEST
