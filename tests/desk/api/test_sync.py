"""Sync: each entry once, however often, in whatever order, and never beyond one's own caseload."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from redhouse.ground.access.reach import set_reach
from redhouse.ground.clients.models import Entry
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household
from redhouse.kit.today import now, stand_at
from redhouse.work.visits.actions import assign_contact, edit_checklist
from redhouse.work.visits.enums import Topic
from redhouse.work.visits.models import Checklist, HouseholdContact, Note, Visit
from redhouse.work.visits.queries import standing_visits
from tests.cast import ESTATE, HAIZHOU, TODAY, TOWN, person
from tests.desk.api.phone import JPEG, SYNC, homes, pull, push, states, sync, visit
from tests.desk.pages import clean
from tests.work.visits.factories import contact, household

DAY = timedelta(days=1)


@pytest.fixture
def phone(signed: Callable[[str], Client]) -> Client:
    """The member's, with one household, on the day of the cast."""
    stand_at(TODAY)
    contact()
    return signed("member")


def stranger() -> int:
    return Household.objects.get(division_code=ESTATE).pk


def visits_made() -> list[tuple[int | None, date]]:
    return list(standing_visits().order_by("fact_id").values_list("subject_id", "happened_on"))


def test_the_phone_takes_its_own_caseload_masked_and_then_only_what_changed(phone: Client) -> None:
    first = pull(phone)
    [home] = homes(first).values()
    assert (home["id"], home["name"], home["door"], home["last_on"]) == (household().pk, "户＊1", "1号", "")
    assert {"code": "fire", "name": "消防"} in first["lists"]["topics"]
    same = pull(phone, first["token"])
    assert (same["homes"], same["lists"], same["token"]) == ({}, None, first["token"])
    push(phone, [visit(household().pk, needs="上门体检何时来")])
    [home] = homes(pull(phone, first["token"])).values()
    assert (home["last_on"], home["asked"]) == ("2018-12-14", "上门体检何时来")
    Household.objects.filter(pk=household().pk).update(until_on=TODAY)  # gone, by no action at all
    assert homes(pull(phone, pull(phone, "不是令牌")["token"])) == {}


def test_a_pull_costs_the_same_for_one_household_and_for_three(
    phone: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for home in Household.objects.exclude(pk=household().pk):
        assign_contact(household=home, member=person("member"), by=person("org"), on=TODAY)
    with django_assert_max_num_queries(20):
        assert len(homes(pull(phone))) == 3


def test_an_entry_is_taken_once_and_both_clocks_are_kept(phone: Client) -> None:
    entry = visit(household().pk, topics=["fire"], people_met=2, needs="灯不亮 𠮷 龑 👵", photos=["a.jpg"])
    ahead = timedelta(days=2, hours=3)  # this phone runs two days ahead, so it wrote the day after tomorrow
    entry["written_at"] = (now() + ahead).isoformat()
    assert states(push(phone, [entry, entry], {"a.jpg": JPEG}, ahead=ahead)) == ["accepted", "duplicate"]
    assert states(push(phone, [entry], ahead=ahead)) == ["duplicate"]
    assert visits_made() == [(household().pk, TODAY)]
    row = Visit.objects.get()
    assert (row.needs, row.topics, row.photos.count()) == ("灯不亮 𠮷 龑 👵", ["fire"], 1)
    kept = Entry.objects.get()
    assert str(kept.key) == entry["key"]
    assert kept.written_at.isoformat() == entry["written_at"].replace("Z", "+00:00")
    assert abs(kept.ahead_ms - ahead / timedelta(milliseconds=1)) < 60_000


def test_a_checklist_goes_along_and_a_visit_keeps_the_version_it_was_made_by(phone: Client) -> None:
    home, clerk = household().pk, person("org")
    for on, items in ((TODAY - DAY, ["灭火器在有效期内", "电线没有老化"]), (TODAY, ["灭火器在有效期内"])):
        stand_at(on)
        row = edit_checklist(division_code=TOWN, topic=Topic.FIRE, items=items, by=clerk, on=on)
        checks = pull(phone)["lists"]["checks"]
        assert [(each["list"], each["name"]) for each in checks] == [(str(row.pk), item) for item in items]
    first = Checklist.objects.earliest("version_no")
    abroad = Checklist.objects.create(
        division_code=HAIZHOU, topic=Topic.FIRE, items=["别处的"], made_by=clerk, from_on=TODAY
    )
    tried = [(first.pk, [2]), (first.pk, [3]), (abroad.pk, []), (10**30, []), (None, [1])]
    answered = push(phone, [visit(home, TODAY - DAY * n, checklist=pk, unmet=un) for n, (pk, un) in enumerate(tried)])
    assert states(answered) == ["accepted"] + ["refused"] * 4
    assert [each["reason"] for each in answered[2:4]] == ["没有这份清单，请先联网更新"] * 2
    row = Visit.objects.get()
    assert (row.checklist, row.unmet) == (first, [2])


def test_what_may_not_stand_is_refused_by_row_field_and_mend_and_the_rest_is_taken(phone: Client) -> None:
    home = household().pk
    bad: list[tuple[Any, str, str]] = [
        (visit(home, TODAY + DAY), "", "走访日期2018-12-15晚于今天"),
        (visit(stranger()), "", "这一户不在您联系的户里"),
        (visit(10**30), "", "这一户不在您联系的户里"),
        (visit(-1), "", "这一户不在您联系的户里"),
        (visit(home, people_met=1000), "people_met", "“people_met”的值不对"),
        (visit(home, needs="一" * 501), "needs", "“needs”最多500字"),
        (visit(home, needs="a\x00b"), "needs", "“needs”的值不对"),
        (visit(home, topics=["gossip"]), "", "谈话内容请从所列各项里选"),
        (visit(home, photos=["lost.jpg"]), "", "有1张照片没有一起传到"),
        (visit(home, photos=["half.jpg"]), "", "照片不完整"),
        (visit(home, photos=["big.jpg"]), "", "照片超过12 MB"),
        (visit(home, photos=["text.jpg"]), "", "这不是照片"),
        (visit(home, written_at="昨天"), "written_at", "“written_at”的值不对"),
        ({"kind": "visit"}, "key", "缺少“key”"),
        ("乱码", "", "值不对"),
        (None, "", "值不对"),
        ({"kind": "poem", "key": str(uuid4())}, "", "值不对"),
    ]
    photos = {"half.jpg": JPEG[:9], "big.jpg": JPEG + bytes(30 << 20), "text.jpg": b"hello"}
    answered = push(phone, [*(entry for entry, *_ in bad), visit(home)], photos)
    assert states(answered) == ["refused"] * len(bad) + ["accepted"]
    for row, ((_entry, field, sentence), each) in enumerate(zip(bad, answered, strict=False), start=1):
        assert each["row"] == row
        assert sentence in each["reason"], each
        assert field in each["field"], each
    assert visits_made() == [(home, TODAY)]
    assert Entry.objects.count() == 1, "what was refused leaves nothing, and may be mended and sent again"


def test_a_refused_entry_is_taken_once_it_may_stand(phone: Client) -> None:
    entry = visit(household().pk, TODAY + DAY)
    assert states(push(phone, [entry])) == ["refused"]
    stand_at(TODAY + DAY)
    assert states(push(phone, [entry])) == ["accepted"]


def test_a_batch_that_is_none_is_refused_whole(phone: Client) -> None:
    assert "JSON" in push(phone, "{", status=422)[0]["detail"]
    assert "JSON" in push(phone, "[" * 100_000, status=422)[0]["detail"]
    assert "最多200条" in push(phone, [visit(household().pk)] * 201, status=413)[0]["detail"]
    assert phone.post(SYNC, {}).json()["fields"][0]["reason"].startswith("缺少")


def test_the_longest_batch_is_answered_entry_by_entry(phone: Client) -> None:
    entries = [visit(household().pk, TODAY - DAY * (number % 20)) for number in range(200)]
    answered = push(phone, entries)
    assert states(answered) == ["accepted"] * 20 + ["refused"] * 180
    assert "同一天只记一次" in answered[-1]["reason"]


def test_the_key_of_another_is_no_way_in(phone: Client, signed: Callable[[str], Client]) -> None:
    entry = visit(household().pk)
    push(phone, [entry])
    [answered] = push(signed("grid"), [entry])
    assert (answered["state"], answered["reason"][:8]) == ("refused", "这个编号已用于另")


def test_strangers_and_forged_keys_stay_outside(phone: Client, signed: Callable[[str], Client]) -> None:
    assert Client().post(SYNC).status_code == 401
    assert Client().post(SYNC, headers={"Authorization": "Bearer rh_forged"}).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    assert strict.post(SYNC, {"batch": "[]", "sent_at": now().isoformat()}).status_code == 403
    assert signed("nobody").post(SYNC).status_code == 403
    assert homes(pull(signed("outsider"))) == {}
    assert states(push(signed("outsider"), [visit(household().pk)])) == ["refused"]


def test_two_phones_at_one_household_and_a_person_decides(phone: Client, signed: Callable[[str], Client]) -> None:
    home, other = household().pk, signed("grid")
    sick, alone = ({"kind": kind, "until_on": "2019-05-01"} for kind in ("sick", "aged_alone"))

    def care(base: list[dict[str, str]], marks: list[dict[str, str]]) -> dict[str, Any]:
        entry = {"kind": "care", "key": str(uuid4()), "written_at": now().isoformat()}
        return entry | {"household": home, "base": base, "marks": marks}

    theirs, mine = care([], [sick]), care([], [alone])
    assert states(push(other, [theirs])) == ["accepted"]
    [answered] = push(phone, [mine])
    assert (answered["state"], answered["current"]) == ("conflict", [sick])
    assert homes(pull(phone))[home]["care"] == [sick], "nothing was overwritten"
    assert states(push(phone, [care(answered["current"], [sick, alone])])) == ["accepted"]
    assert states(push(other, [theirs])) == ["duplicate"]
    assert homes(pull(phone))[home]["care"] == [alone, sick]
    assert states(push(phone, [care([alone, sick], []), care([], [])])) == ["accepted", "accepted"]
    assert homes(pull(phone))[home]["care"] == []


def test_care_marks_stay_with_who_keeps_contact_today(phone: Client, signed: Callable[[str], Client]) -> None:
    home = household().pk
    marks = [{"kind": "sick", "until_on": "2019-05-01"}]
    entry = {"kind": "care", "written_at": now().isoformat(), "household": home, "base": [], "marks": marks}
    assert states(push(signed("grid"), [entry | {"key": str(uuid4())}])) == ["accepted"]
    HouseholdContact.objects.filter(household=home).update(until_on=TODAY)
    for said in (marks, []):
        [answered] = push(phone, [entry | {"key": str(uuid4()), "marks": said}])
        assert (answered["state"], answered["current"]) == ("refused", []), "neither shown nor confirmed"


def test_a_batch_without_a_question_costs_no_more_queries_than_one_entry(phone: Client) -> None:
    home, counts = household().pk, []
    for days in (range(1), range(1, 31)):
        with CaptureQueriesContext(connection) as asked:
            answered = push(phone, [visit(home, TODAY - DAY * number, topics=["fire"]) for number in days])
        assert states(answered) == ["accepted"] * len(days)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20
    assert list(Visit.objects.order_by("fact_id").values_list("visited_on", flat=True)) == [
        day for _home, day in visits_made()
    ], "each row stands beside its own fact"


def test_together_and_one_by_one_answer_alike(phone: Client) -> None:
    """The same entries in one batch and each alone, on other days: what is taken and what is said do not differ."""
    home = household().pk
    HouseholdContact.objects.filter(household=home).update(from_on=TODAY - DAY * 40)

    def entries(begin: date) -> list[dict[str, Any]]:
        good = visit(home, begin, needs="灯不亮")
        return [
            good, good, visit(home, begin), visit(home, begin - DAY, topics=["fire", "fire"]), visit(stranger(), begin),
            visit(home, TODAY - DAY * 41), visit(home, begin - DAY * 2, follow_up_on=str(begin - DAY * 2)),
            visit(home, begin - DAY * 3, unmet=[1]), visit(home, begin - DAY * 4),
        ]  # fmt: skip

    whole = push(phone, entries(TODAY))
    alone = [push(phone, [entry])[0] for entry in entries(TODAY - DAY * 10)]
    taken, refused = "accepted", "refused"
    assert states(whole) == [taken, "duplicate", refused, taken, refused, refused, refused, refused, taken]
    assert states(alone) == states(whole)
    assert [each["field"] for each in alone] == [each["field"] for each in whole]
    assert visits_made() == [(home, TODAY - DAY * back) for back in (0, 1, 4, 10, 11, 14)]


def test_nothing_is_taken_in_the_name_of_somebody_else(phone: Client, signed: Callable[[str], Client]) -> None:
    entry, person_id = visit(household().pk), person("member").pk
    other = sync(signed("grid"), [entry], person=person_id, token="")
    assert (other["entries"], other["person"]) == ([], person("grid").pk)
    assert homes(other["changes"]) == {}
    mine = sync(phone, [entry], person=person_id)
    assert (states(mine["entries"]), mine["changes"]) == (["accepted"], None), "nothing is fetched without a token"


@given(data=st.data())
@settings(max_examples=8)
def test_any_order_duplication_loss_and_delay_of_batches_end_alike(
    phone: Client, rounds: Iterator[int], data: st.DataObject
) -> None:
    """Batches overlap, arrive late, twice or not at all, or their answers get lost; then the phone sends whatever it
    has no answer for, until nothing is left. The visits are the same, once each."""
    begin = TODAY - DAY * 8 * next(rounds)
    entries = [visit(household().pk, begin - DAY * number) for number in range(5)]
    batch = st.lists(st.sampled_from(entries), min_size=1, max_size=4)
    queue = {entry["key"]: entry for entry in entries}
    for sent, arrives, is_answered in data.draw(st.lists(st.tuples(batch, st.booleans(), st.booleans()), max_size=4)):
        answered = push(phone, sent) if arrives else []
        for each in answered if is_answered else []:
            queue.pop(each["key"], None)
    late = data.draw(batch)
    push(phone, list(queue.values()))
    assert set(states(push(phone, late))) == {"duplicate"}
    made = [day for _, day in visits_made() if begin - DAY * 5 < day <= begin]
    assert sorted(made) == sorted(begin - DAY * number for number in range(5))


@pytest.fixture
def rounds() -> Iterator[int]:
    """Each example has days of its own in the one town."""
    return iter(range(100))


def test_a_note_is_its_writers_alone_and_gone_when_struck_out(phone: Client, signed: Callable[[str], Client]) -> None:
    def note(**more: Any) -> dict[str, Any]:
        return {"kind": "note", "key": str(uuid4()), "written_at": now().isoformat(), "words": "带手电筒 𠮷"} | more

    about, alone = note(household=household().pk), note(words="问村里路灯")
    sent = [about, about, alone, note(household=stranger()), note(words=""), note(words="一" * 501), note(words=" ")]
    assert states(push(phone, sent)) == ["accepted", "duplicate", "accepted"] + ["refused"] * 4
    page = clean(phone.get("/visits/notes/"))
    assert all(words in page for words in ("带手电筒 𠮷", "户＊1", "1号", "问村里路灯"))
    assert phone.post("/visits/notes/", {"text": "周五再来"}).status_code == 302
    set_reach("*")
    assert Note.objects.count() == 3
    assert set(Fact.objects.filter(kind="note_recorded").values_list("subject_id", "label")) == {(None, "")}
    kept = Note.objects.get(text="带手电筒 𠮷")
    strike = f"/visits/notes/{kept.pk}/strike/"
    assert signed("grid").post(strike).status_code == 404
    assert "带手电筒" not in clean(signed("secretary").get("/visits/notes/"))
    assert phone.post(strike).status_code == 302
    set_reach("*")
    assert states(push(phone, [about])) == ["duplicate"], "it does not come back"
    assert not Note.objects.filter(pk=kept.pk).exists()
    assert standing_visits().count() == 0
