"""The app of the phone, at phone size in Chromium: without signal, closed and opened again, with answers that got lost
and a new version in between, every entry arrives exactly once."""

import os
import re
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from signal import SIGKILL

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from redhouse.desk.phone import views
from redhouse.ground.access.reach import set_reach
from redhouse.ground.process.models import Report
from redhouse.kit.today import stand_at
from redhouse.work.visits.actions import edit_checklist
from redhouse.work.visits.models import CareMark, Checklist, Note, Visit
from redhouse.work.visits.queries import standing_visits
from tests.browser.conftest import PHONE
from tests.browser.test_front_door import OVERFLOW
from tests.cast import TODAY, TOWN, person
from tests.ground.process.cases import ready
from tests.work.visits.factories import contact, household

SEALED = """async () => {
  const base = await new Promise((done) => {
    const r = indexedDB.open("redhouse"); r.onsuccess = () => done(r.result);
  });
  const all = (store) => new Promise((done) => {
    const r = base.transaction(store).objectStore(store).getAll(); r.onsuccess = () => done(r.result);
  });
  const text = new TextDecoder("utf-8"), found = {};
  for (const store of ["people", "homes", "queue", "photos", "drafts"]) {
    found[store] = (await all(store)).map((row) => row.data ? text.decode(row.data) : "");
  }
  base.close();
  return found;
}"""

# What is on the disk of the draft of the only household: what its visit needs, and how many photographs.
DRAFTED = """async ([needs, shots]) => {
  const kept = await import("/static/redhouse/phone-store.js");
  const me = await kept.owner(), [home] = (await kept.caseload(me)).homes;
  const found = await kept.draft(me, home.id);
  return found && found.values.needs === needs && found.pictures.length === shots;
}"""

# What a sign-out leaves that was broken off after its key was gone: rows that nobody can read any more.
LEFTOVER = """async () => {
  const base = await new Promise((done) => {
    const r = indexedDB.open("redhouse"); r.onsuccess = () => done(r.result);
  });
  const work = base.transaction(["people", "homes", "queue"], "readwrite");
  const [{ person }] = await new Promise((done) => {
    const r = work.objectStore("people").getAll(); r.onsuccess = () => done(r.result);
  });
  const dead = { person, iv: new Uint8Array(12), data: new ArrayBuffer(40) };
  work.objectStore("homes").put({ id: `${person}/999`, ...dead });
  work.objectStore("queue").put({ key: "dead", at: 0, state: "waiting", ...dead });
  await new Promise((done) => { work.oncomplete = done; });
  base.close();
}"""


# What a member writes who is out for long.
MANY = """async () => {
  const kept = await import("/static/redhouse/phone-store.js");
  const me = await kept.owner(), written_at = new Date().toISOString();
  const entry = (n) => ({ kind: "note", key: crypto.randomUUID(), written_at, words: `第${n}张` });
  await kept.enqueue(me, Array.from({ length: 45 }, (_, n) => ({ entry: entry(n) })));
}"""


def png(side: int = 8) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\xb3\x26\x1e" * side for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Signal:
    """What happens to what the phone sends: lost on the way, not known to the server any more, taken but the answer
    lost, or well."""

    def __init__(self, context: BrowserContext) -> None:
        self.way = "lost"
        context.route("**/api/v1/sync", self.carry)

    def carry(self, route: Route) -> None:
        if self.way == "well":
            route.continue_()
            return
        if self.way == "unknown":
            route.fulfill(status=404)
            return
        if self.way == "unanswered":
            route.fetch()
        route.abort()


@pytest.fixture
def phone(town: str, enter: Callable[..., Page]) -> Page:
    stand_at(TODAY)  # eight years behind the phone's own clock
    contact()
    edit_checklist(
        division_code=TOWN, topic="fire", items=["灭火器在有效期内", "电线没有老化"], by=person("org"), on=TODAY
    )
    page = enter("member", PHONE)
    page.goto("/phone/")
    expect(page.locator("#list li")).to_have_count(1)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    return page


def test_what_is_recorded_without_signal_arrives_exactly_once(
    phone: Page, trouble: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    context, signal = phone.context, Signal(phone.context)
    context.set_offline(True)
    phone.reload()
    expect(phone.locator("#state")).to_contain_text("离线")
    phone.get_by_role("button", name="记一次").click()
    phone.locator("#topics").get_by_role("button", name="消防").click()
    phone.locator("#lists").get_by_role("button", name="消防").click()
    phone.locator("#items label").nth(1).click()
    phone.locator("#needs").fill("灯不亮 𠮷 龑 👵")
    phone.set_input_files("#camera", [{"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8half"}])
    expect(phone.locator("#fault")).to_contain_text("这不是照片")
    phone.set_input_files("#camera", [{"name": "lamp.png", "mimeType": "image/png", "buffer": png(2000)}])
    expect(phone.locator("img.shot")).to_have_count(1)
    phone.wait_for_function(DRAFTED, arg=["灯不亮 𠮷 龑 👵", 1], polling=100)
    phone.close()  # in the middle of it: the draft stays

    phone = context.new_page()
    phone.goto("/phone/")
    expect(phone.locator("#list li")).to_contain_text("有草稿")
    phone.get_by_role("button", name="记一次").click()
    expect(phone.locator("#needs")).to_have_value("灯不亮 𠮷 龑 👵")
    assert [box.is_checked() for box in phone.locator("#items input").all()] == [False, True]
    phone.get_by_role("button", name="保存", exact=True).click()
    expect(phone.locator("#state")).to_have_text("离线，1条未同步")
    kept = phone.evaluate(SEALED)
    assert [len(kept[store]) for store in ("people", "queue", "photos", "drafts")] == [1, 1, 1, 0]
    assert "灯不亮" not in str(kept)
    assert "户＊1" not in str(kept)
    phone.close()

    phone = context.new_page()
    phone.goto("/phone/")
    expect(phone.locator("#list li")).to_contain_text("已记，未同步")
    context.set_offline(False)
    phone.goto("/phone/#unsent")
    monkeypatch.setattr(views, "version_of", lambda *_words: "the-next-version")
    signal.way = "unknown"
    with phone.expect_request("**/api/v1/sync"):
        phone.get_by_role("button", name="马上同步").click()
    expect(phone.locator("#told")).to_contain_text("服务器已换新版本")
    expect(phone.locator("#sign-in")).to_be_hidden()
    phone.evaluate("window.isOld = true")
    phone.get_by_role("button", name="现在更新").click()
    phone.wait_for_function("!window.isOld")
    expect(phone.locator("#queue li")).to_have_count(1)
    phone.wait_for_function("async () => (await caches.keys()).join() === 'redhouse-the-next-version'")

    for way, end in (("unanswered", "requestfailed"), ("well", "requestfinished")):
        signal.way = way
        with phone.expect_event(end, lambda sent: sent.url.endswith("/sync")):
            phone.get_by_role("button", name="马上同步").click()
    expect(phone.locator("#state")).to_have_text("已同步")
    expect(phone.locator("#queue li")).to_have_count(0)
    set_reach("*")
    assert list(standing_visits().values_list("subject_id", "happened_on")) == [(household().pk, TODAY)]
    row = Visit.objects.get()
    assert (row.needs, row.topics, row.photos.count()) == ("灯不亮 𠮷 龑 👵", ["fire"], 1)
    assert (row.checklist, row.unmet) == (Checklist.objects.get(), [2])
    assert row.photos.get().paper.versions.get().size < 100_000

    phone.goto("/me/")
    phone.get_by_role("button", name="退出").first.click()
    phone.wait_for_url("**/account/login/**")
    assert all(rows == [] for rows in phone.evaluate(SEALED).values())
    trouble.clear()  # no signal is trouble on a console


def test_a_problem_that_was_refused_is_mended_without_a_second_visit(phone: Page, trouble: list[str]) -> None:
    ready()
    phone.get_by_role("button", name="记一次").click()
    phone.locator("#f-problem summary").click()
    phone.locator("#words-of").fill("电线老化")
    phone.get_by_role("button", name="保存", exact=True).click()
    phone.locator("#tab-unsent").click()
    expect(phone.locator("#queue li", has_text="没有编码为")).to_be_visible()
    expect(phone.locator("#state")).to_have_text("1条未同步")  # the list is not shown anew under the finger
    phone.get_by_role("button", name="改后再传").click()
    phone.locator("#type").select_option("0101")
    phone.get_by_role("button", name="保存", exact=True).click()
    expect(phone.locator("#state")).to_have_text("已同步")
    set_reach("*")
    report = Report.objects.get()
    assert (report.words, report.origin_fact) == ("电线老化", standing_visits().get())
    trouble.clear()


def test_a_sign_in_that_expired_keeps_what_is_written(phone: Page, trouble: list[str]) -> None:
    phone.evaluate(LEFTOVER)
    phone.context.add_cookies([{"name": "redhouse_mode", "value": "elder", "url": phone.url}])
    phone.reload()
    expect(phone.locator("html")).to_have_attribute("data-mode", "elder")  # though the shell was kept before
    phone.context.clear_cookies()
    phone.get_by_role("button", name="记一次").click()
    phone.get_by_role("button", name="保存", exact=True).click()
    expect(phone.locator("#told")).to_contain_text("登录已过期")
    expect(phone.locator("#tab-unsent")).to_contain_text("1")
    phone.locator("#tab-unsent").click()
    expect(phone.locator("#queue li")).to_contain_text("等待上传")
    expect(phone.locator("#more")).to_be_hidden()
    phone.get_by_role("link", name="登录").click()
    phone.locator("button.role", has_text="member").first.click()
    phone.wait_for_url("**/phone/")
    expect(phone.locator("#state")).to_have_text("已同步")
    set_reach("*")
    assert standing_visits().count() == 1
    trouble.clear()


def test_a_page_that_is_killed_loses_the_last_stroke_at_most(phone: Page, trouble: list[str]) -> None:
    browser, said, last = phone.context.browser, "路灯不亮，有两", "处"
    assert browser is not None
    watch = browser.new_browser_cdp_session()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="记一次").click()
    phone.set_input_files("#camera", [{"name": "lamp.png", "mimeType": "image/png", "buffer": png(200)}])
    phone.locator("#lists").get_by_role("button", name="消防").click()
    phone.locator("#items input").last.check()
    expect(phone.locator("img.shot")).to_have_count(1)
    phone.locator("#needs").press_sequentially(said, delay=30)  # as fast as anybody types
    phone.wait_for_function(DRAFTED, arg=[said, 1], polling=100)  # nobody saved it
    phone.locator("#needs").press_sequentially(last)
    with phone.expect_event("crash"):
        for each in watch.send("SystemInfo.getProcessInfo")["processInfo"]:
            if each["type"] == "renderer":
                with suppress(ProcessLookupError):  # one in reserve may have ended
                    os.kill(each["id"], SIGKILL)

    page = phone.context.new_page()
    page.goto("/phone/")
    expect(page.locator("#list li")).to_contain_text("有草稿")
    page.get_by_role("button", name="记一次").click()
    expect(page.locator("#needs")).to_have_value(re.compile(f"^{said}{last}?$"))
    expect(page.locator("img.shot")).to_have_count(1)
    assert [box.is_checked() for box in page.locator("#items input").all()] == [False, True]
    trouble.clear()


def test_what_never_left_the_phone_may_be_struck(phone: Page, trouble: list[str]) -> None:
    phone.context.set_offline(True)
    phone.get_by_role("button", name="记一次").click()
    phone.locator("#needs").fill("灯不亮")
    phone.get_by_role("button", name="保存", exact=True).click()
    expect(phone.locator("#state")).to_have_text("离线，1条未同步")
    phone.locator("#tab-unsent").click()
    expect(phone.locator("#queue li")).to_contain_text("等待上传")
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="删去").click()
    expect(phone.locator("#queue li")).to_have_count(0)
    phone.context.set_offline(False)
    expect(phone.locator("#state")).to_have_text("已同步")
    assert not standing_visits().exists()
    trouble.clear()  # no signal is trouble on a console


def test_a_note_without_signal_arrives_and_makes_no_visit(phone: Page, trouble: list[str]) -> None:
    phone.context.set_offline(True)
    phone.locator("#jot").click()
    phone.locator("#note").fill("问村里路灯")
    phone.locator("#keep").click()
    expect(phone.locator("#sheet")).to_be_hidden()
    phone.reload()
    phone.locator("#jot").click()
    expect(phone.locator("#note")).to_have_value("问村里路灯")
    phone.get_by_role("button", name="保存", exact=True).click()
    phone.get_by_role("button", name="记一次").click()
    phone.locator("#needs").fill("灯不亮")
    phone.locator("#f-note summary").click()
    phone.locator("#note").fill("带手电筒")
    phone.get_by_role("button", name="只存便条").click()
    expect(phone.locator("#state")).to_have_text("离线，2条未同步")
    expect(phone.locator("#list li")).to_contain_text("有草稿")
    assert "手电筒" not in str(phone.evaluate(SEALED))
    phone.goto("/phone/#unsent")
    expect(phone.locator("#queue li")).to_have_count(2)
    assert phone.evaluate(OVERFLOW) <= 0
    phone.context.set_offline(False)
    expect(phone.locator("#state")).to_have_text("已同步")
    set_reach("*")
    assert set(Note.objects.values_list("text", "household")) == {("问村里路灯", None), ("带手电筒", household().pk)}
    assert not standing_visits().exists()
    trouble.clear()  # no signal is trouble on a console


def test_a_long_queue_shows_its_head_and_a_language_is_taken_at_once(phone: Page, trouble: list[str]) -> None:
    phone.context.set_offline(True)
    phone.evaluate(MANY)
    phone.goto("/phone/#unsent")
    expect(phone.locator("#queue li")).to_have_count(20)
    expect(phone.locator("#tab-unsent")).to_contain_text("45")
    phone.get_by_role("button", name="再看20条，还有25条").click()
    expect(phone.locator("#queue li")).to_have_count(40)
    phone.context.set_offline(False)
    phone.context.add_cookies([{"name": "django_language", "value": "en", "url": phone.url}])
    phone.goto("/phone/")
    expect(phone.locator("html")).to_have_attribute("lang", "en")  # nobody pressed “update now”
    expect(phone.locator("#state")).to_have_text("Synced")
    set_reach("*")
    assert Note.objects.count() == 45
    trouble.clear()


def test_two_phones_mark_one_household_and_a_person_decides(
    phone: Page, enter: Callable[..., Page], trouble: list[str]
) -> None:
    other = enter("member", PHONE)
    other.goto("/phone/")
    expect(other.locator("#state")).to_have_text("已同步")
    phone.context.set_offline(True)
    for page, day, kind in ((phone, "2018-12-13", "独居老人"), (other, "2018-12-14", "重病")):
        page.get_by_role("button", name="记一次").click()
        page.locator("[name=happened_on]").fill(day)
        page.locator("summary", has_text="关爱标记").click()
        page.get_by_role("button", name=kind).click()
        page.get_by_role("button", name="保存", exact=True).click()
    expect(other.locator("#list li")).to_have_count(0)  # sent and fetched again: not due any more
    phone.context.set_offline(False)
    phone.goto("/phone/#unsent")
    entry = phone.locator("#queue li")
    expect(entry).to_have_count(1)  # the visit has gone
    expect(phone.locator("#state")).to_have_text("1条未同步")
    expect(entry).to_contain_text("别人也改了")
    expect(entry.locator("[data-mine]")).to_contain_text("独居老人")
    expect(entry.locator("[data-theirs]")).to_contain_text("重病")
    expect(entry.locator("[data-theirs]")).not_to_contain_text("独居老人")
    assert phone.evaluate(OVERFLOW) <= 0
    expect(entry.get_by_role("button")).to_have_text(["用我的", "两边都留", "用别人的"])
    entry.get_by_role("button", name="两边都留").click()
    expect(phone.locator("#state")).to_have_text("已同步")
    expect(entry).to_have_count(0)
    set_reach("*")
    assert set(CareMark.objects.as_of(TODAY).values_list("kind", flat=True)) == {"aged_alone", "sick"}
    assert standing_visits().count() == 2
    trouble.clear()  # no signal is trouble on a console
