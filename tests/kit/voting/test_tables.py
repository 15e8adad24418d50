"""V01 to V18 on both sides of every edge, with the text each number comes from."""

from collections import Counter as Tally
from datetime import date

import pytest

from redhouse.kit.voting import Count, Counts, Rule, VoteBody, decide, rule_at
from tests.kit.voting.cases import TABLES, Table


def rule_of(table: Table) -> Rule:
    on, which = date.fromisoformat(table.on), table.which
    if which in list(VoteBody):
        return rule_at(table.rule, on, VoteBody(which))
    return rule_at(table.rule, on, mode=which or None)


def number(text: str) -> int:
    """Square metres with two decimals become hundredths."""
    return int(text.replace(".", ""))


def rows(table: Table) -> list[tuple[Counts, str]]:
    found = []
    for line in table.rows.strip().splitlines():
        left, right = line.split("|")
        values = zip(table.columns.split(), left.split(), strict=True)
        found.append(
            (Counts.of({Count(name): number(text) for name, text in values if text != "-"}), right.strip(". "))
        )
    return found


CASES = [
    pytest.param(table, counts, expected, id=f"{table.rule}-{table.on}-{table.which}-{index}")
    for table in TABLES
    for index, (counts, expected) in enumerate(rows(table))
]


@pytest.mark.parametrize(("table", "counts", "expected"), CASES)
def test_the_rule_says_what_the_text_says(table: Table, counts: Counts, expected: str) -> None:
    outcome = decide(rule_of(table), counts)
    assert ("q" * outcome.quorum_met + "p" * outcome.passed) == expected
    assert {str(one.clause.cite()) for one in outcome.reasons if one.part == "quorum"} == {table.quorum}
    assert {str(one.clause.cite()) for one in outcome.reasons if one.part == "passing"} == {table.passing}
    assert bool(outcome.still_needed) != outcome.passed


def test_every_rule_has_ten_cases_and_all_three_endings() -> None:
    number = Tally()
    for table in TABLES:
        found = [expected for _, expected in rows(table)]
        number[table.rule] += len(found)
        assert len(found) >= 10, f"{table.rule} {table.on} {table.which}"
        assert set(found) == {"", "q", "qp"}, f"{table.rule} {table.on} {table.which}"
    assert sorted(number) == [f"V{index:02}" for index in range(1, 19)]
