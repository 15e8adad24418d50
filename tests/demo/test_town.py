"""The generator: exact sums, full coverage, one seed one town."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redhouse.demo.layout import chinese
from redhouse.demo.source import read_source
from redhouse.demo.tiny import tiny
from redhouse.demo.town import Town, build_town
from redhouse.ground.bodies.enums import CHILD_KINDS, PARTY_KINDS, BodyKind
from redhouse.ground.people.enums import PostKind, Tie
from redhouse.ground.places.enums import DivisionKind
from redhouse.kit.ids import DEMO_PREFIX, check_citizen_id

XINTIAN, QIAOHUA = "440605122220", "440605122002"


@pytest.fixture(scope="module")
def whole() -> Town:
    return build_town(read_source())


def test_town_has_the_sizes_of_the_article(whole: Town) -> None:
    kinds = Counter(division.kind for division in whole.divisions)
    assert (kinds[DivisionKind.COMMUNITY], kinds[DivisionKind.VILLAGE], kinds[DivisionKind.ESTATE]) == (21, 11, 51)
    assert whole.households == 100_280
    assert 345 * whole.households < 346_000 * 100
    registered = [tie for tie in whole.rolls.ties if tie.tie == Tie.REGISTERED]
    in_orgs = Counter(tie.tie for org in whole.rolls.orgs for tie in org.members)
    assert len(registered) + in_orgs[Tie.REGISTERED] == 4_012
    assert in_orgs == {Tie.REGISTERED: 8, Tie.FLOATING: 118}
    assert len(whole.rolls.orgs) == 36


def test_people_in_estates_and_in_the_largest_community_add_up(whole: Town) -> None:
    in_estates, in_village = 0, Counter[str]()
    for homes in whole.homes:
        for dwelling, residents in zip(homes.dwellings, homes.residents, strict=True):
            assert 1 <= residents <= 9
            in_village[homes.code] += residents
            if dwelling.division_code[12:13] == "3":
                in_estates += residents
    assert in_estates == 101_640
    assert in_village[QIAOHUA] == 39_600
    sizes = {homes.code: len(homes.dwellings) for homes in whole.homes}
    assert max(sizes, key=lambda code: sizes[code]) == QIAOHUA
    assert sizes[XINTIAN] == 1_196


def test_societies_of_xintian_are_thirteen_of_equal_size_but_for_the_one_whose_size_is_stated(whole: Town) -> None:
    homes = next(homes for homes in whole.homes if homes.code == XINTIAN)
    counts = Counter(dwelling.division_code for dwelling in homes.dwellings)
    assert sorted(counts.values()) == [84] * 10 + [85] * 2 + [186]
    assert sum(counts.values()) == 13 * 92
    members = homes.collectives["新田村第三经济社"]
    assert (len(members), len({member.home for member in members}), sum(m.shares for m in members)) == (618, 186, 1248)
    members = [tie for tie in whole.rolls.ties if tie.body.startswith("新田村第")]
    assert len(members) == 120


def test_visits_sum_exactly_and_keep_their_rules(whole: Town) -> None:
    total, modes, months = 0, Counter[str](), Counter[int]()
    for homes in whole.homes:
        calls = list(whole.visits_of(homes))
        assert len({(call.home, call.day) for call in calls}) == len(calls)  # one member a household: one a day
        assert max(Counter(call.home for call in calls).values()) <= 8
        rate = Fraction(len(calls) * 100, len(homes.dwellings))
        assert 290 <= rate <= 410
        assert [call.day for call in calls] == sorted(call.day for call in calls)
        assert whole.source.rounds.windows[0] <= calls[0].day
        assert calls[-1].day <= whole.source.as_of
        total += len(calls)
        modes.update(call.mode for call in calls)
        months.update(call.day.month for call in calls)
    assert total == 346_000
    assert {month for month, _count in months.most_common(2)} == {2, 11}
    assert modes["household"] > 8 * (modes["themed"] + modes["checklist"])


def test_every_household_has_one_member_of_its_village(whole: Town) -> None:
    for homes in whole.homes:
        assert len(homes.members) == len(homes.dwellings)
        assert {whole.persons[member].division_code[:12] for member in homes.members} == {homes.code}
        loads = Counter(homes.members)
        assert set(loads) == set(whole.rolls.contacts[homes.code])  # no member is without households
        assert max(loads.values()) - min(loads.values()) <= 1


def test_every_member_has_a_branch_of_at_least_three(whole: Town) -> None:
    branches = Counter(tie.body for tie in whole.rolls.ties)
    kinds = {body.name: body.kind for body in whole.bodies}
    assert {kinds[name] for name in branches} == {BodyKind.PARTY_BRANCH}
    assert min(branches.values()) >= 3
    small_biz = [org for org in whole.rolls.orgs if org.row.kind == BodyKind.PARTY_BRANCH]
    assert min(len(org.members) for org in small_biz) >= 3
    assert len(branches) + len(small_biz) == 386


def test_bodies_stand_under_kinds_that_may_have_them(whole: Town) -> None:
    kinds = {body.name: body.kind for body in whole.bodies}
    assert len(kinds) == len(whole.bodies)
    for body in whole.bodies:
        if body.parent is not None:
            assert body.kind in CHILD_KINDS[kinds[body.parent]]
        else:
            assert body.kind not in PARTY_KINDS or body.name == whole.source.committee


def test_each_village_has_its_people_with_posts(whole: Town) -> None:
    kinds = {body.name: body.kind for body in whole.bodies}
    leads = Counter(post.body for post in whole.rolls.posts if post.kind == PostKind.SECRETARY)
    party = [name for name, kind in kinds.items() if kind in PARTY_KINDS and name != whole.source.committee]
    assert leads == dict.fromkeys(party, 1)
    teams = [name for name, kind in kinds.items() if kind == BodyKind.STATION_TEAM]
    leaders = Counter(post.body for post in whole.rolls.posts if post.kind == PostKind.STATION_LEADER)
    assert leaders == dict.fromkeys(teams, 1)
    each = Counter(post.person for post in whole.rolls.posts if post.kind == PostKind.STATION_LEADER)
    assert max(each.values()) == 2


def test_nobody_is_real(whole: Town) -> None:
    assert all(person.is_demo for person in whole.persons)
    for person in whole.persons[:200]:
        assert check_citizen_id(person.citizen_id, demo=True).startswith(DEMO_PREFIX)
    assert len({person.citizen_id for person in whole.persons}) == len(whole.persons)
    assert len({person.phone for person in whole.persons}) == len(whole.persons)
    assert all(person.phone.startswith("100") for person in whole.persons)
    # a character of each name in the article is missing from the lists, so that none of them can come about
    names = whole.source.names
    assert not set("颂雄豪诗蕴") & set(names.male + names.female)
    assert "付" not in names.surnames
    assert not set("春元") <= set(names.male)


def test_heads_of_households_are_names_only(whole: Town) -> None:
    for homes in whole.homes:
        assert all(not head.citizen_id and not head.phone and head.is_demo for head in homes.heads)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15)
def test_same_seed_same_town_and_exact_sums_for_any(seed: int) -> None:
    source = tiny(read_source())
    town, again = build_town(source, seed), build_town(source, seed)
    assert town == again
    visits = [list(town.visits_of(homes)) for homes in town.homes]
    assert visits == [list(again.visits_of(homes)) for homes in again.homes]
    assert sum(map(len, visits)) == source.sizes.visits
    assert town.households == source.sizes.households
    assert sum(homes.residents.__len__() for homes in town.homes) == source.sizes.households


def test_another_seed_gives_another_town() -> None:
    source = tiny(read_source())
    assert build_town(source, 1).persons != build_town(source, 2).persons


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (13, "十三"), (20, "二十"), (43, "四十三")])
def test_numbers_are_written_as_in_names(number: int, written: str) -> None:
    assert chinese(number) == written
