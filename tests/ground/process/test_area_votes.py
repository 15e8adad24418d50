"""Owners decide by area and by heads (V13, V14), from the roll to the published box: taking part is voting, both halves
must carry, and the vote is named, since an area gives its owner away."""

import json

import pytest
from django.db import connection

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages.actions import record_broadcast
from redhouse.ground.papers.storage import open_file
from redhouse.ground.process.actions import open_run
from redhouse.ground.process.actions.boxes import hand_out_papers, open_box
from redhouse.ground.process.actions.counting import appoint_teller, close_box, key_ballots
from redhouse.ground.process.actions.meetings import sign_in_numbers, start_meeting
from redhouse.ground.process.actions.rolls import close_roll, draw_roll
from redhouse.ground.process.enums import Method
from redhouse.ground.process.models import Box, ProcedureVersion
from redhouse.ground.process.procedure import read_procedure
from redhouse.ground.process.procedure.flat import flat_steps, flat_ways
from redhouse.ground.process.queries import open_step
from redhouse.ground.process.queries.rolls import RollRow
from redhouse.kit.box import findings, read_box
from tests.cast import person
from tests.ground.process.factories import FACTS, close, file_evidence, society, walk_to
from tests.ground.process.samples import changed
from tests.ground.process.votes import BEGAN, DAY, END, SENT, convene, electors

AREAS = (100_00, 80_00, 60_00, 40_00, 20_00, 20_00)  # hundredths of a square metre; 320 in all


def adopt_unproved(rule: str) -> None:
    """No power is decided by owners, and the proofs say so: the row is put there by hand, to try the vote alone."""
    text = changed('body = "rec_members_assembly"\nrule = "V09"', f'body = "owners_assembly"\nrule = "{rule}"')
    procedure = read_procedure(text)
    ProcedureVersion.objects.create(
        code=procedure.code, origin="law", digest=procedure.digest, text=text, steps=flat_steps(procedure),
        ways=flat_ways(procedure), reason="试", adopted_on=SENT, from_on=procedure.from_on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "yes", "outcome", "said"),
    [
        ("V13", (1, 2), "failed", "赞成票2，须达3"),  # 180 of 280 by area, 2 of 4 by heads: a tie carries nothing
        ("V13", (1, 2, 3), "passed", "已达到"),
        ("V13", (2, 3, 4), "passed", "已达到"),  # 180 of 280
        ("V14", (1, 3, 4), "failed", "须达210"),  # 3 of 4 heads, 200 of 280 by area
        ("V14", (1, 2, 3), "passed", "已达到"),
    ],
)
def test_area_and_heads_must_both_carry(town: str, rule: str, yes: tuple[int, ...], outcome: str, said: str) -> None:
    adopt_unproved(rule)
    run = open_run(code="P07", host=society(), facts=FACTS, by=person("director"), on=SENT)
    file_evidence(walk_to(run, "notice", SENT), SENT)
    step, director = open_step(run), person("director")
    assert step is not None
    rows = [RollRow(row.person_id, row.household_id, area) for row, area in zip(electors(6), AREAS, strict=True)]
    nothing = [RollRow(rows[0].person_id, rows[0].household_id)]
    roll, refused = draw_roll(step=step, step_key="vote_members", rows=rows, vote_on=DAY, by=director, on=SENT)
    assert refused == []
    _other, [slip] = draw_roll(step=step, step_key="vote_members", rows=nothing, vote_on=DAY, by=director, on=SENT)
    assert "没有专有部分面积" in slip.sentence
    with connection.cursor() as cursor:  # the last roll would be taken for the vote
        cursor.execute("DELETE FROM process_roll WHERE id = %s", [_other.pk])
    with pytest.raises(NotYet, match="须满15日"):
        convene(close_roll(roll=roll, by=director, on=SENT), is_online=False)
    early = SENT.replace(day=1)
    meeting = convene(roll, is_online=False, on=early)
    record_broadcast(notice=meeting.notice, channel="board", note="公示栏", by=director, on=SENT)
    close(run, "notified", SENT)
    start_meeting(meeting=meeting, by=director, at=BEGAN)
    sign_in_numbers(meeting=meeting, numbers=[1, 2, 3, 4], by=director, at=BEGAN)
    with pytest.raises(NotYet, match="按面积计票只能记名"):
        open_box(meeting=meeting, method=Method.SECRET, closes_at=END, by=director, at=BEGAN)
    box = open_box(meeting=meeting, method=Method.NAMED, closes_at=END, by=director, at=BEGAN)
    given = list(roll.electors.select_related("person").filter(number__lte=4).order_by("number"))
    assert hand_out_papers(box=box, electors=given, by=director, at=BEGAN) == []
    lines = [(str(number), "for" if number in yes else "against") for number in range(1, 5)]
    for turn, who in ((1, "branch"), (2, "secretary")):
        appoint_teller(box=box, turn=turn, person=person(who), by=director, at=BEGAN)
        assert key_ballots(box=box, rows=lines, by=person(who)) == []
    tally = close_box(box=box, by=director, at=END)
    assert tally is not None
    assert tally.outcome == outcome
    assert (tally.counts["area"], tally.counts["area_present"], tally.counts["present"]) == (320_00, 280_00, 4)
    assert any(said in reason["sentence"] for reason in tally.reasons), [r["sentence"] for r in tally.reasons]
    paper = Box.objects.select_related("paper").get(pk=box.pk).paper
    assert paper is not None
    with open_file(paper.versions.get().sha256) as file:
        text = file.read().decode()
    assert findings(read_box(text), text) == []
    assert json.loads(text)["ballots"][0] == ["1", "for" if 1 in yes else "against", 100_00]
