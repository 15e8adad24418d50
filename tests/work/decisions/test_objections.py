"""Objections: by people themselves or on paper, answered in time or flagged, upheld or explained."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import close_step
from redhouse.ground.process.queries import open_step
from redhouse.ground.process.rules import missing_before_closing
from redhouse.work.decisions import actions
from redhouse.work.decisions.models import Objection
from redhouse.work.decisions.queries.disclosure import late_objections
from redhouse.work.decisions.queries.openness import objections_for
from tests.cast import XINTIAN, person
from tests.work.decisions.boards import BEGAN, DAY, began, ended, matter_at, posted

OVER = BEGAN + 16 * DAY


@pytest.fixture
def matter(town):
    """At its objections, the decision's fifteen days over and evidenced."""
    found = matter_at("decision")
    assert began(found) == BEGAN
    ended(posted(found, BEGAN), OVER)
    return found


def objected(matter, **changes):
    given = {"matter": matter, "text": "每股分配少算了", "by": person("member"), "on": BEGAN + DAY}
    return actions.raise_objection(**given | changes)


def sentences(matter, outcome, on=OVER):
    return [str(one) for one in missing_before_closing(open_step(matter.run), outcome, on)]


def test_people_of_the_village_object_for_themselves(matter):
    row = objected(matter)
    assert (row.number, row.due_on, row.channel, row.person) == (1, BEGAN + 11 * DAY, "online", person("member"))
    with pytest.raises(PermissionDenied, match="别处的人可以书面提出"):
        objected(matter, by=person("outsider"))


def test_what_came_on_paper_is_keyed_in_and_said_to_be(matter):
    row = actions.key_in_objection(
        matter=matter, text="没有通知到我", by=person("supervisor"), on=BEGAN + DAY, name="外来客"
    )
    assert (row.channel, row.person, row.name, row.entered_by) == ("paper", None, "外来客", person("supervisor"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT name FROM decisions_objection")
        assert "外来客".encode() not in bytes(cursor.fetchone()[0])
    with pytest.raises(PermissionDenied):
        actions.key_in_objection(matter=matter, text="x", by=person("member"), on=BEGAN)


def test_facts_say_that_and_never_what_or_who(matter):
    row = objected(matter)
    actions.answer_objection(objection=row, answer="已按章程计算", is_upheld=False, by=person("supervisor"), on=OVER)
    raised, answered = Fact.objects.filter(kind__startswith="objection_").order_by("fact_id")
    assert (raised.actor_id, raised.recorder_id) == (None, None)
    assert (raised.subject_id, raised.label) == (matter.run_id, "online")
    assert (answered.actor_id, answered.label) == (person("supervisor").pk, "explained")


def test_the_step_waits_for_every_answer_and_flags_the_late(matter):
    row = objected(matter)
    assert any("还有1件异议没有答复，其中1件已超期" in one for one in sentences(matter, "settled"))
    assert list(late_objections([XINTIAN], row.due_on)) == []
    assert list(late_objections([XINTIAN], row.due_on + DAY)) == [row]
    actions.answer_objection(objection=row, answer="已按章程计算", is_upheld=False, by=person("supervisor"), on=OVER)
    assert sentences(matter, "settled") == []
    close_step(step=open_step(matter.run), outcome="settled", by=person("watch"), on=OVER)
    assert open_step(matter.run).key == "execute"


def test_an_upheld_objection_leads_back_with_its_reason(matter):
    row = objected(matter)
    assert any("还没有哪一件异议答复为“成立”" in one for one in sentences(matter, "upheld"))
    actions.answer_objection(objection=row, answer="确实少算", is_upheld=True, by=person("supervisor"), on=OVER)
    assert any("应以“异议成立”办结" in one for one in sentences(matter, "settled"))
    with pytest.raises(NotYet, match="理由"):
        close_step(step=open_step(matter.run), outcome="upheld", by=person("watch"), on=OVER)
    close_step(step=open_step(matter.run), outcome="upheld", by=person("watch"), on=OVER, reason="每股少算")
    assert open_step(matter.run).key == "draft"


def test_nothing_is_executed_inside_an_open_objection(matter):
    close_step(step=open_step(matter.run), outcome="settled", by=person("watch"), on=OVER)
    objected(matter, on=OVER)
    assert any("异议没有答复" in one for one in sentences(matter, "executed"))


def test_nobody_answers_twice_nor_their_own(matter):
    row = objected(matter, by=person("secretary"))
    with pytest.raises(PermissionDenied, match="不能答复自己提的"):
        actions.answer_objection(objection=row, answer="好", is_upheld=False, by=person("secretary"), on=OVER)
    with pytest.raises(PermissionDenied):
        actions.answer_objection(objection=row, answer="好", is_upheld=False, by=person("neighbour"), on=OVER)
    actions.answer_objection(objection=row, answer="好", is_upheld=False, by=person("supervisor"), on=OVER)
    with pytest.raises(NotYet, match="已经答复过"):
        actions.answer_objection(objection=row, answer="好", is_upheld=True, by=person("supervisor"), on=OVER)


def test_who_objects_is_seen_by_those_who_answer_and_by_themselves(matter):
    row = objected(matter)
    assert objections_for(person("supervisor"), matter) == [row]
    assert objections_for(person("member"), matter) == [row]
    assert objections_for(person("grid"), matter) == []
    assert Objection.objects.count() == 1
