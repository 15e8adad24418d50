"""Deciding: exact, monotone, and what is still needed is just enough."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from redhouse.kit.voting import (
    Count,
    CountError,
    Counts,
    MissingCount,
    Outcome,
    Override,
    Rule,
    Threshold,
    WeakerThanLaw,
    decide,
    electors_needed,
    every_version,
    required_counts,
    rule_at,
)
from redhouse.kit.voting.reading import quorum, threshold

TODAY = date(2026, 3, 1)
RULES = st.sampled_from(list(every_version()))
SIZE = st.one_of(st.integers(1, 12), st.integers(1, 5000))


@st.composite
def votes(draw) -> tuple[Rule, Counts]:
    """A rule and counts that can be true together, crowded near the edges by small sizes."""
    rule = draw(RULES)
    electors = draw(SIZE)
    attended = draw(st.integers(0, electors))
    agreed = draw(st.integers(0, attended))
    against = draw(st.integers(0, attended - agreed))
    abstain = draw(st.integers(0, attended - agreed - against))
    values = {Count.ELECTORS: electors, rule.attendance: attended, Count.FOR: agreed}
    values |= {Count.AGAINST: against, Count.ABSTAIN: abstain}
    used = required_counts(rule)
    if Count.HOUSEHOLDS in used:
        values[Count.HOUSEHOLDS] = draw(SIZE)
        values[Count.HOUSEHOLDS_PRESENT] = draw(st.integers(0, min(attended, values[Count.HOUSEHOLDS])))
    if Count.AREA in used:
        values[Count.AREA] = draw(SIZE)
        values[Count.AREA_PRESENT] = draw(st.integers(0, values[Count.AREA]))
        values[Count.AREA_FOR] = draw(st.integers(0, values[Count.AREA_PRESENT]))
    return rule, Counts.of(values)


def by_fractions(rule: Rule, counts: Counts) -> tuple[bool, bool]:
    """The same in fractions."""

    def holds(one: Threshold) -> bool:
        base = counts.get(one.base)
        share = Fraction(counts.get(one.count), base) if base else Fraction(0)
        least = Fraction(one.numerator, one.denominator)
        return share > least if one.strict else (share >= least or base == 0)

    met = any(all(map(holds, way)) for way in rule.quorum)
    return met, met and all(map(holds, rule.passing))


def more(counts: Counts, needed: dict[Count, int]) -> Counts:
    return Counts.of({count: value + needed.get(count, 0) for count, value in counts.given.items()})


def passes(rule: Rule, counts: Counts) -> bool:
    try:
        return decide(rule, counts).passed
    except CountError:  # more votes than people
        return False


@given(votes())
def test_it_says_what_fractions_say(vote) -> None:
    rule, counts = vote
    outcome = decide(rule, counts)
    assert (outcome.quorum_met, outcome.passed) == by_fractions(rule, counts)


@given(votes(), st.integers(1, 50))
def test_one_more_yes_never_makes_it_fail(vote, extra) -> None:
    rule, counts = vote
    left = counts.get(rule.attendance) - counts.for_ - counts.against - counts.abstain
    assert decide(rule, counts).passed <= passes(rule, more(counts, {Count.FOR: min(extra, left)}))


@given(votes(), st.integers(1, 50))
def test_a_no_never_makes_it_carry(vote, extra) -> None:
    rule, counts = vote
    left = counts.get(rule.attendance) - counts.for_ - counts.against - counts.abstain
    assert decide(rule, more(counts, {Count.AGAINST: min(extra, left)})).passed <= decide(rule, counts).passed


@given(votes())
def test_what_is_still_needed_is_enough_and_no_less(vote) -> None:
    rule, counts = vote
    outcome = decide(rule, counts)
    if outcome.passed:
        assert outcome.still_needed == {}
        return
    needed = outcome.still_needed
    assert needed
    assert all(number > 0 for number in needed.values())
    if not outcome.reachable:
        return
    assert passes(rule, more(counts, needed))
    households, people = needed.get(Count.HOUSEHOLDS_PRESENT, 0), needed.get(rule.attendance, 0)
    assert people >= households  # a household that comes is somebody who comes
    for count in needed:  # one fewer of anything does not do
        if count is not rule.attendance or people > households:
            assert not passes(rule, more(counts, {**needed, count: needed[count] - 1}))


@given(votes())
def test_it_is_out_of_reach_only_when_everybody_left_could_not_carry_it(vote) -> None:
    rule, counts = vote
    outcome = decide(rule, counts)
    assume(not outcome.passed)
    everybody = counts.given | {rule.attendance: counts.electors}
    everybody[Count.FOR] = counts.electors - counts.against - counts.abstain
    for part in (Count.HOUSEHOLDS, Count.AREA):
        if part in everybody:
            everybody[Count(f"{part}_present")] = everybody[part]
    if Count.AREA in everybody:
        everybody[Count.AREA_FOR] = everybody[Count.AREA]
    everybody.pop(Count.HOUSEHOLDS_PRESENT, None)  # may be more households than people
    everybody.pop(Count.HOUSEHOLDS, None)
    assert outcome.reachable == passes(rule, Counts.of(everybody))


@given(st.integers(1, 10**9), st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_electors_needed_is_the_least_whole_number(base, numerator, denominator, strict) -> None:
    assume(numerator <= denominator)
    one = Threshold(Count.FOR, Count.ELECTORS, numerator, denominator, strict)
    least = electors_needed(one, base)
    assert one.holds(least, base)
    assert not one.holds(least - 1, base)


@pytest.mark.parametrize(
    ("text", "base", "needed"),
    [("for >= 2/3 electors", 618, 412), ("for >= 2/3 electors", 619, 413), ("for > 1/2 present", 600, 301),
     ("for > 1/2 present", 601, 301), ("for >= 1/2 present", 600, 300), ("cast > 2/3 electors", 60, 41),
     ("for >= 3/4 electors", 601, 451), ("for >= 1/3 cast", 100, 34), ("present >= 4/5 electors", 21, 17)],
)  # fmt: skip
def test_electors_needed_at_the_edges(text: str, base: int, needed: int) -> None:
    assert electors_needed(threshold(text), base) == needed


def test_what_is_still_needed_in_words_of_the_example() -> None:
    rule = rule_at("V09", TODAY)
    outcome = decide(rule, Counts(electors=618, present=400, for_=380, against=10, abstain=8))
    assert outcome.still_needed == {Count.PRESENT: 30, Count.FOR: 32}
    assert outcome.reachable
    lost = decide(rule, Counts(electors=618, present=618, for_=400, against=218, abstain=0))
    assert lost.still_needed == {Count.FOR: 12}
    assert not lost.reachable


def test_newcomers_raise_the_base_they_are_measured_by() -> None:
    outcome = decide(rule_at("V02", TODAY), Counts(electors=40, present=30, for_=14, against=16))
    assert outcome.still_needed == {Count.PRESENT: 3, Count.FOR: 3}  # 17 of 33


def test_of_two_ways_to_a_quorum_the_nearer_is_named() -> None:
    counts = Counts(electors=1000, present=300, for_=300, households=300, households_present=199)
    assert decide(rule_at("V01", TODAY), counts).still_needed == {Count.PRESENT: 1, Count.HOUSEHOLDS_PRESENT: 1}


def test_area_is_needed_in_hundredths_of_a_square_metre() -> None:
    counts = Counts(electors=300, present=200, for_=100, area=3000000, area_present=2000000, area_for=1000000)
    outcome = decide(rule_at("V13", TODAY), counts)
    assert outcome.still_needed == {Count.FOR: 1, Count.AREA_FOR: 1}
    assert outcome.as_json(str)["still_needed"] == {"for": 1, "area_for": "0.01"}


@pytest.mark.parametrize(
    ("rule_id", "counts", "missing"),
    [
        ("V09", Counts(), Count.ELECTORS),
        ("V09", Counts(electors=618), Count.PRESENT),
        ("V09", Counts(electors=618, present=430), Count.FOR),
        ("V09", Counts(present=430, for_=412), Count.ELECTORS),
        ("V01", Counts(present=400, for_=300), Count.ELECTORS),
        ("V01", Counts(households=300, for_=300), Count.HOUSEHOLDS_PRESENT),
        ("V01", Counts(households=300, households_present=250), Count.PRESENT),
        ("V06", Counts(electors=618, present=430, for_=412), Count.CAST),
        ("V13", Counts(electors=300, present=200, for_=150), Count.AREA),
        ("V13", Counts(electors=300, present=200, for_=150, area=1, area_present=1), Count.AREA_FOR),
    ],
)
def test_a_missing_count_is_asked_for_by_name(rule_id: str, counts: Counts, missing: Count) -> None:
    with pytest.raises(MissingCount, match=f"{rule_id}还需要：{missing.label}（{missing.value}）") as caught:
        decide(rule_at(rule_id, TODAY), counts)
    assert caught.value.count is missing


@pytest.mark.parametrize(
    ("rule_id", "counts", "said"),
    [
        ("V09", Counts(electors=618, present=619, for_=412), "到会人数（619）超过了应到人数（618）"),
        ("V09", Counts(electors=618, present=430, for_=431), "合计431，超过了到会人数（430）"),
        ("V09", Counts(electors=618, present=430, for_=412, against=10, abstain=9), "合计431，超过了到会人数（430）"),
        ("V09", Counts(electors=618, present=430, for_=412, against=-1), "反对票不能是负数：-1"),
        ("V09", Counts(electors=0, present=0, for_=0), "应到人数是零"),
        ("V09", Counts(electors=618, present=430, for_=412, cast=431), "投票数（431）超过了到会人数（430）"),
        ("V09", Counts(electors=618, present=430, for_=412, cast=411), "赞成票（412）超过了投票数（411）"),
        ("V06", Counts(electors=618, cast=619, for_=1), "投票数（619）超过了应到人数（618）"),
        ("V06", Counts(electors=618, cast=400, for_=300, against=101), "合计401，超过了投票数（400）"),
        ("V01", Counts(present=9, for_=5, households=9, households_present=10), "到会户数（10）超过了总户数（9）"),
        ("V01", Counts(present=9, for_=5, households=90, households_present=80), "到会户数（80）超过了到会人数（9）"),
        (
            "V13",
            Counts(electors=3, present=2, for_=2, area=100, area_present=101, area_for=1),
            "参与表决的面积（1.01㎡）超过了专有部分总面积（1.00㎡）",
        ),
        (
            "V13",
            Counts(electors=3, present=2, for_=2, area=100, area_present=90, area_for=91),
            "赞成的面积（0.91㎡）超过了参与表决的面积（0.90㎡）",
        ),
    ],
)
def test_counts_that_contradict_one_another_are_refused_by_name(rule_id: str, counts: Counts, said: str) -> None:
    with pytest.raises(CountError) as caught:
        decide(rule_at(rule_id, TODAY), counts)
    assert said in str(caught.value)


def test_a_stricter_charter_wins() -> None:
    rule, counts = rule_at("V09", TODAY), Counts(electors=600, present=420, for_=410)
    charter = Override("新田三社章程", passing=(threshold("for >= 3/4 electors"),))
    assert decide(rule, counts).passed
    outcome = decide(rule, counts, charter)
    assert not outcome.passed
    assert outcome.still_needed == {Count.PRESENT: 30, Count.FOR: 40}


def test_a_weaker_charter_is_refused_with_the_clause() -> None:
    charter = Override("新田三社章程", passing=(threshold("for > 1/2 present"),))
    with pytest.raises(WeakerThanLaw, match=r"新田三社章程的规定低于法律，不能采用：通过要求.*第27条第3款"):
        decide(rule_at("V09", TODAY), Counts(electors=600, present=420, for_=410), charter)


def test_a_charter_sets_the_quorum_that_the_law_leaves_to_it() -> None:
    rule = rule_at("V10", TODAY)
    charter = Override("章程", quorum=quorum([["present > 1/2 electors"]]), notice_days=5)
    outcome = decide(rule, Counts(electors=30, present=16, for_=16), charter)
    assert (outcome.quorum_met, outcome.passed) == (True, False)


def test_unanimity_is_out_of_reach_after_one_no() -> None:
    rule = replace(rule_at("V01", TODAY), passing=(threshold("for >= 1/1 present"),))
    outcome: Outcome = decide(rule, Counts(present=10, for_=9, against=1, households=3, households_present=3))
    assert not outcome.reachable
