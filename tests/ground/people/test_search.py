"""Finding people: by name, initials, last digits; inside the reach, and behind the wall."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connections

from redhouse.ground.access.reach import set_reach
from redhouse.ground.people.actions import NewPerson, register_persons
from redhouse.ground.people.models import Person
from redhouse.ground.people.queries import (
    count_homes,
    homes_in,
    members_below,
    part_of_name,
    persons_found,
    posts_in,
)
from redhouse.kit.ids import make_demo_citizen_id
from redhouse.kit.needle import Needle
from tests.cast import BEGIN, ESTATE, HAIZHOU, SOCIETY, TODAY, TOWN, XINTIAN

ID = make_demo_citizen_id(3, date(1980, 5, 4), 2)
EVERYWHERE = [TOWN[:9]]


@pytest.fixture
def found(town: str):
    register_persons(
        persons=[
            NewPerson("单大年", "1", XINTIAN, ID, "10012345678", is_demo=True),
            NewPerson("单年", "1", HAIZHOU, "", "10099995678", is_demo=True),
        ]
    )

    def names(typed: str, prefixes: list[str]) -> list[str]:
        return [person.name for person in persons_found(Needle.of(typed), prefixes)]

    return names


def test_by_two_characters_initials_and_digits(found) -> None:
    assert found("大年", EVERYWHERE) == ["单大年"]
    assert found("sdn", EVERYWHERE) == found("DDN", EVERYWHERE) == found("cdn", EVERYWHERE) == ["单大年"]
    assert found("5678", EVERYWHERE) == ["单年", "单大年"]  # 海舟 before 新田
    assert found(ID[-4:], EVERYWHERE) == ["单大年"]
    assert found(ID, EVERYWHERE) == found("10012345678", EVERYWHERE) == ["单大年"]
    assert found("1234", EVERYWHERE) == []


def test_any_part_of_a_long_name_is_found_by_indexes_behind_the_wall(found) -> None:
    name = "阿依古丽·买买提"
    register_persons(persons=[NewPerson(name, "2", XINTIAN, is_demo=True)])
    for start in range(len(name)):
        for end in range(start + 1, len(name) + 1):
            if name[start:end] != "·":  # no word
                assert name in found(name[start:end], EVERYWHERE), name[start:end]
    set_reach([XINTIAN])
    with connections["default"].cursor() as cursor:
        cursor.execute("SET enable_seqscan = off; SET enable_indexscan = off")  # a small town would be read through
    plan = Person.objects.filter(part_of_name("古丽")).explain()
    assert all(f"person_{index}" in plan for index in ("name ", "name_from_2", "name_from_3", "long_name"))


def test_the_whole_name_comes_before_its_parts(found) -> None:
    assert found("sn", EVERYWHERE) == ["单年"]
    assert found("dn", EVERYWHERE) == ["单年", "单大年"]


def test_signs_of_a_pattern_are_signs(found) -> None:
    assert found("%", EVERYWHERE) == found("单_年", EVERYWHERE) == []


def test_only_inside_the_prefixes_and_only_behind_an_open_wall(found) -> None:
    assert found("单", [XINTIAN]) == ["单大年"]
    assert found("单", []) == []
    set_reach([HAIZHOU])
    assert found("单", EVERYWHERE) == ["单年"]
    assert found("5678", EVERYWHERE) == ["单年"]
    set_reach(())
    assert found("单", EVERYWHERE) == found("5678", EVERYWHERE) == found(ID, EVERYWHERE) == []


def test_a_changed_name_and_number_are_found_and_the_old_are_not(found) -> None:
    person = Person.objects.get(name="单大年")
    person.name, person.phone = "曾大年", "10012340000"
    person.save()
    assert found("zdn", EVERYWHERE) == found("0000", EVERYWHERE) == ["曾大年"]
    assert found("sdn", EVERYWHERE) == []
    assert found("5678", EVERYWHERE) == ["单年"]


def test_rows_from_before_are_filled_in(found) -> None:
    connections["default"].close()
    call_command("migrate", "people", "0002", database="owner", verbosity=0)
    call_command("migrate", "places", "0001", database="owner", verbosity=0)
    call_command("migrate", database="owner", verbosity=0)
    set_reach("*")
    assert found("sdn", EVERYWHERE) == found(ID[-4:], EVERYWHERE) == ["单大年"]
    assert found("5678", EVERYWHERE) == ["单年", "单大年"]
    with connections["default"].cursor() as cursor:
        for table in ("people_person", "places_division", "bodies_body"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE initials = ''")
            assert cursor.fetchone() == (0,)


def test_who_leads_and_how_many_belong(town: str) -> None:
    from redhouse.ground.bodies.models import Body

    ids = {body.name: body.pk for body in Body.objects.all()}
    assert [post.name for post in posts_in([ids["新田村党委"]], TODAY)] == ["田大业", "格致知"]
    assert posts_in([ids["新田村党委"]], date(2017, 1, 1)) == []
    counted = members_below(ids.values(), TODAY)
    assert counted[ids["西樵镇党委"]] == counted[ids["新田村党委"]] == {"registered": 1}
    assert ids["海舟村党委"] not in counted
    assert members_below([], TODAY) == {}


def test_homes_of_a_place(town: str) -> None:
    assert count_homes([XINTIAN], BEGIN) == {SOCIETY: (2, 6), ESTATE: (1, 3)}
    assert count_homes([HAIZHOU], BEGIN) == {}
    assert [home.head.name for home in homes_in([ESTATE], BEGIN)] == ["户主3"]
