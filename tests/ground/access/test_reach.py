"""The reach on the connection: it nests, it shuts behind a block, and a broken transaction takes it along."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from redhouse.ground.access.reach import everything, set_reach, use_reach
from redhouse.ground.people.models import Person
from tests.cast import HAIZHOU, TOWN, XINTIAN, person


def seen() -> set[str]:
    return set(Person.objects.values_list("division_code", flat=True))


def test_a_block_sees_its_reach_and_no_more(town: str) -> None:
    with use_reach([HAIZHOU]):
        assert seen() == {HAIZHOU}
    with use_reach([HAIZHOU, XINTIAN]):
        assert {code[:12] for code in seen()} == {HAIZHOU, XINTIAN}
    with use_reach(()):
        assert seen() == set()


def test_blocks_nest_and_the_outer_reach_comes_back(town: str) -> None:
    set_reach([HAIZHOU])
    with everything():
        assert TOWN in seen()
        with use_reach(()):
            assert seen() == set()
        assert TOWN in seen()
    assert seen() == {HAIZHOU}


def test_everything_inside_everything_costs_nothing_and_a_narrower_block_counts(town: str) -> None:
    with everything(), CaptureQueriesContext(connection) as asked:
        with everything():
            pass
        assert not asked.captured_queries
        with use_reach([XINTIAN]):
            with everything():
                assert TOWN in seen()
            assert TOWN not in seen()
        assert TOWN in seen()


def test_a_block_shuts_also_when_it_fails(town: str) -> None:
    set_reach(())
    with pytest.raises(RuntimeError), everything():
        raise RuntimeError
    assert seen() == set()


def test_a_broken_transaction_takes_the_reach_along(town: str) -> None:
    set_reach([HAIZHOU])
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic(), everything():
        connection.cursor().execute("SELECT 1/0")
    assert seen() == {HAIZHOU}


def test_a_caught_failure_inside_a_transaction_does_not_leave_the_wall_open(town: str) -> None:
    set_reach([HAIZHOU])
    with transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic(), everything():
            connection.cursor().execute("SELECT 1/0")
        assert seen() == {HAIZHOU}
    assert seen() == {HAIZHOU}


def test_a_failure_outside_every_transaction_does_not_leave_the_wall_open(town: str) -> None:
    set_reach([HAIZHOU])
    with pytest.raises(DatabaseError), everything():
        connection.cursor().execute("SELECT 1/0")
    assert seen() == {HAIZHOU}


def test_a_transaction_rolled_back_inside_the_block_does_not_leave_the_wall_open(town: str) -> None:
    set_reach([HAIZHOU])
    with pytest.raises(DatabaseError), everything(), transaction.atomic():
        connection.cursor().execute("SELECT 1/0")
    assert seen() == {HAIZHOU}


def test_a_block_opened_in_a_transaction_that_is_rolled_back_on_purpose(town: str) -> None:
    set_reach([HAIZHOU])
    with transaction.atomic():
        with everything():
            assert TOWN in seen()
        transaction.set_rollback(True)
    assert seen() == {HAIZHOU}


def test_ones_own_row_is_seen_without_any_reach(town: str) -> None:
    member = person("member")
    with use_reach((), person_id=member.pk):
        assert list(Person.objects.values_list("pk", flat=True)) == [member.pk]
