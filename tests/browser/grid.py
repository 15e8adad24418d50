"""What the pages of the grid name: an event with its photograph, a checklist in use, and a round with a hazard."""

from datetime import timedelta

from redhouse.ground.process.models import CaseType, StepPaper
from redhouse.kit.today import today
from redhouse.work.gridwork.actions import (
    adopt_life,
    approve_form,
    draft_form,
    inspect,
    plan_round,
    register_site,
    report_event,
)
from tests.cast import XINTIAN, person
from tests.ground.process.factories import society
from tests.kit.test_photos import PNG, TAIL

ITEMS = [("通道畅通", "asked", "major"), ("灭火器有效", "asked", "ordinary")]


def add_grid() -> dict[str, dict[str, object]]:
    """By the beginning of the address."""
    on = today()
    due = on + timedelta(days=9)
    society()
    adopt_life(on=on)
    grid, dispatcher = person("grid"), person("dispatcher")
    report = report_event(
        type_code="0101", words="堆了建筑垃圾", spot="文化楼后巷", division_code=XINTIAN, photos=[PNG + TAIL],
        by=grid, on=on,
    )  # fmt: skip
    paper = StepPaper.objects.get(step__run=report.run).paper
    form = draft_form(topic="fire", title="消防巡查", items=ITEMS, reason="冬季多发", minutes=5, by=dispatcher, on=on)
    form = approve_form(form=form, by=person("leader"), on=on)
    row = plan_round(form=form, division_code=XINTIAN, due_on=due, by=dispatcher, on=on)
    site = register_site(kind="shop", name="便利店", division_code=XINTIAN, spot="1号", by=grid, on=on)
    marks, words, photos = {1: "bad", 2: "well"}, {1: "堆了货"}, {1: PNG + TAIL}
    inspect(round=row, site=site, marks=marks, words=words, photos=photos, again_on=due, by=grid, on=on)
    kind = CaseType.objects.get(type_code="0101", until_on=None)
    return {
        "gridwork/": {
            "report_id": report.pk, "paper_id": paper.pk, "type_id": kind.pk, "form_id": form.pk, "round_id": row.pk,
            "site_id": site.pk,
        },
        "api/v1/open311/": {"key": report.key, "kind": "json"},
        "open/report/": {"code": report.status_code},
    }  # fmt: skip
