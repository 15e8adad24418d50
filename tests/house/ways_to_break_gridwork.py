"""The constraints of the grid: sound rows, and how each is broken."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Model

from redhouse.work.gridwork.models import (
    FormItem,
    Hazard,
    Inspection,
    InspectionForm,
    Rating,
    ReplyTemplate,
    Round,
    Site,
)
from tests.cast import BEGIN, TOWN, XINTIAN, person
from tests.ground.process.cases import reported
from tests.ground.process.factories import D1


def rating(**changes: object) -> Rating:
    return Rating(**{"report": reported(), "stars": 5, "rated_on": D1} | changes)


def template(**changes: object) -> ReplyTemplate:
    fields = {"division_code": TOWN, "title": "已清理", "text": "已清理。", "kept_by": person("org"), "from_on": BEGIN}
    return ReplyTemplate(**fields | changes)


def form(**changes: object) -> InspectionForm:
    fields = {"topic": "fire", "title": "消防", "division_code": TOWN, "minutes": 5, "reason": "冬季多发"}
    return InspectionForm(**fields | {"author": person("org"), "drafted_on": D1} | changes)


def site(**changes: object) -> Site:
    fields = {"kind": "shop", "name": "便利店", "division_code": XINTIAN, "spot": "1号", "from_on": BEGIN}
    return Site(**fields | changes)


def site_twice() -> Site:
    site().save()
    return site(spot="2号")


def saved_form() -> InspectionForm:
    row = form()
    row.save()
    return row


def item(**changes: object) -> FormItem:
    fields = {"form": saved_form(), "number": 1, "text": "通道畅通"}
    return FormItem(**fields | changes)


def item_twice() -> FormItem:
    first = item()
    first.save()
    return FormItem(form=first.form, number=1, text="另一项")


def round_(**changes: object) -> Round:
    fields = {"form": saved_form(), "division_code": XINTIAN, "from_on": D1, "due_on": D1, "planned_by": person("org")}
    return Round(**fields | changes)


def inspection(**changes: object) -> Inspection:
    row, place = round_(), site()
    row.save()
    place.save()
    return Inspection(**{"round": row, "site": place, "marks": {}, "seen_on": D1, "seen_by": person("grid")} | changes)


def inspection_twice() -> Inspection:
    first = inspection()
    first.save()
    return Inspection(round=first.round, site=first.site, marks={}, seen_on=D1, seen_by=person("grid"))


def hazard(**changes: object) -> Hazard:
    look = inspection()
    look.save()
    line = FormItem.objects.create(form=look.round.form, number=1, text="通道畅通")
    return Hazard(**{"inspection": look, "item": line, "level": "ordinary", "due_on": D1} | changes)


def hazard_twice() -> Hazard:
    first = hazard()
    first.save()
    return Hazard(inspection=first.inspection, item=first.item, level="major", due_on=D1)


WAYS: dict[str, Callable[[], Model]] = {
    "rating_is_one_to_five": lambda: rating(stars=6),
    "reply_template_says_something": lambda: template(text=""),
    "inspection_form_says_why": lambda: form(reason=""),
    "inspection_form_approver_is_not_author": lambda: form(approver=person("org"), approved_on=D1),
    "site_name_once": site_twice,
    "form_item_numbered_once": item_twice,
    "round_is_due_after_it_begins": lambda: round_(due_on=D1 - timedelta(days=1)),
    "inspection_once_a_round": inspection_twice,
    "inspection_again_later": lambda: inspection(again_on=D1),
    "hazard_once_an_item": hazard_twice,
    "hazard_removed_with_a_photograph": lambda: hazard(removed_on=D1, removed_by=person("grid")),
}
SPEAKING_FIELDS = {"reply_template_says_something", "inspection_form_says_why"}
