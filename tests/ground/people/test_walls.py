"""The second wall about people, tried with a reach that the cast's posts really give."""

import pytest
from django.db import DatabaseError, connection, transaction

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import set_reach
from redhouse.ground.people.models import Household, Membership, Person
from redhouse.kit.bulk import copy_through
from tests.cast import HAIZHOU, SOCIETY, TODAY, TOWN, XINTIAN, person

IN_XINTIAN = {"田大业", "监正直", "格致知", "户常访", "户主1", "户主2", "户主3"}
IN_TOWN = IN_XINTIAN | {"办一心", "管无私", "审有度", "舟行远", "外来客"}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("org", IN_TOWN),
        ("secretary", IN_XINTIAN),
        ("supervisor", IN_XINTIAN),
        ("grid", IN_XINTIAN),
        ("neighbour", {"舟行远", "外来客"}),
        ("admin", {"管无私"}),
        ("auditor", {"审有度"}),
        ("member", {"户常访"}),
        ("outsider", {"外来客"}),
    ],
)
def test_a_query_without_any_filter_sees_only_whom_the_posts_reach(town: str, who: str, names: set[str]) -> None:
    me = person(who)
    set_reach(reach_of(me, Verb.SEE_PEOPLE, TODAY), person_id=me.pk)
    assert set(Person.objects.values_list("name", flat=True)) == names


def test_joins_and_counts_leak_nothing(town: str) -> None:
    set_reach([HAIZHOU])
    assert (Household.objects.count(), Membership.objects.count()) == (0, 0)
    assert Person.objects.filter(memberships__isnull=False).count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(name) FROM people_person WHERE division_code LIKE '440605122220%'")
        assert cursor.fetchone() == (0, None)


@pytest.mark.parametrize("reach", ["4406051222200010", "44060512222000", "999", "%", "_", "'", "440605122219 "])
def test_a_reach_is_a_prefix_and_nothing_cleverer(town: str, reach: str) -> None:
    set_reach([reach])
    names = set(Person.objects.values_list("name", flat=True))
    assert names == ({"户主1", "户主2"} if reach == SOCIETY[:14] else set())


def test_one_cannot_write_beyond_ones_reach(town: str) -> None:
    set_reach([HAIZHOU])
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Person.objects.create(name="越界", division_code=XINTIAN)
    assert Person.objects.create(name="本村", division_code=HAIZHOU).pk


def test_one_cannot_push_a_row_over_the_wall_nor_pull_one_across(town: str) -> None:
    set_reach([HAIZHOU])
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Person.objects.filter(name="外来客").update(division_code=TOWN)
    assert Person.objects.filter(name="户常访").update(division_code=HAIZHOU) == 0
    assert Person.objects.filter(name="户常访").delete()[0] == 0
    set_reach("*")
    assert Person.objects.get(name="户常访").division_code == XINTIAN


def test_bulk_rows_pass_the_same_wall(town: str) -> None:
    sealed = ("citizen_id", "citizen_id_index", "citizen_id_tail", "phone", "phone_index", "phone_tail")
    columns = ("name", "initials", "sex", "division_code", *sealed, "is_demo")
    rows = [(f"批量{n}", "", "0", HAIZHOU, *[b""] * 6, False) for n in range(5)]
    set_reach([HAIZHOU])
    with transaction.atomic(), connection.cursor() as cursor:
        assert copy_through(cursor, "people_person", columns, rows) == 5
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
        copy_through(cursor, "people_person", columns, [*rows, ("越界", "", "0", XINTIAN, *[b""] * 6, False)])
    assert Person.objects.filter(name__startswith="批量").count() == 5
