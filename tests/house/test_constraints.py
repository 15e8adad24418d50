"""Every constraint is broken once, by name: the database refuses, and a form would have said why."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from redhouse.ground.ledger.actions import record
from redhouse.ground.ledger.models import Fact
from tests.cast import BEGIN
from tests.house import ways_to_break_clients as clients
from tests.house import ways_to_break_decisions as decisions
from tests.house import ways_to_break_forms as forms
from tests.house import ways_to_break_gridwork as gridwork
from tests.house import ways_to_break_money as money
from tests.house import ways_to_break_process as process
from tests.house import ways_to_break_visits as visits
from tests.house import ways_to_break_votes as votes
from tests.house.ways_to_break import NINE, PERIODS, WAYS, occasion, saved, space

CONSTRAINTS = {
    constraint.name: constraint
    for model in apps.get_models()
    if model.__module__.startswith("redhouse.")
    for constraint in model._meta.constraints
}
DEFAULT = models.BaseConstraint.default_violation_error_message
SENTENCES = sorted(name for name, constraint in CONSTRAINTS.items() if constraint.violation_error_message != DEFAULT)

# The field's own validator is quicker with a sentence of its own, so the constraint is asked alone.
FIELD_SPEAKS_FIRST = (
    {
        "fact_corrected_once",
        "fact_corrects_an_earlier_one",
        "fact_holds_no_free_text",
        "paper_has_a_title",
        "notice_has_a_title",
        "announcement_says_when_and_where",
    }
    | process.SPEAKING_FIELDS
    | gridwork.SPEAKING_FIELDS
    | decisions.SPEAKING_FIELDS
    | votes.SPEAKING_FIELDS
    | visits.SPEAKING_FIELDS
    | money.SPEAKING_FIELDS
    | clients.SPEAKING_FIELDS
    | forms.SPEAKING_FIELDS
)


def save(row: models.Model) -> None:
    if row.pk is not None and isinstance(row, Fact):  # a number of one's own choice is beyond the application
        row.save(using="owner", force_insert=True)
    elif isinstance(row, Fact):  # it writes facts by this one door
        record(
            row.kind,
            happened_on=row.happened_on,
            division_code=row.division_code,
            by=None,
            label=row.label,
            corrects=row.corrects_id,
        )
    else:
        row.save()


def test_every_constraint_has_a_way_to_break_it() -> None:
    assert sorted(WAYS) == sorted(CONSTRAINTS), "complete tests/house/ways_to_break.py"


@pytest.mark.parametrize("name", sorted(WAYS))
def test_the_database_refuses_by_name(town: str, name: str) -> None:
    row = WAYS[name]()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        save(row)
    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_form_says_the_sentence(town: str, name: str) -> None:
    row = WAYS[name]()
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints() if name in FIELD_SPEAKS_FIRST else row.full_clean()
    assert str(CONSTRAINTS[name].violation_error_message) in refused.value.messages


@pytest.mark.parametrize("noun", sorted(PERIODS))
def test_a_period_that_ends_before_it_begins_is_called_that(town: str, noun: str) -> None:
    """Also where an exclusion constraint reads the period: the database cannot even make a range of it."""
    row = PERIODS[noun](until_on=BEGIN.replace(year=2016))
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.messages == ["止期应晚于起期（止期当日不计入）"]


def test_an_occasion_that_ends_before_it_begins_is_called_that(town: str) -> None:
    room = saved(space())
    saved(occasion(space=room))
    with pytest.raises(ValidationError) as refused:
        occasion(space=room, until_at=NINE.replace(year=2017)).full_clean()
    assert refused.value.messages == ["结束时间应晚于开始时间"]


def test_a_code_with_letters_is_called_that(town: str) -> None:
    row = PERIODS["division"](code="44060512222X")
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.messages == ["区划代码应为12位，村以下再加3位"]


@pytest.mark.parametrize("noun", sorted(PERIODS))
def test_the_rows_that_are_broken_here_are_sound_otherwise(town: str, noun: str) -> None:
    row = PERIODS[noun]()
    row.full_clean()
    row.save()
    row.full_clean()  # no constraint compares a row with itself
