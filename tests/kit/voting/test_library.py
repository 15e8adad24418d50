"""Which rule stands on which day."""

from datetime import date, timedelta

import pytest

from redhouse.kit.voting import (
    Mark,
    NotInForce,
    UnknownRule,
    VoteBody,
    decide,
    every_version,
    rule_at,
    rules_on,
)  # fmt: skip
from redhouse.kit.voting.counts import Counts
from redhouse.kit.voting.reading import clause, rule, threshold, versions

ARTICLE = date(2018, 12, 14)
TODAY = date(2026, 3, 1)


def test_there_are_eighteen_rules() -> None:
    assert list(versions()) == [f"V{number:02}" for number in range(1, 19)]


@pytest.mark.parametrize(
    "version", list(every_version()), ids=lambda one: f"{one.id}-{one.body}-{one.mode}-{one.from_on}"
)
def test_every_number_has_the_text_it_comes_from(version) -> None:
    assert version.passing
    assert version.clause("passing")
    assert version.clause("quorum")
    assert (version.notice_days is None) == (version.clause("notice") is None)
    for cited in version.clauses.values():
        assert cited.text
        assert cited.text_en
        assert cited.is_law == (cited.mark is Mark.SOURCED)


@pytest.mark.parametrize(
    "version", list(every_version()), ids=lambda one: f"{one.id}-{one.body}-{one.mode}-{one.from_on}"
)
def test_a_version_is_found_on_its_first_and_last_day(version) -> None:
    assert rule_at(version.id, version.from_on, version.body, version.mode) == version
    if version.until_on:
        assert rule_at(version.id, version.until_on - timedelta(days=1), version.body, version.mode) == version


def test_what_a_number_of_our_own_says_is_never_shown_as_law() -> None:
    for version in every_version():
        for cited in version.clauses.values():
            assert ("条文没有规定" in str(cited.cite()) or "条文未核实" in str(cited.cite())) != cited.is_law


def test_on_the_day_of_the_article_the_older_rules_stand() -> None:
    found = {one.id for one in rules_on(ARTICLE)}
    assert found == {"V01", "V02", "V03", "V04", "V06", "V07", "V13", "V14", "V15", "V16", "V17", "V18"}


def test_today_every_rule_stands_but_the_legacy_one() -> None:
    assert {one.id for one in rules_on(TODAY)} == set(versions()) - {"V18"}


@pytest.mark.parametrize(
    ("rule_id", "on", "said"),
    [
        ("V09", "2025-04-30", "V09自2025-05-01起施行，2025-04-30不适用；当日适用V18。"),
        ("V10", "2018-12-14", "当日适用V18"),
        ("V11", "2018-12-14", "当日适用V18"),
        ("V12", "2018-12-14", "当日适用V18"),
        ("V18", "2025-05-01", "V18施行到2025-05-01为止，2025-05-01不适用；当日适用V09、V10、V11。"),
        ("V13", "2018-03-18", "更早的条文本系统没有核实，不作计算"),
        ("V14", "2018-03-18", "更早的条文本系统没有核实，不作计算"),
        ("V05", "2025-12-31", "当日适用V04"),
        ("V08", "2025-12-31", "V08自2026-01-01起施行"),
        ("V16", "2018-10-27", "V16自2018-10-28起施行"),
    ],
)
def test_a_rule_out_of_force_says_from_when_and_what_instead(rule_id: str, on: str, said: str) -> None:
    with pytest.raises(NotInForce, match=said):
        rule_at(rule_id, date.fromisoformat(on))


@pytest.mark.parametrize("rule_id", ["V00", "V19", "v09", "", "九"])
def test_an_unknown_rule_is_named(rule_id: str) -> None:
    with pytest.raises(UnknownRule, match=f"没有规则“{rule_id}”"):
        rule_at(rule_id, TODAY)


def test_a_body_or_mode_that_a_rule_does_not_have_is_named() -> None:
    with pytest.raises(UnknownRule, match="规则V09没有“村民会议”这一种"):
        rule_at("V09", TODAY, VoteBody.VILLAGERS_ASSEMBLY)
    with pytest.raises(UnknownRule, match="规则V08没有“drum”这一种"):
        rule_at("V08", TODAY, mode="drum")


def test_a_rule_held_as_another_takes_over_its_quorum_and_notice() -> None:
    major, general = rule_at("V14", TODAY), rule_at("V13", TODAY)
    assert (major.quorum, major.notice_days, major.demand) == (general.quorum, general.notice_days, general.demand)
    assert major.passing != general.passing
    land = rule_at("V15", TODAY, VoteBody.VILLAGER_REP_ASSEMBLY)
    assert land.quorum == rule_at("V02", TODAY).quorum
    assert str(land.passing[0]) == "for >= 2/3 electors"


@pytest.mark.parametrize(
    "text", ["for > electors", "for >= 3/2 electors", "for >= 0/2 electors", "for < 1/2 present", "yes > 1/2 no"]
)
def test_a_threshold_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        threshold(text)


def test_a_number_without_a_text_is_refused() -> None:
    data = {**versions()["V09"][0]}
    for broken in (
        {**data, "notice_days": None},
        {**data, "clauses": {**data["clauses"], "kin": "rec_2024:29.1"}},
        {**data, "clauses": {**data["clauses"], "passing": "rec_2024:99"}},
        {**data, "clauses": {part: place for part, place in data["clauses"].items() if part != "notice"}},
    ):
        with pytest.raises((ValueError, KeyError)):
            rule(broken)
    with pytest.raises(KeyError):
        clause("ours:nothing")


def test_the_example_of_the_manual_carries() -> None:
    outcome = decide(rule_at("V09", TODAY), Counts(electors=618, present=430, for_=412, against=10, abstain=8))
    assert (outcome.quorum_met, outcome.passed, outcome.still_needed) == (True, True, {})
