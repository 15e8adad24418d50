"""A sheet is sent, approved by another, frozen for ever; later facts change the live one, and the page says which."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.actions import correct
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Household, Post
from redhouse.work.answers.actions import CannotDecide, approve, send_back, submit
from redhouse.work.answers.definitions import load_figures
from redhouse.work.answers.models import FrozenSheet, Sheet
from redhouse.work.answers.queries import answer_sheet
from redhouse.work.answers.queries.frozen import frozen_answers, is_whole, published_sheet
from redhouse.work.answers.queries.since import since_frozen
from redhouse.work.answers.todo import sheets
from tests.cast import BEGIN, TOWN, XINTIAN, person
from tests.work.answers.factories import AS_OF, fill_town, households, log, visit


@pytest.fixture
def filled(town: str) -> str:
    """The town, with 舟 as its secretary: she approves, 办 and 田 write."""
    fill_town()
    body = Body.objects.get(name="西樵镇党委")
    Post.objects.create(person=person("neighbour"), body=body, kind=PostKind.SECRETARY, from_on=BEGIN)
    return town


def sent(code: str = TOWN, by: str = "org") -> Sheet:
    return submit(division_code=code, as_of=AS_OF, last_fact_id=last_fact_id(), by=person(by), on=AS_OF)


def frozen(code: str = TOWN) -> FrozenSheet:
    return approve(sheet=sent(code), by=person("neighbour"), on=AS_OF)


def owed() -> list[tuple[str, str]]:
    """Who has what to do about a sheet, by the lists of things to do."""
    with everything():
        return [
            (who, row.step) for who in ("org", "neighbour", "member", "secretary") for row in sheets(person(who), AS_OF)
        ]


def browser(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def test_a_sheet_is_frozen_whole_and_the_log_vouches_for_it(filled: str) -> None:
    live = answer_sheet(TOWN, AS_OF)
    kept = frozen()
    assert [(a.figure.id, a.value, a.parts, a.facts) for a in frozen_answers(kept)] == [
        (a.figure.id, a.value, a.parts, a.facts) for a in live
    ]
    assert [a.figure.digest for a in frozen_answers(kept)] == [a.figure.digest for a in live]
    kept.refresh_from_db()
    assert is_whole(kept)
    assert kept.content["head"]["last_fact_id"] == kept.content["last_fact_id"]
    assert (kept.content["submitted_by"], kept.content["approved_by"]) == ("办一心", "舟行远")
    assert [fact.kind for fact in Fact.objects.filter(kind__startswith="sheet_").order_by("pk")] == [
        "sheet_submitted", "sheet_approved",
    ]  # fmt: skip
    assert len(Fact.objects.get(kind="sheet_approved").label) == 43
    kept.content["figures"][0]["numerator"] += 1
    assert not is_whole(kept)


def test_nobody_approves_their_own_and_only_a_party_committee_decides(filled: str) -> None:
    own = sent(by="neighbour")
    with pytest.raises(CannotDecide, match="自己的答卷"):
        approve(sheet=own, by=person("neighbour"), on=AS_OF)
    for who in ("org", "secretary", "supervisor", "outsider"):
        with pytest.raises(CannotDecide, match="党委书记或镇领导"):
            approve(sheet=own, by=person(who), on=AS_OF)
    branch = Body.objects.create(kind="party_branch", name="机关支部", division_code=TOWN, from_on=BEGIN)
    Post.objects.create(person=person("outsider"), body=branch, kind=PostKind.SECRETARY, from_on=BEGIN)
    with pytest.raises(CannotDecide, match="党委书记或镇领导"):
        approve(sheet=own, by=person("outsider"), on=AS_OF)


def test_one_waits_at_a_time_and_a_returned_one_is_followed_by_the_next(filled: str) -> None:
    first = sent()
    with pytest.raises(CannotDecide, match="正等待批准"):
        sent()
    assert owed() == [("neighbour", "批准答卷")], "not the author"
    send_back(sheet=first, reason="十一月漏记", by=person("neighbour"), on=AS_OF)
    assert owed() == [("org", "改好再送批")]
    assert "十一月漏记" in browser("org").get("/").content.decode()
    with pytest.raises(CannotDecide, match="已退回"):
        approve(sheet=first, by=person("neighbour"), on=AS_OF)
    assert sent().number == 2
    assert owed() == [("neighbour", "批准答卷")]
    with pytest.raises(CannotDecide, match="没有签名的日志头"):
        submit(division_code=XINTIAN, as_of=AS_OF, last_fact_id=10**9, by=person("org"), on=AS_OF)


def test_the_newest_approved_sheet_is_published(filled: str) -> None:
    assert published_sheet(TOWN) is None
    sent(XINTIAN)
    assert published_sheet(XINTIAN) is None
    older = frozen()
    newer = frozen()
    assert older.pk != newer.pk
    published = published_sheet(TOWN)
    assert published is not None
    assert published.pk == newer.pk


def test_each_reason_is_told_apart(filled: str) -> None:
    kept = frozen()
    assert all(change.is_same for change in since_frozen(kept))
    wrong = visit(households()[0])
    log()
    later = {change.frozen.figure.id: change for change in since_frozen(kept) if not change.is_same}
    assert set(later) == {"F03", "F04"}
    assert later["F03"].later is not None
    assert (later["F03"].later.added, later["F03"].later.corrected) == (1, 0)
    assert (later["F03"].ground, later["F03"].text) == (False, False)
    kept = frozen()
    fixed = correct(fact_id=wrong, by=1, quantity=4)
    Household.objects.filter(pk=households()[2].pk).update(until_on=AS_OF - timedelta(days=1))
    log()
    changes = {change.frozen.figure.id: change for change in since_frozen(kept) if not change.is_same}
    assert changes["F03"].later is not None
    assert changes["F03"].later.corrections == [(fixed, wrong)]
    assert changes["F05"].ground
    assert changes["F05"].later is None


def test_changed_text_is_a_reason_of_its_own(filled: str) -> None:
    kept = frozen()
    figure = next(item for item in kept.content["figures"] if item["id"] == "F03")
    figure["count_sql"] = figure["count_sql"].replace("sum(quantity)", "sum(quantity) * 2")
    figure["numerator"] *= 2
    change = next(change for change in since_frozen(kept) if change.frozen.figure.id == "F03")
    assert (change.text, change.ground, change.later) == (True, False, None)


def test_story_through_http(filled: str) -> None:
    author, approver = browser("org"), browser("neighbour")
    address = reverse("answers:division", kwargs={"code": TOWN})
    page = author.get(address, {"as_of": "2018-12-14"}).content.decode()
    assert "送批</button>" in page
    assert "批准并冻结</button>" not in page
    cut = last_fact_id()
    post = {"as_of": "2018-12-14", "cut": cut}
    page = author.post(reverse("answers:submit", kwargs={"code": TOWN}), post, follow=True).content.decode()
    assert "第1稿已送批。" in page
    sheet = Sheet.objects.get()
    here = {"code": TOWN, "sheet_id": sheet.pk}
    assert author.post(reverse("answers:approve", kwargs=here)).status_code == 403
    assert browser("secretary").get(reverse("answers:approval", kwargs=here)).status_code == 404
    page = approver.get(address, {"as_of": "2018-12-14"}).content.decode()
    assert page.count("btn-primary") == 1
    assert "批准并冻结</button>" in page
    page = approver.post(reverse("answers:approve", kwargs=here), follow=True).content.decode()
    assert "第1稿已批准并冻结。" in page
    assert page.count("相同</span>") == len(load_figures())
    log()
    first = Fact.objects.filter(kind="visit_recorded").order_by("pk")[0].pk
    fixed = correct(fact_id=first, by=1, quantity=10)
    log()
    page = approver.get(reverse("answers:approval", kwargs=here)).content.decode()
    row = page.split('<tr id="F03">')[1].split("</tr>")[0]
    assert [">4<" in row, ">13<" in row, f"第{fixed}条更正第{first}条。" in row] == [True] * 3
    assert "内容与摘要相符" in page
    assert 'aria-expanded="false">13</a>' in author.get(address, {"as_of": "2018-12-14"}).content.decode()


def test_a_return_needs_a_reason(filled: str) -> None:
    here = {"code": TOWN, "sheet_id": sent().pk}
    approver, address = browser("neighbour"), reverse("answers:send-back", kwargs=here)
    assert "退回要写明原因" in approver.post(address, {"reason": " "}, follow=True).content.decode()
    page = approver.post(address, {"reason": "十一月漏记"}, follow=True).content.decode()
    assert "十一月漏记" in page
    assert Sheet.objects.get().state == "returned"


def test_strangers_read_the_frozen_sheet_not_the_live_one(filled: str) -> None:
    frozen()
    log()
    visit(households()[0], quantity=98_765)
    log()
    page = Client().get(reverse("open:sheet")).content.decode()
    assert "批准并冻结" in page
    assert "未经批准的现算数" not in page
    live = browser("org").get(reverse("answers:figure", args=[TOWN, "F03"])).content.decode()
    assert ("98,769" in live, "98,769" in page) == (True, False)
