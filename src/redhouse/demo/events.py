"""A few grid events of one village in every state, and a round of inspection, through the verbs of the room."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import segno

from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import close_step, file_paper, record_reply
from redhouse.ground.process.models import Report, RunStep
from redhouse.ground.process.queries import open_step
from redhouse.work.gridwork import actions
from redhouse.work.gridwork.enums import HazardLevel, Mark, SiteKind, Source, Topic

# type, what, where, metres east and north of the committee, days before the day of the town, how far it went
EVENTS = (
    ("0101", "路边堆着装修垃圾，挡了半条路", "文化楼后巷", 40, 60, 0, 0),
    ("0301", "消防通道停了三辆货车", "工业路8号门前", 420, -150, 0, 0),
    ("0202", "两盏路灯不亮，晚上看不见路", "大榕树旁", -160, 90, 1, 2),
    ("0203", "雨后积水，过膝盖", "市场南门", 210, 240, 1, 3),
    ("0102", "河涌有异味", "北涌桥头", -380, 310, 2, 3),
    ("0103", "摊位摆到人行道上", "市场北门", 230, 300, 3, 4),
    ("0201", "井盖破了一角", "第三经济社篮球场边", -90, -210, 4, 5),
    ("0302", "楼道里给电动车充电", "工业路宿舍楼", 450, -190, 6, 6),
    ("0101", "空地上倒了建筑垃圾", "祠堂旁空地", -220, -60, 9, 6),
    ("0401", "两户为屋檐滴水争吵", "第二经济社三巷", -30, -320, 12, 3),
)
WAY = ("accepted", "filed", "dispatched", "handled", "verified", "closed")
FINE = Decimal("0.00001")
LAT, LON = Decimal("22.93100"), Decimal("112.96800")
SITES = (
    (SiteKind.SHOP, "新田便利店", "大榕树旁1号"),
    (SiteKind.WORKSHOP, "荣发纺织作坊", "工业路8号"),
    (SiteKind.RENTAL, "工业路宿舍楼", "工业路12号"),
)
ITEMS = (
    ("消防通道畅通", Source.ASKED, HazardLevel.MAJOR),
    ("灭火器在有效期内", Source.ASKED, HazardLevel.ORDINARY),
    ("没有在楼道停放电动车充电", Source.ASKED, HazardLevel.ORDINARY),
    ("场所名称", Source.SITE_NAME, HazardLevel.ORDINARY),
    ("地址", Source.SITE_SPOT, HazardLevel.ORDINARY),
)


def happen(village: str, *, grid: Person, dispatcher: Person, checker: Person, leader: Person, as_of: date) -> None:
    """Everything of one village up to `as_of`."""
    for number, (kind, words, spot, east, north, before, far) in enumerate(EVENTS):
        on = as_of - timedelta(days=before)
        report = actions.report_event(
            type_code=kind,
            words=words,
            spot=spot,
            division_code=village,
            lat=(LAT + Decimal(north) / 111_000).quantize(FINE),
            lon=(LON + Decimal(east) / 102_000).quantize(FINE),
            by=grid if number % 2 else None,
            on=on,
        )
        for outcome in WAY[:far]:
            _close(report, outcome, grid=grid, dispatcher=dispatcher, checker=checker, on=as_of if before else on)
    _inspect(village, grid=grid, dispatcher=dispatcher, leader=leader, as_of=as_of)


def _close(report: Report, outcome: str, *, grid: Person, dispatcher: Person, checker: Person, on: date) -> None:
    step = _step(report)
    if outcome == "dispatched":
        actions.assign_many(steps=[step], by=dispatcher, on=on)
    elif outcome == "handled":
        by = _handler(step)
        for paper in actions.photograph([_picture(report)], division_code=report.division_code, by=by, on=on):
            file_paper(step=step, paper=paper, by=by, on=on)
        close_step(step=step, outcome=outcome, by=by, on=on)
    elif outcome == "closed":
        record_reply(step=step, way="phone", result="content", words="已清理，请看照片。", by=dispatcher, on=on)
        close_step(step=step, outcome=outcome, by=dispatcher, on=on)
    else:
        close_step(step=step, outcome=outcome, by=checker if outcome == "verified" else dispatcher, on=on)


def _step(report: Report) -> RunStep:
    step = open_step(report.run)
    assert step is not None
    step.run.report = report
    return step


def _handler(step: RunStep) -> Person:
    person: Person = step.assignment.handler
    return person


def _picture(report: Report) -> bytes:
    """A picture that says what it is: nobody's photograph."""
    out = BytesIO()
    segno.make(f"演示照片：{report.spot}", error="m", micro=False).save(out, kind="png", scale=6, border=3)
    return out.getvalue()


def _inspect(village: str, *, grid: Person, dispatcher: Person, leader: Person, as_of: date) -> None:
    """One approved form, three sites, two of them looked at: one ordinary hazard, one major one that is a case."""
    form = actions.draft_form(
        topic=Topic.FIRE,
        title="冬季消防巡查",
        items=ITEMS,
        minutes=8,
        reason="冬季火灾多发，现有各表没有消防通道一项",
        by=dispatcher,
        on=as_of - timedelta(days=8),
    )
    form = actions.approve_form(form=form, by=leader, on=as_of - timedelta(days=7))
    round_ = actions.plan_round(
        form=form, division_code=village, due_on=as_of + timedelta(days=10), by=dispatcher, on=as_of - timedelta(days=7)
    )
    sites = [
        actions.register_site(
            kind=kind, name=name, spot=spot, division_code=village, by=grid, on=as_of - timedelta(days=7)
        )
        for kind, name, spot in SITES
    ]
    for site, marks in (
        (sites[0], {1: Mark.WELL, 2: Mark.BAD, 3: Mark.WELL}),
        (sites[1], {1: Mark.BAD, 2: Mark.WELL, 3: Mark.NONE}),
    ):
        actions.inspect(
            round=round_,
            site=site,
            marks=marks,
            words={1: "通道里堆了布料", 2: "灭火器过期两个月"},
            again_on=as_of + timedelta(days=5),
            by=grid,
            on=as_of - timedelta(days=2),
        )
