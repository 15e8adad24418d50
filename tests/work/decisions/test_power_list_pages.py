"""The list of powers through its pages: the town's own version from draft to approval, moves, a demand to convene."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.ground.ledger.models import Fact
from redhouse.ground.process.actions import escalate_convenings
from redhouse.ground.process.models import Convening, ProcedureVersion, VersionDraft
from redhouse.ground.process.queries import open_step
from redhouse.kit.today import stand_at
from redhouse.work.decisions.todo import drafts
from tests.cast import person
from tests.desk.pages import clean
from tests.work.decisions.factories import now, to_inform

Go = Callable[..., str]
DAY = date(2026, 3, 2)


@pytest.fixture
def go(town: str) -> Go:
    clients: dict[str, Client] = {}
    stand_at(DAY)

    def walk(who: str, path: str, status: int = 200, /, **fields: object) -> str:
        client = clients.setdefault(who, Client())
        if who and "_auth_user_id" not in client.session:
            client.force_login(Account.objects.get(username=who))
        answer = client.post(path, fields, follow=True) if fields else client.get(path, follow=True)
        assert answer.status_code == status, (path, answer.status_code)
        return clean(answer)

    return walk


def form(page: str, **changes: object) -> dict[str, object]:
    """What a browser would send back of the form as it stands."""

    fields = dict(re.findall(r'<input type="number" name="(clock-[^"]+)" value="(\d+)"', page))
    return fields | {"from_on": "2026-03-02", "reason": "本镇加严"} | changes


def test_a_town_adds_to_the_list_and_moves_a_running_matter(go: Go) -> None:
    matter = to_inform()
    assert "集体经济组织股份分红" in go("grid", "/decisions/powers/")
    assert "拟订镇增订版本" not in go("secretary", "/decisions/powers/p07/")
    go("secretary", "/decisions/powers/p07/edit/", 403)
    page = go("org", "/decisions/powers/p07/edit/")
    assert "农村集体经济组织法" in page
    weak = go("org", "/decisions/powers/p07/edit/", 422, **form(page, **{"clock-notice-0": "9"}))
    assert "被放宽或删去" in weak
    assert "依据：" in weak
    low = go("org", "/decisions/powers/p07/edit/", 422, **form(page, **{"passing-vote_members": "for >= 2/3 present"}))
    assert "O3" in low
    assert "走法：" in low
    broken = SimpleUploadedFile("p07.toml", b'[procedure]\ncode = "P07', content_type="application/toml")
    assert "不是合格的 TOML" in go("org", "/decisions/powers/p07/edit/", 422, **form(page, file=broken))
    asked = form(
        page, **{"clock-notice-0": "12", "note-draft": "镇备注：附对照表", "after": "review", "kind": "leader_review"}
    )
    missing = go("org", "/decisions/powers/p07/edit/", 422, **asked)
    assert "加一步，这一项要填" in missing
    step = {"zh": "镇复核", "en": "Town review", "owed_by": "town_leader", "days": "3", "basis": "镇会议纪要"}
    assert "已送镇领导批准" in go("org", "/decisions/powers/p07/edit/", **asked | step)
    draft = VersionDraft.objects.get()
    go("secretary", f"/decisions/drafts/{draft.pk}/", 404)
    assert "新增一步，由镇领导办" in go("org", f"/decisions/drafts/{draft.pk}/")
    assert "有一稿待批准" in go("leader", "/decisions/powers/")
    assert [owed.link for owed in drafts(person("leader"), DAY)] == [f"/decisions/drafts/{draft.pk}/"]
    assert list(drafts(person("org"), DAY)) == list(drafts(person("secretary"), DAY)) == []
    assert "拟稿人除外" in go("org", f"/decisions/drafts/{draft.pk}/", decision="approve")
    assert "已采用" in go("leader", f"/decisions/drafts/{draft.pk}/", decision="approve")
    version = ProcedureVersion.objects.get(origin="town")
    page = go("grid", f"/decisions/versions/{version.pk}/")
    for said in ("办一心", "镇书记", "镇备注：附对照表", "不少于12日（原不少于10日）", "现行"):
        assert said in page, said
    go("director", f"/decisions/versions/{version.pk}/moves/", 403)
    preview = go("leader", f"/decisions/versions/{version.pk}/moves/")
    assert matter.title in preview
    key = f"gate-{matter.pk}"
    assert "请先选" in go("leader", f"/decisions/versions/{version.pk}/moves/", 422, reason="新版")
    chosen = {"matter": matter.pk, key: "review", "reason": "镇已增订"}
    assert "不能越过环节" in go("leader", f"/decisions/versions/{version.pk}/moves/", 422, **chosen)
    api = Client()
    api.force_login(Account.objects.get(username="director"))
    at, json = f"/api/v1/versions/{version.pk}/moves", "application/json"
    assert api.get(at).status_code == 404
    assert api.post(at, {"matter": matter.pk, key: "inform", "reason": "x"}, json).status_code == 403
    api.force_login(Account.objects.get(username="leader"))
    seen = api.get(f"/api/v1/matters/{matter.pk}").json()
    assert version.pk in [other["version"] for other in seen["versions"]]
    [planned] = api.get(at).json()["moves"]
    assert (planned["matter"], list(planned["gates"])) == (matter.pk, ["inform", "draft"])
    for wrong, said in (({"matter": 0}, "编号0"), ({"reason": ""}, "写明理由"), ({key: "review"}, "不能越过环节")):
        answer = api.post(at, {"matter": matter.pk, key: "inform", "reason": "x"} | wrong, json)
        assert (answer.status_code, said in str(answer.json())) == (409, True), answer.content
    assert "已转入1件" in go("leader", f"/decisions/versions/{version.pk}/moves/", **chosen | {key: "inform"})
    matter.run.refresh_from_db()
    assert (matter.run.version, now(matter).key) == (version, "inform")


def test_a_lawful_demand_goes_before_the_town_in_public(go: Go) -> None:
    matter = to_inform()
    at = f"/decisions/{matter.pk}/"
    stand_at(DAY + timedelta(days=10))  # informing members is late
    assert "要求召集会议" in go("branch", at)
    assert "demand-count" not in go("branch", at)
    assert "请写联名人数" in go("director", f"{at}demand/", count="x", electors="618")
    assert "618人中62人以上联名，现有61人" in go("director", f"{at}demand/", count="61", electors="618")
    assert "召集要求由" in go("branch", f"{at}demand/", count="62", electors="618")
    assert "已登记" in go("director", f"{at}demand/", count="62", electors="618")
    row = Convening.objects.get()
    assert "前召集，否则提交镇并公开" in go("branch", at)
    assert "已有一份召集要求" in go("director", f"{at}demand/", count="70", electors="618")
    public = go("", f"/open/matters/{matter.pk}/")
    assert "有62名要求召集会议" in public
    later = row.due_on + timedelta(days=1)
    stand_at(later)
    assert len(escalate_convenings(on=later)) == 1
    assert "期满未召集" in go("", f"/open/matters/{matter.pk}/")
    assert Fact.objects.filter(kind="convening_escalated").count() == 1
    step = open_step(matter.run)
    assert step is not None
    assert step.key == "inform", "it passes nothing by itself"
