"""The pages of matters: who sees one, what the page says is missing, and what a form does."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from redhouse.ground.access.models import Account
from redhouse.kit.today import today
from redhouse.work.decisions.due import steps
from redhouse.work.decisions.models import Matter, Opinion
from redhouse.work.decisions.queries.facts import record_of
from redhouse.work.gridwork.actions import adopt_life
from tests.cast import person
from tests.ground.process.factories import society
from tests.work.decisions.factories import ON, adopt_law, dividend, now, to_inform

pytestmark = pytest.mark.usefixtures("town")


def as_(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def test_a_matter_is_proposed_through_the_form() -> None:
    adopt_law()
    adopt_life(on=date(2018, 11, 15))
    host = society()
    director = as_("director")
    offered = director.get("/decisions/new/").content.decode()
    assert ("/decisions/new/p07/" in offered, "/decisions/new/g01/" in offered) == (True, False)
    page = director.get("/decisions/new/p07/").content.decode()
    assert director.get("/decisions/new/g01/").status_code == 404, "grid events have a procedure, and are no matters"
    assert "先议（党员大会）" in page
    form = {"title": "今年分红", "host": host.pk, "summary": "", "amount": "3120000.00", "lead_minimum": "80"}
    refused = director.post("/decisions/new/p07/", form)
    assert refused.status_code == 422, "no plan and no answer about the charter"
    assert not Matter.objects.exists()
    plan = SimpleUploadedFile("方案.pdf", b"%PDF-1.7", content_type="application/pdf")
    done = director.post("/decisions/new/p07/", form | {"delegated_by_charter": "no", "plan": plan})
    matter = Matter.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/decisions/{matter.pk}/")
    assert (matter.amount, matter.proposed_on, now(matter).key) == (312_000_000, today(), "draft")


def test_the_page_says_what_is_missing_and_who_owes_it() -> None:
    matter = to_inform()
    branch = as_("branch")
    with CaptureQueriesContext(connection) as asked:
        page = branch.get(f"/decisions/{matter.pk}/").content.decode()
    assert len(asked) <= 37, len(asked)
    assert "还没有把事项通知应知的党员" in page
    assert f"/decisions/{matter.pk}/inform/" in page
    assert 'class="proc"' in page
    other = as_("director").get(f"/decisions/{matter.pk}/").content.decode()
    assert f"/decisions/{matter.pk}/inform/" not in other
    assert "“先知”由下列人员办" in other


def test_informing_and_closing_go_through_the_page() -> None:
    matter = to_inform()
    branch = as_("branch")
    assert branch.post(f"/decisions/{matter.pk}/inform/").status_code == 302
    page = branch.get(f"/decisions/{matter.pk}/").content.decode()
    assert "先知通知已发出" in page
    assert "还差1份回执" in page
    branch.post(f"/decisions/{matter.pk}/close/", {"outcome": "informed", "step": now(matter).pk})
    assert now(matter).key == "inform", "the gate holds"
    stale = branch.post(f"/decisions/{matter.pk}/close/", {"outcome": "informed", "step": 0}, follow=True)
    assert "已经有人办了" in stale.content.decode()


def test_out_of_scope_is_404_and_the_neighbourhood_may_read() -> None:
    matter = dividend()
    for page in ("", "papers/", "opinions/", "record/"):
        assert as_("neighbour").get(f"/decisions/{matter.pk}/{page}").status_code == 404
        assert as_("outsider").get(f"/decisions/{matter.pk}/{page}").status_code == 404
        assert as_("supervisor").get(f"/decisions/{matter.pk}/{page}").status_code == 200
    assert as_("admin").get(f"/decisions/{matter.pk}/").status_code == 404, "who keeps the house sees no matter"


def test_a_member_speaks_and_is_answered() -> None:
    matter = dividend()
    said = as_("member").post(f"/decisions/{matter.pk}/opinions/add/", {"text": "多修路"}, follow=True)
    assert "意见已收到" in said.content.decode()
    opinion = Opinion.objects.get()
    answer = f"/decisions/{matter.pk}/opinions/{opinion.pk}/answer/"
    as_("member").post(answer, {"answer": "好", "is_adopted": "yes"})
    opinion.refresh_from_db()
    assert opinion.answered_on is None, "not by who asked"
    as_("director").post(answer, {"answer": "已列入", "is_adopted": "yes"})
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.is_adopted) == ("已列入", True)
    for word in ("一", "二", "三"):
        as_("member").post(f"/decisions/{matter.pk}/opinions/add/", {"text": word})
    folded = [len(line.facts) for line in record_of(matter)]
    assert folded[-3:] == [1, 1, 3], "the first opinion, its answer, and three of one day"
    assert "当日同样的共3条" in as_("member").get(f"/decisions/{matter.pk}/record/").content.decode()


def test_a_paper_comes_back_as_it_was_filed() -> None:
    matter = dividend()
    paper = now(matter).papers.get().paper
    answer = as_("supervisor").get(f"/decisions/{matter.pk}/papers/{paper.pk}/1/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"  # type: ignore[attr-defined]
    assert as_("outsider").get(f"/decisions/{matter.pk}/papers/{paper.pk}/1/").status_code == 404


def test_the_list_takes_as_many_queries_for_three_matters_as_for_one() -> None:
    director = as_("org")
    counts = []
    for number in (1, 3):
        while Matter.objects.count() < number:
            dividend(title=f"第{Matter.objects.count() + 1}件")
        director.get("/decisions/")
        with CaptureQueriesContext(connection) as queries:
            assert director.get("/decisions/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_the_step_stands_in_the_to_do_of_whoever_owes_it_and_of_nobody_else() -> None:
    matter = to_inform()
    home = as_("branch").get("/").content.decode()
    assert matter.title in home
    assert f'href="/decisions/{matter.pk}/"' in home
    assert matter.title not in as_("director").get("/").content.decode()


def test_reminders_ask_as_often_for_three_late_steps_as_for_one() -> None:
    counts = []
    for number in (1, 3):
        while Matter.objects.count() < number:
            to_inform(title=f"第{Matter.objects.count() + 1}件")
        with CaptureQueriesContext(connection) as queries:
            assert len(list(steps(ON + timedelta(days=9)))) == number
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_who_owes_a_step_is_reminded_and_told_when_it_is_late() -> None:
    matter = to_inform()
    due_on = now(matter).due_on
    assert due_on is not None
    told = {on: [(due.kind, due.person_ids) for due in steps(on)] for on in (ON, due_on, due_on + timedelta(days=1))}
    branch = (person("branch").pk,)
    assert told[due_on] == [("reminder", branch)]
    assert told[due_on + timedelta(days=1)] == [("overdue", branch)]
    assert told[ON] == []
    assert [f"{matter.run.host.name}{matter.title}" in due.title for due in steps(due_on)] == [True]


def test_a_message_names_the_host_and_holds_any_title() -> None:
    matter = to_inform(title="全" * 80)
    assert matter.line.startswith(f"{matter.run.host.name}全全")
    assert matter.line.endswith("全…")
    assert len(matter.line) == 80
    matter.title = f"{matter.run.host.name}分红"
    assert matter.line == matter.title
