"""Who may look, dispatch, keep types and forms, inspect; what an inspection still needs."""

from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import open_step
from redhouse.ground.process.rules import may_close, may_suspend
from redhouse.kit.divisions import is_within, town_of
from redhouse.work.gridwork.enums import Mark, Source
from redhouse.work.gridwork.models import FormItem, InspectionForm, Round, Site


def may_see_any(person: Person | None, thing: object = None, *, on: date) -> bool:
    """Whether the board is shown at all."""
    return bool(reach_of(person, Verb.SEE_CASES, on))


def may_keep_types(person: Person | None, thing: object = None, *, on: date) -> bool:
    return bool(reach_of(person, Verb.KEEP_CASE_TYPES, on))


def may_act(person: Person, report: Report, *, on: date) -> bool:
    """Whether the open step is this person's to close."""
    step = open_step(report.run)
    return step is not None and report.run.suspended_on is None and may_close(person, step, on)


def may_stop(person: Person, report: Report, *, on: date) -> bool:
    return not report.run.ending and may_suspend(person, report.run, on)


def may_look_at_contact(person: Person, report: Report, *, on: date) -> bool:
    """Who has the case in hand, while it is open, and only then."""
    return may_act(person, report, on=on)


def may_approve_form(person: Person, form: InspectionForm, *, on: date) -> bool:
    """A leader of the town, who is somebody else than the author."""
    town = town_of(form.division_code)
    return form.author_id != person.pk and may(person, Verb.APPROVE_INSPECTIONS, town, on)


def may_plan_round(person: Person, *, on: date) -> bool:
    return may_keep_types(person, on=on)


def may_inspect(person: Person, round_: Round, *, on: date) -> bool:
    """Whoever works at the doors of the place, or above it."""
    return may(person, Verb.SEE_CASES, round_.division_code, on) or any(
        is_within(code.ljust(12, "0"), round_.division_code) for code in reach_of(person, Verb.SEE_CASES, on)
    )


def missing_before_inspection(
    round_: Round, site: Site, marks: dict[int, str], items: list[FormItem], on: date
) -> list[str]:
    """Every item that is asked has an answer of the closed list, and nothing else is answered."""
    missing = []
    if on < round_.from_on:
        missing.append(_("这一轮%(day)s才开始") % {"day": round_.from_on})
    if not is_within(site.division_code, round_.division_code) or (round_.form.site_kind or site.kind) != site.kind:
        missing.append(_("这一处不在本轮巡查的范围里"))
    unseen = [item for item in items if item.source == Source.ASKED and marks.get(item.number) not in Mark.values]
    return missing + [_("还没有查：%(item)s") % {"item": item.text} for item in unseen]
