"""Matters at the steps where something hangs on a board. The way before them is walked as a run of its own."""

from datetime import date, timedelta

from redhouse.ground.papers.enums import MediaType
from redhouse.ground.process.queries import matures_on, open_step
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.models import Matter, Publicity
from tests.cast import SOCIETY, person
from tests.ground.process.factories import D1, close, file_evidence, opened

PHOTO = Upload(b"\x89PNG a board", MediaType.PNG, "board.png")
SITE = "https://redhouse.example"
DAY = timedelta(days=1)
BEGAN = D1 + 11 * DAY  # when a decision is to be posted: ten days of notice lie before the vote


def matter_at(key: str, on: date = D1) -> Matter:
    """A dividend opened on `on`, whose step `key` opened when every period before it was over: `began`."""
    run = opened(on)
    while (step := open_step(run)) is not None and step.key != key:
        on = max(on, matures_on(step) or on)
        file_evidence(step, on)
        close(run, on=on)
    number = f"{SOCIETY}-{on.year}-P07-{Matter.objects.count() + 1:02}"
    return Matter.objects.create(
        run=run, number=number, title="2018年度股份分红", division_code=SOCIETY, amount=312_000_000, proposed_on=D1,
        proposed_by=person("director"), summary="可分配312万元",
    )  # fmt: skip


def began(matter: Matter) -> date:
    step = open_step(matter.run)
    assert step is not None
    return step.opened_on


def prepared(matter: Matter, on: date = D1, **changes: object) -> Publicity:
    fields = {"title": "新田第一经济社\n2018年度股份分红公示", "places": "村公开栏"}
    fields |= {"text": "可分配收益3,120,000.00元。"}
    return actions.prepare_publicity(  # type: ignore[arg-type]
        **{"matter": matter, "site": SITE, "by": person("director"), "on": on} | fields | changes
    )


def posted(matter: Matter, on: date = D1, **changes: object) -> Publicity:
    """Printed and hung on one day; an open publicity step closes with it."""
    row = prepared(matter, on, **changes)
    actions.post_publicity(publicity=row, photo=photo(), seen_on=on, by=person("director"), on=on)
    return row


def ended(row: Publicity, on: date) -> None:
    actions.end_publicity(publicity=row, photo=photo(), seen_on=on, by=person("director"), on=on)


def photo() -> Upload:
    return PHOTO


def archived() -> Matter:
    """From the result to the archive: hung for fifteen days, then sealed."""
    matter = matter_at("result")
    on = began(matter)
    row = posted(matter, on)
    end = on + 16 * DAY
    ended(row, end)
    actions.archive_matter(matter=matter, by=person("director"), on=end)
    return matter
