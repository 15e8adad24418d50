"""Recording, correcting and taking away facts."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from redhouse.ground.ledger.actions import (
    AlreadyCorrected,
    UnknownKind,
    UnknownLabel,
    correct,
    record,
    record_many,
    void,
)
from redhouse.ground.ledger.facts import FACT_VOIDED
from redhouse.ground.ledger.models import Fact
from tests.cast import HAIZHOU, XINTIAN
from tests.ground.ledger.factories import KIND, MAY_DAY, visit, visit_rows


def test_record_writes_every_column_and_the_database_adds_clock_and_salt(house: str) -> None:
    before = timezone.now()
    number = record(
        KIND,
        happened_on=MAY_DAY,
        division_code=XINTIAN,
        by=7,
        actor=8,
        subject=9,
        object=10,
        quantity=3,
        label="themed",
    )
    fact = Fact.objects.get(pk=number)
    assert (fact.kind, fact.division_code, fact.happened_on, fact.quantity, fact.label) == (
        KIND,
        XINTIAN,
        MAY_DAY,
        3,
        "themed",
    )
    assert (fact.recorder_id, fact.actor_id, fact.subject_id, fact.object_id, fact.corrects_id) == (7, 8, 9, 10, None)
    assert before - timedelta(minutes=1) < fact.recorded_at < before + timedelta(minutes=1)
    assert len(bytes(fact.salt)) == 16


def test_the_recorder_is_the_actor_unless_another_is_named(house: str) -> None:
    assert Fact.objects.get(pk=visit(by=7)).actor_id == 7


def test_two_equal_facts_have_different_salts(house: str) -> None:
    first, second = Fact.objects.get(pk=visit()), Fact.objects.get(pk=visit())
    assert bytes(first.salt) != bytes(second.salt)


def test_record_many_keeps_the_order_of_its_rows(house: str) -> None:
    assert record_many(visit_rows(5000)) == 5000
    subjects = list(Fact.objects.order_by("fact_id").values_list("subject_id", flat=True))
    assert subjects == list(range(1, 5001))


def test_record_many_is_all_or_nothing(house: str) -> None:
    rows = [*visit_rows(10), (KIND, "44", MAY_DAY, 7, 7, 1, None, 1, "")]
    with pytest.raises(IntegrityError, match="fact_division_code_has_12_or_15_digits"):
        record_many(rows)
    assert Fact.objects.count() == 0


def test_a_kind_that_no_room_declared_is_refused_and_named(house: str) -> None:
    with pytest.raises(UnknownKind, match="没有名为“moon_visited”的事实"):
        record("moon_visited", happened_on=MAY_DAY, division_code=XINTIAN, by=7)
    with pytest.raises(UnknownKind, match="moon_visited"):
        record_many([*visit_rows(3), ("moon_visited", XINTIAN, MAY_DAY, 7, 7, 1, None, 1, "")])
    assert Fact.objects.count() == 0


def test_a_label_outside_the_closed_list_is_refused_and_named(house: str) -> None:
    when = date(2018, 3, 1)
    with pytest.raises(UnknownLabel, match="“visit_recorded”没有“tea”这个标签：只能是 household"):
        record("visit_recorded", happened_on=when, division_code="440605122220", by=1, label="tea")
    good = ("visit_recorded", "440605122220", when, 1, 1, 1, None, 1, "household")
    with pytest.raises(UnknownLabel, match="tea"):
        record_many([good, (*good[:8], "tea")])
    assert Fact.objects.count() == 0


def test_a_correction_copies_what_it_does_not_change(house: str) -> None:
    wrong = visit(9, quantity=2)
    right = Fact.objects.get(pk=correct(fact_id=wrong, by=8, happened_on=date(2018, 5, 2), division_code=HAIZHOU))
    assert (right.corrects_id, right.kind, right.subject_id, right.quantity) == (wrong, KIND, 9, 2)
    assert (right.happened_on, right.division_code) == (date(2018, 5, 2), HAIZHOU)
    assert (right.actor_id, right.recorder_id) == (7, 8)


def test_the_corrected_fact_stays_as_it_was(house: str) -> None:
    wrong = visit()
    before = Fact.objects.filter(pk=wrong).values().get()
    correct(fact_id=wrong, by=8, quantity=5)
    assert Fact.objects.filter(pk=wrong).values().get() == before


def test_corrections_form_a_chain_and_never_fork(house: str) -> None:
    first = visit()
    second = correct(fact_id=first, by=7, quantity=2)
    third = correct(fact_id=second, by=7, quantity=3)
    with pytest.raises(AlreadyCorrected, match=f"第 {first} 条已由第 {second} 条更正：请更正第 {second} 条"):
        correct(fact_id=first, by=7, quantity=4)
    assert list(Fact.objects.order_by("fact_id").values_list("corrects_id", flat=True)) == [None, first, second]
    assert third > second > first


def test_a_void_is_a_later_fact_that_nothing_counts(house: str) -> None:
    wrong = visit(9)
    gone = Fact.objects.get(pk=void(fact_id=wrong, by=8, on=date(2018, 6, 1)))
    assert (gone.kind, gone.corrects_id, gone.subject_id) == (FACT_VOIDED, wrong, 9)
    assert (gone.happened_on, gone.division_code) == (date(2018, 6, 1), XINTIAN)
    with pytest.raises(AlreadyCorrected):
        void(fact_id=wrong, by=8, on=date(2018, 6, 1))


def test_a_fact_that_does_not_exist_cannot_be_corrected(house: str) -> None:
    with pytest.raises(LookupError, match="没有第 99 条事实"):
        correct(fact_id=99, by=7, quantity=2)


def test_of_two_racing_corrections_one_wins_and_the_other_hears_who(house: str) -> None:
    """The second writer looks before the first commits: only the unique column can stop it then."""
    wrong = visit()
    heard: list[BaseException] = []

    def second() -> None:
        try:
            correct(fact_id=wrong, by=8, quantity=8)
        except AlreadyCorrected as refusal:
            heard.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        winner = correct(fact_id=wrong, by=7, quantity=7)
        other.start()
        other.join(timeout=0.5)  # it now waits for our commit inside the insert
        assert other.is_alive()
    other.join(timeout=60)
    assert [str(error) for error in heard] == [f"第 {wrong} 条已由第 {winner} 条更正：请更正第 {winner} 条"]
    assert list(Fact.objects.filter(corrects_id=wrong).values_list("pk", flat=True)) == [winner]


def test_after_a_lost_race_the_callers_transaction_still_works(house: str) -> None:
    wrong = visit()
    winner: list[int] = []

    def first() -> None:
        try:
            winner.append(correct(fact_id=wrong, by=7, quantity=7))
        finally:
            connection.close()

    with transaction.atomic():
        Fact.objects.count()
        thread = threading.Thread(target=first)
        thread.start()
        thread.join()
        with pytest.raises(AlreadyCorrected):
            correct(fact_id=wrong, by=8, quantity=8)
        visit(2)
    assert Fact.objects.filter(subject_id=2).count() == 1
