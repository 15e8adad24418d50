"""Person by verb by place, over the whole cast: what is not in the table is refused."""

from datetime import date, timedelta

import pytest

from redhouse.ground.access.enums import RIGHTS, Reach, Verb
from redhouse.ground.access.rules import may, may_look_behind_mask
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Post
from tests import cast
from tests.cast import BEGIN, ESTATE, GRID, HAIZHOU, MARKET, SOCIETY, TODAY, TOWN, XINTIAN, person

IN_XINTIAN = {XINTIAN, SOCIETY, ESTATE, GRID}
IN_HAIZHOU = {HAIZHOU, MARKET}
EVERYWHERE = {TOWN} | IN_XINTIAN | IN_HAIZHOU
LEAD = {
    Verb.SEE_PEOPLE, Verb.LOOK_BEHIND_MASK, Verb.RECORD_VISITS, Verb.CORRECT_FACTS, Verb.SEE_ANSWERS,
    Verb.KEEP_REGISTRY, Verb.KEEP_VENUES, Verb.SERVE_NOTICES, Verb.SEE_MATTERS, Verb.OPEN_MATTERS,
    Verb.SEE_CASES, Verb.FILL_FORMS,
}  # fmt: skip
OFFICE = LEAD | {Verb.SUBMIT_ANSWERS, Verb.ANSWER_DATA_REQUESTS}
# the list of powers is asked for at the town, so a village secretary's right to approve it stays without effect
APPROVE = OFFICE | {Verb.APPROVE_ANSWERS, Verb.APPROVE_POWER_LIST, Verb.APPROVE_INSPECTIONS, Verb.APPROVE_FORMS}

ALLOWED: dict[str, dict[Verb, set[str]]] = {
    "org": dict.fromkeys(OFFICE | {Verb.KEEP_POWER_LIST, Verb.DRAFT_FORMS}, EVERYWHERE),
    "secretary": dict.fromkeys(APPROVE, IN_XINTIAN),
    "neighbour": dict.fromkeys(APPROVE, IN_HAIZHOU),
    "supervisor": dict.fromkeys({Verb.SEE_PEOPLE, Verb.SEE_ANSWERS, Verb.SEE_MATTERS, Verb.SEE_CASES}, IN_XINTIAN),
    # sees the answers of the village that the post is in, and not of each society below it
    "grid": dict.fromkeys(
        {Verb.SEE_PEOPLE, Verb.RECORD_VISITS, Verb.SERVE_NOTICES, Verb.SEE_CASES, Verb.FILL_FORMS}, IN_XINTIAN
    )
    | {Verb.SEE_ANSWERS: {XINTIAN}},
    "admin": {Verb.KEEP_ACCOUNTS: EVERYWHERE},
    "auditor": {Verb.READ_AUDIT: EVERYWHERE},
    "member": {},
    "outsider": {},
}


def test_the_table_speaks_of_everybody_in_the_cast() -> None:
    assert set(ALLOWED) == {name for name, *_ in cast.PEOPLE}
    assert {code for code, *_ in cast.DIVISIONS} == EVERYWHERE


def test_nobody_may_more_or_less_than_the_table_says(town: str) -> None:
    found = {
        name: {verb: places for verb in Verb if (places := {at for at in EVERYWHERE if may(who, verb, at, TODAY)})}
        for name in ALLOWED
        if (who := person(name))
    }
    assert found == ALLOWED


def test_a_stranger_may_nothing(town: str) -> None:
    assert [verb for verb in Verb if may(None, verb, XINTIAN, TODAY)] == []


def test_a_post_gives_its_rights_from_its_first_day_to_the_day_before_its_end(town: str) -> None:
    end = date(2018, 7, 1)
    post = person("secretary").posts.get()
    Post.objects.filter(pk=post.pk).update(until_on=end)

    def on(day: date) -> bool:
        return may(person("secretary"), Verb.RECORD_VISITS, SOCIETY, day)

    day = timedelta(days=1)
    assert [on(BEGIN - day), on(BEGIN), on(end - day), on(end), on(TODAY)] == [False, True, True, False, False]


def test_of_two_posts_each_counts_where_it_is(town: str) -> None:
    who = person("grid")
    Post.objects.create(person=who, body=person("neighbour").posts.get().body, kind=PostKind.SUPERVISOR, from_on=BEGIN)
    who = person("grid")
    assert may(who, Verb.SEE_ANSWERS, MARKET, TODAY)  # supervisor: here and below
    assert not may(who, Verb.RECORD_VISITS, MARKET, TODAY)  # that is the grid worker's, in Xintian


def test_a_right_here_stops_at_the_borders_of_the_level(town: str) -> None:
    who = person("admin")
    Post.objects.filter(person=who).update(kind=PostKind.SEC_ADMIN)
    assert RIGHTS[PostKind.SEC_ADMIN] == {Verb.READ_AUDIT: Reach.HERE}
    who = person("admin")
    assert {at for at in EVERYWHERE if may(who, Verb.READ_AUDIT, at, TODAY)} == {TOWN}


def test_the_three_administrators_share_no_right_and_do_none_of_the_work() -> None:
    trio = [set(RIGHTS[kind]) for kind in (PostKind.SYS_ADMIN, PostKind.SEC_ADMIN, PostKind.AUDIT_ADMIN)]
    assert trio[0] & (trio[1] | trio[2]) == set()
    assert set().union(*trio) & (LEAD | {Verb.SEE_ANSWERS}) == set()


def test_every_post_is_in_the_table_of_rights() -> None:
    assert set(RIGHTS) == set(PostKind)


@pytest.mark.parametrize(
    ("who", "may_it"),
    [("org", True), ("secretary", True), ("member", True), ("supervisor", False), ("grid", False),
     ("neighbour", False), ("admin", False), ("auditor", False), ("outsider", False)],
)  # fmt: skip
def test_who_may_look_behind_the_mask_of_a_member(town: str, who: str, may_it: bool) -> None:
    assert may_look_behind_mask(person(who), person("member"), on=TODAY) is may_it
