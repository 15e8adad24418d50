"""Near relatives do not sit together where the law says so of the body; no database is asked."""

from datetime import date

from redhouse.ground.process.models import ProcedureVersion, Roll, Run
from redhouse.ground.process.queries.rolls import RollRow, Standing
from redhouse.ground.process.rules.rolls import sorted_out
from redhouse.work.decisions.definitions import FOLDER

HOMES = {(1, 10), (2, 20), (3, 10), (4, 40), (5, 20), (5, 50)}  # person, household
STANDING = Standing(known={1, 2, 3, 4, 5}, homes=HOMES, members=set())
ROWS = [RollRow(number) for number in (1, 2, 3, 4, 5)]


def roll(step_key: str, rule_id: str) -> Roll:
    text = (FOLDER / "p04-2026-01-01.toml").read_text(encoding="utf-8")
    run = Run(version=ProcedureVersion(text=text))
    return Roll(run=run, step_key=step_key, rule_id=rule_id, vote_on=date(2026, 11, 18))


def test_whoever_shares_a_household_with_one_before_stays_off_the_roll_of_a_council() -> None:
    good, refused = sorted_out(roll("vote_council", "V11"), ROWS, STANDING)
    assert [row.person_id for row in good] == [1, 2, 4]
    assert [one.line for one in refused] == [3, 5]
    assert "近亲属回避，两人不能同时任职（《农村集体经济组织法》第29条第1款）" in refused[0].sentence


def test_who_was_kept_off_keeps_nobody_off() -> None:
    homes = {(1, 10), (2, 10), (2, 20), (3, 20)}
    good, _refused = sorted_out(roll("vote_council", "V11"), ROWS[:3], Standing({1, 2, 3}, homes, set()))
    assert [row.person_id for row in good] == [1, 3]


def test_an_assembly_of_all_members_takes_whole_households() -> None:
    good, refused = sorted_out(roll("vote_members", "V09"), ROWS, STANDING)
    assert (len(good), refused) == (5, [])
