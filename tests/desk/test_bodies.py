"""The tree of organisations: who leads, who sits where from when, what is missing, as of which day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from redhouse.desk.queries.bodies import SOON, children_of, nodes, party_tree
from redhouse.ground.bodies.enums import BodyKind, RelationKind
from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.people.models import Post
from tests.cast import BEGIN, HAIZHOU, SOCIETY, TODAY, XINTIAN, person
from tests.desk.pages import clean

HX = {"HX-Request": "true"}


def body(name: str) -> Body:
    return Body.objects.get(name=name)


@pytest.mark.parametrize("who", ["secretary", "neighbour", "admin", "outsider", "nobody"])
def test_everybody_in_the_house_sees_who_leads(signed, who: str) -> None:
    page = clean(signed(who).get("/bodies/"))
    for text in ("西樵镇党委", "办一心", "新田村党委", "田大业", "海舟村党委", "舟行远", "在册1"):
        assert text in page
    assert "户常访" not in page  # members are counted, not named


def test_a_stranger_sees_none(town: str, client) -> None:
    for address in ("/bodies/", f"/bodies/{body('新田村党委').pk}/", f"/bodies/at/{XINTIAN}/"):
        assert client.get(address).status_code == 302


def test_what_nobody_leads_is_said(signed) -> None:
    page = clean(signed("outsider").get(f"/bodies/{body('新田村党委').pk}/"))
    assert "书记未登记" in page  # the branch below
    assert page.count("书记未登记") == 1
    assert "主任（理事长）未登记" in clean(signed("outsider").get(f"/bodies/at/{XINTIAN}/"))


def test_terms_that_end_are_said_by_word(signed) -> None:
    post = Post.objects.get(person=person("secretary"))
    address = f"/bodies/{body('新田村党委').pk}/?as_of=2018-12-14"
    for ends, word in (
        (TODAY + SOON, "即将届满（2019年3月14日）"),
        (TODAY + SOON + timedelta(days=1), "2019年3月15日届满"),
        (TODAY, "已届满（2018年12月14日）"),
    ):
        post.term_ends_on = ends
        post.save()
        assert word in clean(signed("outsider").get(address))
    assert "1人已届满" in clean(signed("outsider").get("/bodies/"))


def test_as_of_another_day(signed) -> None:
    leader = Post.objects.get(person=person("secretary"))
    leader.until_on = date(2018, 6, 1)
    leader.save()
    client, address = signed("outsider"), f"/bodies/{body('新田村党委').pk}/"
    assert "田大业" in clean(client.get(f"{address}?as_of=2018-05-31"))
    page = clean(client.get(f"{address}?as_of=2018-06-01"))
    assert "田大业" not in page
    assert "书记未登记" in page
    assert "才成立" in clean(client.get(f"{address}?as_of=2017-01-01"))
    assert "这一天还没有登记任何组织" in clean(client.get("/bodies/?as_of=2017-01-01"))
    for wrong in ("2018-13-01", "yesterday", "2999-01-01"):
        assert 'class="error"' in clean(client.get(f"/bodies/?as_of={wrong}"))


def test_htmx_gets_the_inside_and_others_the_page(signed) -> None:
    client, address = signed("outsider"), f"/bodies/{body('新田村党委').pk}/"
    inside = clean(client.get(address, headers=HX))
    assert "<html" not in inside
    assert "新田第一党支部" in inside
    page = clean(client.get(address))
    assert "<html" in page
    assert f'href="/bodies/{body("西樵镇党委").pk}/"' in page  # the way up
    assert client.get("/bodies/999999/").status_code == 404


def test_by_place(signed) -> None:
    client = signed("outsider")
    page = clean(client.get("/bodies/?by=place"))
    assert f'hx-get="/bodies/at/{HAIZHOU}/"' in page
    here = clean(client.get(f"/bodies/at/{XINTIAN}/"))
    assert "新田村党委" in here
    assert "新田村务监督委员会" in here
    assert "新田第一党支部" not in here  # it opens below the village's committee
    assert "海舟" not in here


def test_relations_are_said_from_both_ends(town: str) -> None:
    one, other = body("新田村党委"), body("新田村务监督委员会")
    Relation.objects.create(kind=RelationKind.GUIDES, from_body=one, to_body=other, from_on=BEGIN)
    first, second = nodes([one, other], TODAY)
    assert first.said == ["指导：新田村务监督委员会"]
    assert second.said == ["受“新田村党委”指导"]


def test_members_are_counted_with_those_below(town: str) -> None:
    [root], _below = party_tree(TODAY)
    assert (root.registered, root.floating, root.below) == (1, 0, 2)
    assert [node.body.name for node in children_of(root.body, TODAY)] == ["海舟村党委", "新田村党委"]


def test_a_hundred_branches_cost_no_query_more(signed) -> None:
    client, parent = signed("outsider"), body("新田村党委")
    address = f"/bodies/{parent.pk}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    cost()
    before = cost()
    Body.objects.bulk_create(
        Body(kind=BodyKind.PARTY_BRANCH, name=f"第{n}支部", division_code=SOCIETY, parent=parent, from_on=BEGIN)
        for n in range(100)
    )
    assert cost() == before
