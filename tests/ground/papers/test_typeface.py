from redhouse.ground.papers.official import typeface

NAMES = "瓯槱冼麦邝樵堃喆淼祎玥鋆滘塱埗炘烨燊麗國陳黃劉張區關鍾鄧馮羅"
MARKS = "〔〕《》「」【】、。，；：？！…—·“”‘’（）％‰℃㎡№①②⑩⑴⒈ⅠⅫ□■○●△▲☆★√×÷≥≤≠±→│─┌┼"


def test_names_and_marks_of_the_town_are_covered():
    assert typeface.uncovered(NAMES + MARKS + "ABCxyz0189āáǎàüé\n") == ""


def test_all_of_gb2312_is_covered():
    pairs = (bytes([lead, trail]) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    text = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert len(text) == 6763
    assert typeface.uncovered(text) == ""


def test_what_is_not_covered_is_named_once_in_order():
    assert typeface.uncovered("甲😀乙龘😀") == "😀龘"


def test_font_is_small_enough_to_ship_and_brings_its_licence():
    assert typeface.FONT_FILE.stat().st_size < 6_000_000
    assert "SIL OPEN FONT LICENSE" in (typeface.FONT_DIRECTORY / "OFL.txt").read_text("utf-8")
