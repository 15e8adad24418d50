"""A charter asks for more than the law or is refused with the clause."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redhouse.kit.voting import (
    Counts,
    Override,
    Proxies,
    Rule,
    Threshold,
    VoteBody,
    at_least_as_strict,
    decide,
    every_version,
    rule_at,
    tightened,
    weaknesses,
)
from redhouse.kit.voting.reading import quorum, threshold
from redhouse.kit.voting.strictness import implies

TODAY = date(2026, 3, 1)
LAW, ELECTION = rule_at("V09", TODAY), rule_at("V06", TODAY)
OR_HOUSEHOLDS = quorum([["present >= 2/3 electors"], ["households_present >= 2/3 households"]])


def charter(**said: object) -> Override:
    return Override("章程", **said)


@pytest.mark.parametrize("rule", list(every_version()), ids=lambda one: f"{one.id}-{one.body}-{one.mode}-{one.from_on}")
def test_every_rule_is_as_strict_as_itself(rule: Rule) -> None:
    assert at_least_as_strict(rule, rule) == []
    assert at_least_as_strict(charter(), rule) == []


@pytest.mark.parametrize(
    ("base", "said", "part"),
    [
        (LAW, charter(notice_days=9), "notice"),
        (LAW, charter(notice_days=0), "notice"),
        (LAW, charter(quorum=quorum([["present > 1/2 electors"]])), "quorum"),
        (LAW, charter(quorum=()), "quorum"),
        (LAW, charter(quorum=OR_HOUSEHOLDS), "quorum"),
        (LAW, charter(passing=(threshold("for > 1/2 electors"),)), "passing"),
        (LAW, charter(passing=(threshold("for >= 2/3 present"),)), "passing"),
        (LAW, charter(passing=(threshold("for >= 3/4 present"),)), "passing"),
        (LAW, charter(passing=(threshold("for >= 665/1000 electors"),)), "passing"),
        (LAW, charter(passing=()), "passing"),
        (LAW, charter(proxies=Proxies(allowed=True)), "proxies"),
        (rule_at("V01", TODAY), charter(proxies=Proxies(allowed=True)), "proxies"),
        (rule_at("V01", TODAY), charter(passing=(threshold("for >= 1/2 present"),)), "passing"),
        (ELECTION, charter(secret=False), "secret"),
        (ELECTION, charter(proxies=Proxies(allowed=True, max_per_holder=4, candidates_none=True)), "proxies"),
        (ELECTION, charter(proxies=Proxies(allowed=True, max_per_holder=3)), "proxies"),
        (ELECTION, charter(proxies=Proxies(allowed=True, candidates_none=True)), "proxies"),
        (rule_at("V13", TODAY), charter(quorum=quorum([["present >= 2/3 electors"]])), "quorum"),
        (rule_at("V13", TODAY), charter(passing=(threshold("for > 1/2 present"),)), "passing"),
        (rule_at("V16", TODAY), charter(passing=(threshold("for > 1/2 present"),)), "passing"),
    ],
)  # fmt: skip
def test_what_is_weaker_is_named_with_its_clause(base: Rule, said: Override, part: str) -> None:
    (found,) = weaknesses(said, base)
    assert found.part == part
    assert at_least_as_strict(said, base) == [str(found)]
    assert "第" in str(found)
    assert "条" in str(found)


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (LAW, charter(notice_days=10)),
        (LAW, charter(notice_days=15, quorum=quorum([["present >= 3/4 electors"]]))),
        (LAW, charter(quorum=quorum([["present > 2/3 electors", "households_present > 1/2 households"]]))),
        (LAW, charter(passing=(threshold("for > 2/3 electors"),))),
        (LAW, charter(proxies=Proxies())),
        (LAW, charter(proxies=Proxies(allowed=True, same_household_only=True, max_per_holder=1))),
        (rule_at("V01", TODAY), charter(passing=(threshold("for > 1/2 electors"),))),
        (rule_at("V01", TODAY), charter(quorum=quorum([["present >= 2/3 electors"]]))),
        (ELECTION, charter(passing=(threshold("for > 1/2 electors"),))),
        (ELECTION, charter(secret=True)),
        (rule_at("V14", TODAY), charter(passing=(threshold("area_for >= 3/4 area"), threshold("for >= 4/5 present")))),
        # numbers of our own do not bind a charter
        (rule_at("V02", TODAY), charter(notice_days=1)),
        (rule_at("V10", TODAY), charter(notice_days=3, quorum=quorum([["present > 1/2 electors"]]))),
        (rule_at("V10", TODAY), charter(quorum=())),
        (rule_at("V17", TODAY), charter(passing=(threshold("for > 1/2 present"),))),
    ],
)
def test_what_is_as_strict_or_stricter_stands(base: Rule, said: Override) -> None:
    assert at_least_as_strict(said, base) == []
    stood = tightened(base, said)
    assert (stood.id, stood.clauses) == (base.id, base.clauses)
    for name in ("notice_days", "quorum", "passing", "proxies", "secret"):
        wanted = getattr(said, name)
        assert getattr(stood, name) == (getattr(base, name) if wanted is None else wanted)


def test_a_rule_of_another_body_is_held_against_the_law_as_well() -> None:
    found = at_least_as_strict(rule_at("V01", TODAY), LAW)
    assert len(found) == 2
    assert "到会要求（应到人数的过半数，或者总户数的2/3以上）低于规定（应到人数的2/3以上）" in found[0]
    assert "通过要求（到会人数的过半数）低于规定（应到人数的2/3以上）" in found[1]
    assert at_least_as_strict(rule_at("V12", TODAY), LAW) == []
    assert at_least_as_strict(rule_at("V15", TODAY, VoteBody.REC_MEMBERS_ASSEMBLY), LAW) == []
    assert len(at_least_as_strict(rule_at("V18", date(2018, 12, 14)), LAW)) == 3  # and no days of notice


def test_no_notice_at_all_is_weaker_than_ten_days() -> None:
    assert "提前通知0天，少于规定的10天" in at_least_as_strict(replace(LAW, notice_days=None), LAW)[0]


SHARES = st.builds(
    lambda numerator, denominator, strict, base: threshold(
        f"for {'>' if strict else '>='} {min(numerator, denominator)}/{max(numerator, denominator)} {base}"
    ),
    st.integers(1, 6), st.integers(1, 6), st.booleans(), st.sampled_from(["electors", "present"]),
)  # fmt: skip


@given(SHARES, SHARES, st.integers(1, 40), st.data())
def test_what_is_held_to_be_stricter_carries_less(mine: Threshold, law: Threshold, electors: int, data) -> None:
    present = data.draw(st.integers(0, electors))
    agreed = data.draw(st.integers(0, present))
    counts = Counts(electors=electors, present=present, for_=agreed)
    if implies(mine, law) and mine.holds(agreed, counts.get(mine.base)):
        assert law.holds(agreed, counts.get(law.base))


@given(SHARES, st.integers(1, 60), st.data())
def test_what_a_charter_carries_the_law_would_carry(mine: Threshold, electors: int, data) -> None:
    said = charter(passing=(mine,))
    if at_least_as_strict(said, LAW):
        return
    present = data.draw(st.integers(0, electors))
    counts = Counts(electors=electors, present=present, for_=data.draw(st.integers(0, present)))
    assert decide(LAW, counts, said).passed <= decide(LAW, counts).passed
