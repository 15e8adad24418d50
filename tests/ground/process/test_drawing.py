"""The drawing shows every station, lights the open step, and holds nothing that the content policy forbids."""

from xml.etree import ElementTree as xml

import pytest
from django.utils import translation

from redhouse.ground.process.enums import MatterFact, StepKind
from redhouse.ground.process.procedure import Procedure, read_procedure
from redhouse.ground.process.procedure.drawing import picture, strip
from redhouse.work.decisions.definitions import all_versions
from tests.ground.process.samples import DIVIDEND, changed

SVG = "{http://www.w3.org/2000/svg}"
MEMBERS = {MatterFact.DELEGATED_BY_CHARTER: "no"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("procedure", all_versions(), ids=lambda each: f"{each.code}-{each.from_on}")
def test_a_picture_holds_every_step_inside_its_frame(procedure: Procedure, language: str) -> None:
    with translation.override(language):
        root = xml.fromstring(picture(procedure))
    _x, _y, width, height = map(int, root.attrib["viewBox"].split())
    circles = [c for c in root.iter(f"{SVG}circle") if c.attrib["r"] == "9"]
    assert len(circles) == len([step for step in procedure.steps if step.is_human])
    spots = [(int(c.attrib["cx"]), int(c.attrib["cy"])) for c in circles]
    assert len(set(spots)) == len(spots)
    for text in root.iter(f"{SVG}text"):
        assert 0 < int(text.attrib["x"]) < width
        assert 0 < int(text.attrib["y"]) < height


def test_the_open_step_is_lit_and_what_is_done_is_ticked() -> None:
    procedure = read_procedure(DIVIDEND)
    keys = [step.key for step in procedure.steps]
    drawn = strip(procedure, MEMBERS, done=keys[: keys.index("notice") + 1], now="vote_members")
    assert drawn.count('class="ck"') == 10
    assert drawn.count('<circle class="n"') == 1
    assert "现在在第11步“表决（成员大会）”" in drawn
    assert "成员代表大会" not in drawn, "the charter does not delegate"
    assert '<path class="br on"' in drawn
    assert "style" not in drawn
    xml.fromstring(drawn)


def test_facts_that_are_not_known_leave_the_ways_abreast() -> None:
    drawn = strip(read_procedure(DIVIDEND), {})
    assert "成员代表大会" in drawn
    assert "成员大会" in drawn


def test_a_town_s_own_words_are_escaped() -> None:
    text = changed('zh = "表决（成员大会）"', 'zh = "<b>表决</b>（成员大会）"')
    assert "<b>" not in strip(read_procedure(text), MEMBERS)
    assert read_procedure(text).by_key["vote_members"].kind == StepKind.VOTE
