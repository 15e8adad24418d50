"""The vote calculator: anyone may ask, without script and without an account, in a house with or without a town."""

from datetime import date

import pytest
from django.test import Client

from redhouse.desk.public.votes import choices_on, who_decides
from redhouse.kit.voting import every_version
from tests.desk.pages import clean

PATH = "/open/vote-rules/"
MEMBERS = {"rule": "V09", "on": "2026-03-01", "electors": "618", "present": "430"}


@pytest.fixture
def ask(house: str, stranger: Client):
    def asked(**values: str) -> str:
        answer = stranger.get(PATH, values)
        assert answer.status_code == 200
        return clean(answer)

    return asked


def test_it_opens_with_a_rule_of_today_and_its_text(ask) -> None:
    page = ask()
    assert '<option value="V09" selected>V09 集体经济组织成员大会</option>' in page
    assert "提前10天" in page
    assert "应到人数的2/3以上" in page
    assert "《农村集体经济组织法》第27条第3款" in page
    assert "有三分之二以上具有完全民事行为能力的成员参加" in page
    assert 'id="electors"' in page
    assert 'id="area"' not in page
    assert 'class="count"' not in page


def test_a_vote_that_carries(ask) -> None:
    page = ask(**MEMBERS, **{"for": "412", "against": "10", "abstain": "8"})
    assert "通过。" in page
    assert "赞成票412，须达412（应到人数的2/3以上，共618），已达到。" in page
    assert page.count("<svg width=") == 2
    assert '<rect class="c-yes" x="0.00%" y="24" width="66.66%" height="28"/>' in page
    assert '<line x1="66.66%" x2="66.66%"' in page


def test_a_vote_that_does_not_says_what_is_needed(ask) -> None:
    assert "未通过，赞成票还差12。" in ask(**MEMBERS, **{"for": "400"})
    assert "到会不足，不能作出决定：到会人数还差12、赞成票还差12。" in ask(
        **(MEMBERS | {"present": "400"}), **{"for": "400"}
    )
    page = ask(**(MEMBERS | {"present": "618"}), **{"for": "400", "against": "218"})
    assert "未通过：即使余下的人都来、都赞成，也达不到。" in page


def test_owners_count_by_heads_and_by_area(ask) -> None:
    heads = {"rule": "V13", "on": "2026-03-01", "electors": "300", "present": "200", "for": "101"}
    page = ask(**heads, area="30000", area_present="20000", area_for="10000")
    assert "未通过，赞成的面积还差0.01㎡。" in page
    assert page.count("<svg width=") == 4


def test_a_missing_count_is_asked_for_by_name_at_its_field(ask) -> None:
    page = ask(**MEMBERS)
    assert "V09还需要：赞成票（for）。" in page
    assert 'id="for" name="for" value="" inputmode="numeric" autocomplete="off" aria-invalid="true"' in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"rule": "V09", "on": "2018-12-14"}, "2018-12-14没有“V09”这条规则；请另选一条。"),
        ({"rule": "<b>", "on": "2026-03-01"}, "没有“&lt;b&gt;”这条规则"),
        ({"on": "yesterday"}, "日期写成2026-03-01这样，而不是“yesterday”。"),
        ({"on": "1949-10-01"}, "1949-10-01还没有可用的规则；下面列的是1990-01-01的。"),
        (MEMBERS | {"for": "many"}, "赞成票应当是整数，而不是“many”。"),
        (MEMBERS | {"for": "9" * 500}, "赞成票应当是整数"),
        (MEMBERS | {"for": "431"}, "合计431，超过了到会人数（430）"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_page_stays(ask, values: dict[str, str], said: str) -> None:
    page = ask(**values)
    assert said in page
    assert 'id="rule"' in page


def test_the_day_picks_the_rule(ask) -> None:
    page = ask(rule="V18.rec_members_assembly", on="2018-12-14", electors="600", present="300", **{"for": "150"})
    assert "通过。" in page
    assert "《广东省农村集体资产管理条例》（2016年修订）第12条第3款" in page
    assert "到2025年5月1日为止" in page


def test_a_number_of_our_own_is_shown_as_such(ask) -> None:
    page = ask(rule="V10", on="2026-03-01")
    assert '<span class="plan-tag">本系统的设定，条文没有规定</span>' in page
    assert "本系统的默认值，条文未核实" in ask(rule="V16.election", on="2026-03-01")


def test_who_decides_what_is_on_the_page(ask) -> None:
    page = ask(on="2026-03-01")
    assert "2026年3月1日：什么事由谁决定" in page
    assert "仅当章程把这项职权交给成员代表大会" in page


def test_every_version_of_every_rule_can_be_chosen_on_its_days() -> None:
    for version in every_version():
        keys = [choice.key for choice in choices_on(version.from_on)]
        assert len(set(keys)) == len(keys)
        assert version in [choice.rule for choice in choices_on(version.from_on)]


def test_it_speaks_english(house: str, stranger: Client) -> None:
    stranger.post("/open/look/", {"language": "en", "next": PATH})
    page = clean(stranger.get(PATH, {**MEMBERS, "for": "400"}))
    assert "Not carried: 12 more votes for." in page
    assert "Law on Rural Collective Economic Organisations, art. 27 para. 3" in page
    assert "A decision needs the consent of at least two thirds of all members" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert not [letter for letter in main if "\u4e00" <= letter <= "\u9fff"]


def test_it_may_be_kept_and_is_linked(house: str, filled: str, stranger: Client) -> None:
    answer = stranger.get(PATH)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer.cookies == {}
    assert stranger.post(PATH).status_code == 405
    assert f'href="{PATH}"' in clean(stranger.get("/open/"))


def test_nothing_is_asked_of_the_database_about_who_decides() -> None:
    able = who_decides(date(2026, 3, 1))
    assert len(able) == 25
    assert all(one.bodies for one in able)
