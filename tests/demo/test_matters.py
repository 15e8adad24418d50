"""The matters of the demo: one of each power, in the states that a visitor should meet; read only."""

from collections import Counter
from datetime import date
from pathlib import Path

from redhouse.demo.matters import matters_wanted
from redhouse.demo.source import read_source
from redhouse.ground.papers import storage
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.process.models import Box, RunStep
from redhouse.ground.process.queries.counting import keyed, marks_by_channel
from redhouse.ground.process.queries.meetings import attendance
from redhouse.kit.dossier import check_bundle
from redhouse.work.answers.queries import answer_sheet
from redhouse.work.decisions.models import Matter, MatterArchive

TOWN, XINTIAN = "440605122000", "440605122220"
DAY = date(2026, 11, 18)


def test_every_power_has_a_matter_and_each_state_is_there(demo: str) -> None:
    matters = list(Matter.objects.select_related("run__version"))
    assert {matter.run.version.code for matter in matters} == {f"P{n:02}" for n in range(1, 11)}
    assert Counter(matter.run.ending for matter in matters if matter.run.ending) == {
        "archived": 3,
        "rejected_by_vote": 1,
    }
    assert [matter.title for matter in matters if matter.run.suspended_on] == ["一环辅道征地补偿款分配"]
    returned = RunStep.objects.get(outcome="returned")
    assert (returned.key, "消防" in returned.reason) == ("review", True)
    waiting = RunStep.objects.filter(outcome="", run__matter__isnull=False).values_list("run__matter__title", "key")
    assert dict(waiting) == {row.title: row.stop for row in read_source().matters if row.stop}


def test_the_dividend_stands_at_its_vote_as_it_is_drawn(demo: str) -> None:
    box = Box.objects.get(closed_at=None)
    there = attendance(box.meeting)
    assert (there.electors, there.households, there.present) == (618, 186, 487)
    assert there.by_way == {"onsite": 268, "online": 176, "proxy": 43}
    assert marks_by_channel(box) == {"paper": 286, "online": 176}
    papers = keyed(box)
    assert (len(papers.valid), [difference.number for difference in papers.open]) == (285, [117])


def test_three_archives_of_2018_hold(demo: str) -> None:
    archives = list(MatterArchive.objects.select_related("matter"))
    assert {archive.matter.division_code[:12] for archive in archives} == {XINTIAN}
    for archive in archives:
        assert archive.bundle is not None
        version = latest_version(archive.bundle)
        assert version is not None
        assert check_bundle(Path(storage.path_of(version.sha256))).finding is None


def test_figures_count_them(demo: str) -> None:
    found = {answer.figure.id: answer for answer in answer_sheet(TOWN, DAY)}
    assert found["F24"].numerator == len(read_source().matters)
    assert found["F25"].parts["stage_ended"] == 4
    assert (found["F26"].numerator, found["F27"].numerator) == (1, found["F27"].parts["passed"])
    assert found["F27"].parts["failed"] == 1


def test_before_the_rules_of_today_only_the_history_is_told() -> None:
    source = read_source()
    assert {row.code for row in matters_wanted(source, date(2018, 12, 14))} == {"P03", "P07", "P08"}
    assert matters_wanted(source, date(2018, 11, 1)) == []
    assert len(matters_wanted(source, DAY)) == len(source.matters)
