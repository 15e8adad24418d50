"""The book of sentences refuses what could not be said."""

import pytest

from redhouse.ground.ledger.facts import FACT_VOIDED, all_kinds, declare, kind_named


@pytest.mark.parametrize("name", ["", "ab", "Visit_recorded", "visit-recorded", "1visit", "x" * 41, "visité"])
def test_a_name_is_lower_case_letters_digits_and_underscores(name: str) -> None:
    with pytest.raises(ValueError, match="3-40 lower-case letters"):
        declare(name, "…")


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="'fact_voided' is declared twice"):
        declare(FACT_VOIDED, "…")
    assert str(kind_named(FACT_VOIDED).sentence) == "{actor}作废了一条记录"


def test_an_undeclared_kind_has_no_sentence() -> None:
    with pytest.raises(KeyError):
        kind_named("moon_visited")


def test_every_room_told_the_ledger_its_kinds() -> None:
    names = [kind.name for kind in all_kinds()]
    assert names == sorted(set(names))
    assert {"fact_voided", "division_registered", "visit_recorded", "personal_field_looked_at"} <= set(names)
