"""Plan, expect, be present, cancel; and no room twice at one time, however many ask at once."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection

from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.ground.occasions.actions import AlreadyCancelled, cancel_occasion, expect_people, record_presence
from redhouse.ground.occasions.models import Attendance, Occasion
from redhouse.ground.places.models import Space
from tests.cast import HAIZHOU, person
from tests.ground.occasions.factories import NINE, hour, plan, two_rooms

TAKEN = "这个场室在这段时间已有安排，请换时间或场室"


@pytest.fixture
def rooms(town: str) -> tuple[Space, Space]:
    return two_rooms()


def facts() -> list[tuple[str, int | None, int | None, str]]:
    return list(Fact.objects.order_by("fact_id").values_list("kind", "subject_id", "object_id", "label"))


def test_planning_leaves_a_fact_with_place_and_day(rooms: tuple[Space, Space]) -> None:
    occasion = plan(rooms[0])
    assert facts() == [("occasion_planned", occasion.pk, rooms[0].pk, "lesson")]
    fact = Fact.objects.get()
    assert (fact.division_code, fact.happened_on, fact.actor_id) == (
        HAIZHOU,
        date(2018, 12, 14),
        person("neighbour").pk,
    )


def test_the_day_is_that_of_the_town_and_not_of_greenwich(rooms: tuple[Space, Space]) -> None:
    plan(rooms[0], hour(23), hour(24))
    plan(rooms[0], hour(24), hour(25))  # midnight: sixteen hours earlier it is the day before in Greenwich
    days = Fact.objects.order_by("fact_id").values_list("happened_on", flat=True)
    assert list(days) == [date(2018, 12, 14), date(2018, 12, 15)]


@pytest.mark.parametrize(
    ("begin", "end"),
    [(9, 11), (8, 12), (10, 10.5), (8, 10), (10, 12), (8, 9.5)],
    ids=["same", "around", "inside", "over the beginning", "over the end", "into"],
)
def test_a_room_is_not_taken_twice(rooms: tuple[Space, Space], begin: float, end: float) -> None:
    plan(rooms[0])
    with pytest.raises(ValidationError) as refused:
        plan(rooms[0], hour(0, int(begin * 60)), hour(0, int(end * 60)))
    assert refused.value.messages == [TAKEN]
    assert Occasion.objects.count() == len(facts()) == 1


def test_before_after_another_room_and_no_room_are_free(rooms: tuple[Space, Space]) -> None:
    plan(rooms[0])
    plan(rooms[0], hour(11), hour(12))
    plan(rooms[0], hour(8), hour(9))
    plan(rooms[1])
    plan(None)
    plan(None)
    assert Occasion.objects.count() == 6


def test_what_was_cancelled_frees_the_room(rooms: tuple[Space, Space]) -> None:
    first = plan(rooms[0])
    cancel_occasion(occasion=first, by=person("neighbour"), at=hour(8))
    second = plan(rooms[0])
    assert [kind for kind, *_ in facts()] == ["occasion_planned", "occasion_cancelled", "occasion_planned"]
    first.refresh_from_db()
    assert (first.cancelled_at, first.cancelled_by, second.cancelled_at) == (hour(8), person("neighbour"), None)


def test_cancelling_twice_is_said(rooms: tuple[Space, Space]) -> None:
    occasion = plan(rooms[0])
    cancel_occasion(occasion=occasion, by=person("neighbour"), at=hour(8))
    with pytest.raises(AlreadyCancelled, match="这次活动已经取消"):
        cancel_occasion(occasion=occasion, by=person("neighbour"), at=hour(8))
    assert len(facts()) == 2


@pytest.mark.parametrize("until", [9, 8])
def test_a_reversed_period_is_called_that_and_not_an_overlap(rooms: tuple[Space, Space], until: int) -> None:
    plan(rooms[0])
    with pytest.raises(ValidationError) as refused:
        plan(rooms[0], until_at=hour(until))
    assert refused.value.message_dict == {"until_at": ["结束时间应晚于开始时间"]}


def test_an_occasion_as_it_stands_is_valid(rooms: tuple[Space, Space]) -> None:
    """With the attname in the constraint, every row would overlap itself."""
    plan(rooms[0])
    Occasion.objects.get().full_clean()


def race(count: int, work) -> list[object]:
    """Run `work(number)` in as many threads, let go together; what each returned or raised."""
    gate, results = threading.Barrier(count), []

    def run(number: int) -> None:
        try:
            set_reach("*")
            gate.wait(60)
            results.append(work(number))
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == count
    return results


def test_of_twelve_racing_for_a_room_one_gets_it_and_eleven_hear_why(rooms: tuple[Space, Space]) -> None:
    results = race(12, lambda number: plan(rooms[0], hour(9, number), hour(10, number)))
    refused = [result.messages for result in results if isinstance(result, ValidationError)]
    assert refused == [[TAKEN]] * 11
    assert Occasion.objects.count() == len(facts()) == 1


def test_of_twelve_racing_past_the_friendly_check_the_database_lets_one_in(rooms: tuple[Space, Space]) -> None:
    host = plan(None).host

    def save(number: int) -> int:
        occasion = Occasion(
            kind="lesson",
            title="党课",
            host=host,
            space=rooms[0],
            division_code=HAIZHOU,
            from_at=NINE,
            until_at=hour(11),
        )
        occasion.save()
        return occasion.pk

    results = race(12, save)
    assert sum(isinstance(result, int) for result in results) == 1
    # Two that wait for each other's row are a deadlock to the server: it throws one of them out by that name.
    refused = [result for result in results if isinstance(result, IntegrityError | OperationalError)]
    assert len(refused) == 11
    assert all("occasion_no_double_booking" in str(error) or "deadlock" in str(error) for error in refused)


def test_people_are_put_on_the_list_once(rooms: tuple[Space, Space]) -> None:
    occasion = plan(rooms[0])
    some = [person("member"), person("grid")]
    assert expect_people(occasion=occasion, people=some) == 2
    assert expect_people(occasion=occasion, people=[*some, person("supervisor")]) == 3


def test_presence_is_recorded_once_and_keeps_its_first_moment(rooms: tuple[Space, Space]) -> None:
    occasion, member = plan(rooms[0]), person("member")
    expect_people(occasion=occasion, people=[member])
    first = record_presence(occasion=occasion, person=member, by=person("neighbour"), at=hour(9, 5))
    again = record_presence(occasion=occasion, person=member, by=person("org"), at=hour(10))
    assert (first.pk, again.present_at, again.present_by, again.is_expected) == (
        again.pk,
        hour(9, 5),
        person("neighbour"),
        True,
    )
    assert facts()[1:] == [("presence_recorded", occasion.pk, member.pk, "lesson")]


def test_somebody_who_was_not_expected_is_present_all_the_same(rooms: tuple[Space, Space]) -> None:
    attendance = record_presence(occasion=plan(rooms[0]), person=person("member"), by=person("org"), at=NINE)
    assert (attendance.is_expected, attendance.present_at) == (False, NINE)


def test_twelve_taps_at_once_are_one_presence(rooms: tuple[Space, Space]) -> None:
    occasion, member, by = plan(rooms[0]), person("member"), person("org")
    results = race(12, lambda _: record_presence(occasion=occasion, person=member, by=by, at=NINE).pk)
    assert set(results) == {Attendance.objects.get().pk}
    assert len(facts()) == 2
