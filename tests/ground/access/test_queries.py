from datetime import date

from redhouse.ground.access.actions import look_behind_mask
from redhouse.ground.access.enums import LookField, LookReason, Verb
from redhouse.ground.access.models import Account
from redhouse.ground.access.queries import Watcher, looks_at, posts_of, reach_of, who_can_see
from redhouse.ground.access.reach import use_reach
from redhouse.ground.people.models import Post
from tests.cast import TODAY, XINTIAN, person


def test_who_can_see_a_villager_is_the_village_and_the_town_above_it(town: str) -> None:
    assert who_can_see(person("member"), TODAY) == [
        Watcher("办一心", "组织办干部", "西樵镇党委", True),
        Watcher("格致知", "网格员", "新田村党委", False),
        Watcher("田大业", "书记", "新田村党委", True),
        Watcher("监正直", "监督委员", "新田村务监督委员会", False),
    ]


def test_who_can_see_somebody_of_the_neighbour_village(town: str) -> None:
    assert [watcher.name for watcher in who_can_see(person("outsider"), TODAY)] == ["办一心", "舟行远"]


def test_who_can_see_me_is_the_same_for_one_who_sees_nobody(town: str) -> None:
    member = person("member")
    with use_reach((), person_id=member.pk):
        assert len(who_can_see(member, TODAY)) == 4


def test_a_post_that_ended_and_an_account_that_was_closed_see_nobody(town: str) -> None:
    Post.objects.filter(person=person("secretary")).update(until_on=TODAY)
    Account.objects.filter(username="grid").update(is_active=False)
    assert [watcher.name for watcher in who_can_see(person("member"), TODAY)] == ["办一心", "监正直"]
    assert "田大业" in [watcher.name for watcher in who_can_see(person("member"), date(2018, 6, 1))]


def test_who_can_see_agrees_with_may(town: str) -> None:
    from redhouse.ground.access.rules import may
    from tests.cast import PEOPLE

    for seen in ("member", "outsider", "org"):
        division = person(seen).division_code
        allowed = {name for account, name, *_ in PEOPLE if may(person(account), Verb.SEE_PEOPLE, division, TODAY)}
        assert {watcher.name for watcher in who_can_see(person(seen), TODAY)} == allowed


def test_posts_are_read_once_a_request(town: str, django_assert_num_queries) -> None:
    who = person("secretary")
    with django_assert_num_queries(1):
        assert posts_of(who, TODAY) == posts_of(who, TODAY)
    assert posts_of(None, TODAY) == []


def test_a_reach_is_the_shortest_list_of_prefixes(town: str) -> None:
    assert reach_of(person("org"), Verb.SEE_PEOPLE, TODAY) == ("440605122",)
    assert reach_of(person("secretary"), Verb.SEE_PEOPLE, TODAY) == (XINTIAN,)
    Post.objects.create(
        person=person("org"), body=person("secretary").posts.get().body, kind="secretary", from_on=TODAY
    )
    assert reach_of(person("org"), Verb.SEE_PEOPLE, TODAY) == ("440605122",)
    assert reach_of(person("outsider"), Verb.SEE_PEOPLE, TODAY) == ()


def test_looks_at_a_record_come_newest_first(town: str) -> None:
    member, secretary = person("member"), person("secretary")
    for field in (LookField.NAME, LookField.PHONE):
        look_behind_mask(person=member, field=field, reason=LookReason.VISIT, by=secretary, on=TODAY)
    assert [fact.label for fact in looks_at(member)] == ["phone.visit", "name.visit"]
    assert looks_at(secretary) == []
