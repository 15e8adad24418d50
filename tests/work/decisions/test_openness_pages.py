"""The tab 公开 and the public pages, as browsers get them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import close_step
from redhouse.ground.process.queries import open_step
from redhouse.kit import today as clock
from redhouse.kit.masks import mask_name
from redhouse.work.decisions import actions
from redhouse.work.decisions.models import Matter, Objection, Publicity
from tests.cast import XINTIAN, person
from tests.ground.process.factories import D1
from tests.work.decisions.boards import BEGAN, DAY, archived, ended, matter_at, posted, prepared


@pytest.fixture(autouse=True)
def at_the_day():
    clock.stand_at(D1)


@pytest.fixture
def stranger() -> Client:
    return Client()


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def taken(answer) -> bytes:
    """The file, read to its end."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return content


def board() -> SimpleUploadedFile:
    return SimpleUploadedFile("board.png", b"\x89PNG board", content_type="image/png")


def test_a_sheet_is_made_posted_and_closes_its_step_through_the_pages(town):
    matter = matter_at("publicity")
    browser = signed_in("director")
    page = browser.get(f"/decisions/{matter.pk}/disclosure/new/")
    assert "公示期不少于7" in page.content.decode()
    form = {"title": "分红公示", "text": "每股2,500元", "number": "", "places": "村公开栏", "from_on": D1}
    assert browser.post(f"/decisions/{matter.pk}/disclosure/new/", form).status_code == 302
    sheet = Publicity.objects.get()
    page = browser.get(f"/decisions/{matter.pk}/disclosure/").content.decode()
    assert "还没有张贴" in page
    assert sheet.code in page
    given = {"photo": board(), "seen_on": D1, "phase": "start"}
    assert browser.post(f"/decisions/{matter.pk}/disclosure/{sheet.pk}/photo/", given).status_code == 302
    assert open_step(matter.run).key == "notice"
    for name, kind in (("a4.pdf", "application/pdf"), ("a3.pdf", "application/pdf"), ("a4.docx", "application/vnd")):
        answer = browser.get(f"/decisions/{matter.pk}/disclosure/{sheet.pk}/{name}")
        assert (answer.status_code, answer["Content-Type"].startswith(kind)) == (200, True)
        assert taken(answer)
    amended = {"text": "每股2,400元", "reason": "金额更正", "is_material": "yes"}
    assert browser.post(f"/decisions/{matter.pk}/disclosure/{sheet.pk}/amend/", amended).status_code == 302
    assert Publicity.objects.count() == 2


def test_members_object_and_supervisors_answer_through_the_pages(town):
    matter = matter_at("decision")
    posted(matter, BEGAN)
    clock.stand_at(BEGAN + DAY)
    member, watcher = signed_in("member"), signed_in("supervisor")
    assert member.post(f"/decisions/{matter.pk}/object/", {"text": "少算了一户"}).status_code == 302
    assert "少算了一户" in member.get(f"/decisions/{matter.pk}/object/").content.decode()
    outsider = signed_in("outsider")
    outsider.post(f"/decisions/{matter.pk}/object/", {"text": "与我无关"})
    with everything():
        assert matter.objections.get().text == "少算了一户"
    told = outsider.get(f"/decisions/{matter.pk}/object/").content.decode()
    assert ("您登记的住址不在那里" in told, "少算了一户" in told, "<textarea" in told) == (True, False, False)
    paper = {"paper-text": "没有通知我", "paper-name": "外来客"}
    assert watcher.post(f"/decisions/{matter.pk}/objections/", paper).status_code == 302
    page = watcher.get(f"/decisions/{matter.pk}/disclosure/").content.decode()
    assert "少算了一户" in page
    assert "户常访" not in page
    assert mask_name("户常访") in page
    answer = {"answer": "已按册计算", "is_upheld": "no"}
    assert watcher.post(f"/decisions/{matter.pk}/objections/1/answer/", answer).status_code == 302
    with everything():
        assert list(Objection.objects.order_by("number").values_list("is_upheld", flat=True)) == [False, None]


def test_out_of_reach_is_not_found(town):
    matter = matter_at("publicity")
    sheet = prepared(matter)
    other = signed_in("neighbour")
    for path in ("disclosure/", "disclosure/new/", f"disclosure/{sheet.pk}/a4.pdf", "archive/bundle.zip"):
        assert other.get(f"/decisions/{matter.pk}/{path}").status_code == 404
    assert signed_in("member").get(f"/decisions/{matter.pk}/archive/bundle.zip").status_code == 404


def test_strangers_find_matters_by_village_stage_and_words(town, stranger):
    matter = matter_at("publicity")
    page = stranger.get("/open/matters/")
    assert page.status_code == 200
    text = page.content.decode()
    assert matter.title in text
    assert "表决前公示" in text
    for query, is_found in (
        ({"village": XINTIAN}, True), ({"village": "440605122219"}, False), ({"stage": "pre_publicity"}, True),
        ({"stage": "vote"}, False), ({"q": "股份分红"}, True), ({"q": "新田"}, True), ({"q": "没有的"}, False),
    ):  # fmt: skip
        answer = stranger.get("/open/matters/", query).content.decode()
        assert (f"/open/matters/{matter.pk}/" in answer) is is_found, query


def test_a_matter_is_public_with_its_returns_sheets_and_counts(town, stranger):
    matter = matter_at("review")
    close_step(step=open_step(matter.run), outcome="returned", by=person("secretary"), on=D1, reason="金额没有附表")
    text = stranger.get(f"/open/matters/{matter.pk}/").content.decode()
    assert "金额没有附表" in text
    assert "退回" in text
    assert "3,120,000.00" in text
    assert stranger.get("/open/matters/999/").status_code == 404


def test_objections_are_public_by_number_alone(town, stranger):
    matter = matter_at("decision")
    posted(matter, BEGAN)
    actions.raise_objection(matter=matter, text="少算了一户", by=person("member"), on=BEGAN + DAY)
    clock.stand_at(BEGAN + 12 * DAY)
    text = stranger.get(f"/open/matters/{matter.pk}/").content.decode()
    assert "少算了一户" not in text
    assert re.search(r"<dt>收到</dt><dd>1</dd>.*<dt>已答复</dt><dd>0</dd>.*<dt>超期未答复</dt><dd>1</dd>", text)


def test_the_code_on_the_paper_leads_to_what_it_must_say(town, stranger):
    matter = matter_at("publicity")
    sheet = posted(matter)
    text = stranger.get(f"/open/posters/{sheet.code}/").content.decode()
    for part in ("可分配收益3,120,000.00元", sheet.paper.number, sheet.code, "村公开栏"):
        assert part in text
    assert sheet.code in stranger.get("/open/posters/").content.decode()
    unknown = stranger.get("/open/posters/AAAA-BBBB-CCCC/")
    assert unknown.status_code == 404
    assert "不是本镇任何一张公示稿的" in unknown.content.decode()
    printed = stranger.get(f"/open/posters/{sheet.code}/a4.pdf")
    assert taken(printed)[:5] == b"%PDF-"
    assert stranger.get(f"/open/posters/{sheet.code}/a5.pdf").status_code == 404
    with everything():
        new = actions.amend_publicity(
            publicity=sheet, text="改", reason="更正金额", is_material=True, site="https://x.example",
            by=person("director"), on=D1,
        )  # fmt: skip
    assert new.code in stranger.get(f"/open/posters/{sheet.code}/").content.decode()


def test_pages_are_kept_until_a_fact_is_added(town, stranger):
    matter = matter_at("publicity")
    first = stranger.get("/open/matters/")
    assert "max-age=60" in first["Cache-Control"]
    assert stranger.get("/open/matters/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    with everything():
        posted(matter)
    assert stranger.get("/open/matters/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_public_page_of_a_matter_names_anybody(town, stranger):
    matter = archived()
    second = matter_at("decision")
    posted(second, BEGAN)
    actions.raise_objection(matter=second, text="我家少了", by=person("member"), on=BEGAN + DAY)
    sequence_all()
    with everything():
        actions.seal_bundle(archive=matter.archive, on=BEGAN + 60 * DAY)
        names = {one.name for one in Person.objects.all()}
    paths = ["/open/matters/", "/open/posters/"]
    paths += [f"/open/matters/{pk}/" for pk in Matter.objects.values_list("pk", flat=True)]
    paths += [f"/open/posters/{code}/" for code in Publicity.objects.values_list("code", flat=True)]
    told = []
    for path in paths:
        for language in ("zh-hans", "en"):
            answer = stranger.get(path, headers={"Accept-Language": language})
            assert answer.status_code == 200
            text = answer.content.decode()
            told += [(name, path) for name in names | {mask_name(name) for name in names} if name in text]
    assert told == []


def test_the_list_costs_the_same_for_one_and_for_three(town, stranger, django_assert_max_num_queries):
    matter_at("publicity")
    with django_assert_max_num_queries(14):
        stranger.get("/open/matters/")
    with everything():
        matter_at("publicity")
        posted(matter_at("publicity"))
    with django_assert_max_num_queries(14):
        stranger.get("/open/matters/")


def test_the_archive_is_sealed_and_taken_through_the_pages(town):
    matter = matter_at("result")
    row = posted(matter, BEGAN + 16 * DAY)
    end = BEGAN + 40 * DAY
    ended(row, end)
    clock.stand_at(end)
    browser = signed_in("director")
    assert browser.post(f"/decisions/{matter.pk}/archive/").status_code == 302
    sequence_all()
    with everything():
        actions.seal_bundle(archive=Matter.objects.get(pk=matter.pk).archive, on=end)
    answer = browser.get(f"/decisions/{matter.pk}/archive/bundle.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert taken(answer)[:2] == b"PK"
