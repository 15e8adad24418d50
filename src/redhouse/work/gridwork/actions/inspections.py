"""Checklists, rounds, what was found, and that it was mended. `by` is the person who does it; `on` a day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import report_problem
from redhouse.ground.process.enums import ReportOrigin
from redhouse.kit.divisions import town_of
from redhouse.work.gridwork import facts
from redhouse.work.gridwork.actions.cases import photograph
from redhouse.work.gridwork.definitions import CODE, HAZARD_TYPE
from redhouse.work.gridwork.enums import HazardLevel, Mark, Source
from redhouse.work.gridwork.models import FormItem, Hazard, Inspection, InspectionForm, Round, Site
from redhouse.work.gridwork.rules import (
    may_approve_form,
    may_inspect,
    may_keep_types,
    may_plan_round,
    missing_before_inspection,
)

DAYS_TO_MEND = 15  # until an ordinary hazard should be gone [I]
Item = tuple[str, str, str]  # text, source, level


@transaction.atomic
def draft_form(
    *,
    topic: str,
    title: str,
    items: Sequence[Item],
    reason: str,
    minutes: int,
    by: Person,
    on: date,
    site_kind: str = "",
) -> InspectionForm:
    """A new checklist; nobody uses it before it is approved. Raises PermissionDenied, NotYet, ValidationError."""
    if not may_keep_types(by, on=on):
        raise PermissionDenied(_("巡查表由镇网格调度员拟订"))
    if not any(source == Source.ASKED for _text, source, _level in items):
        raise NotYet([_("没有一项要现场查看：系统里都有，不用新增这份表")])
    form = InspectionForm(
        topic=topic,
        title=title.strip(),
        site_kind=site_kind,
        division_code=town_of(by.division_code),
        minutes=minutes,
        reason=reason.strip(),
        author=by,
        drafted_on=on,
    )
    form.full_clean(exclude=["author"])
    form.save()
    for number, (text, source, level) in enumerate(items, start=1):
        item = FormItem(form=form, number=number, text=text.strip(), source=source, level=level)
        item.full_clean(exclude=["form"])
        item.save()
    _record(facts.FORM_DRAFTED, form.division_code, by, on, form.topic, subject=form.pk)
    return form


@transaction.atomic
def approve_form(*, form: InspectionForm, by: Person, on: date) -> InspectionForm:
    """Let a checklist be used: by a leader of the town who is not its author. Raises PermissionDenied."""
    form = InspectionForm.objects.select_for_update().get(pk=form.pk)
    if not may_approve_form(by, form, on=on):
        raise PermissionDenied(_("新的巡查表由镇领导批准，不能批准自己拟的"))
    if form.approved_on is None:
        form.approver, form.approved_on = by, on
        form.save(update_fields=["approver", "approved_on"])
        asked = form.items.filter(source=Source.ASKED).count()
        _record(facts.FORM_APPROVED, form.division_code, by, on, form.topic, subject=form.pk, quantity=asked)
    return form


def register_site(*, kind: str, name: str, division_code: str, spot: str, by: Person, on: date) -> Site:
    """A place to be looked at. Raises PermissionDenied, ValidationError."""
    if not may(by, Verb.SEE_CASES, division_code, on):
        raise PermissionDenied(_("场所由本村（社区）的网格员或镇登记"))
    site = Site(kind=kind, name=name.strip(), division_code=division_code, spot=spot.strip(), from_on=on)
    site.full_clean()
    site.save()
    return site


@transaction.atomic
def plan_round(*, form: InspectionForm, division_code: str, due_on: date, by: Person, on: date) -> Round:
    """Take an approved form to every site of its kind there. Raises PermissionDenied, NotYet, ValidationError."""
    if not may_plan_round(by, on=on):
        raise PermissionDenied(_("巡查由镇网格调度员安排"))
    if form.approved_on is None:
        raise NotYet([_("这份巡查表还没有批准")])
    row = Round(form=form, division_code=division_code, from_on=on, due_on=due_on, planned_by=by)
    row.full_clean(exclude=["form", "planned_by"])
    row.save()
    _record(facts.ROUND_PLANNED, division_code, by, on, form.topic, subject=row.pk)
    return row


@transaction.atomic
def inspect(
    *,
    round: Round,
    site: Site,
    marks: Mapping[int, str],
    by: Person,
    on: date,
    words: Mapping[int, str] | None = None,
    photos: Mapping[int, bytes] | None = None,
    again_on: date | None = None,
    follows: Inspection | None = None,
    key: UUID | None = None,
) -> Inspection:
    """Record a look at one site: each item that is not well is a hazard, a major one at once a case.

    The same key again is the inspection that is there. Raises PermissionDenied, NotYet, ValidationError.
    """
    known = Inspection.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    if not may_inspect(by, round, on=on):
        raise PermissionDenied(_("巡查由本村（社区）的网格员、驻点团队或镇办理"))
    items = list(round.form.items.all())
    require(missing_before_inspection(round, site, dict(marks), items, on))
    asked = {item.number for item in items if item.source == Source.ASKED}
    row = Inspection(
        round=round,
        site=site,
        follows=follows,
        key=key or uuid4(),
        marks={str(number): mark for number, mark in marks.items() if number in asked},
        seen_on=on,
        seen_by=by,
        again_on=again_on,
    )
    row.full_clean(exclude=["round", "site", "follows", "seen_by"])
    row.save()
    bad = [item for item in items if marks.get(item.number) == Mark.BAD and item.number in asked]
    fact_id = _record(
        facts.INSPECTION_RECORDED,
        site.division_code,
        by,
        on,
        round.form.topic,
        subject=row.pk,
        object=site.pk,
        quantity=len(bad),
    )
    for item in bad:
        _hazard(row, item, (words or {}).get(item.number, ""), (photos or {}).get(item.number), fact_id, by, on)
    return row


def _hazard(
    inspection: Inspection, item: FormItem, words: str, photo: bytes | None, fact_id: int, by: Person, on: date
) -> None:
    site = inspection.site
    papers = photograph([photo], division_code=site.division_code, by=by, on=on) if photo else []
    report = None
    if item.level == HazardLevel.MAJOR:
        report = report_problem(
            code=CODE,
            type_code=HAZARD_TYPE,
            words=words.strip() or item.text,
            spot=f"{site.name}（{site.spot}）",
            division_code=site.division_code,
            origin=ReportOrigin.INSPECTION,
            origin_fact=Fact.objects.get(pk=fact_id),
            photos=papers,
            by=by,
            on=on,
        )
    hazard = Hazard(
        inspection=inspection,
        item=item,
        level=item.level,
        words=words.strip(),
        before=papers[0] if papers else None,
        report=report,
        due_on=inspection.again_on or on + timedelta(days=DAYS_TO_MEND),
    )
    hazard.full_clean(exclude=["inspection", "item", "before", "report"])
    hazard.save()


@transaction.atomic
def remove_hazard(*, hazard: Hazard, photo: bytes, by: Person, on: date) -> Hazard:
    """It is well again, as a photograph shows. A major one is removed by the end of its case.

    Raises PermissionDenied, NotYet, ValidationError.
    """
    found = Hazard.objects.select_for_update(of=("self",)).select_related("inspection__round", "inspection__site")
    hazard = found.get(pk=hazard.pk)
    if not may_inspect(by, hazard.inspection.round, on=on):
        raise PermissionDenied(_("巡查由本村（社区）的网格员、驻点团队或镇办理"))
    if hazard.removed_on is not None:
        raise NotYet([_("这处隐患已经登记整改")])
    if hazard.is_case:
        raise NotYet([_("重大隐患按网格事件办：先办结那一件，再销号")])
    code = hazard.inspection.site.division_code
    [hazard.after] = photograph([photo], division_code=code, by=by, on=on)
    hazard.removed_on, hazard.removed_by = on, by
    hazard.full_clean(exclude=["inspection", "item", "before", "after", "report", "removed_by"])
    hazard.save()
    _record(facts.HAZARD_REMOVED, code, by, on, hazard.level, subject=hazard.pk)
    return hazard


def _record(kind: str, code: str, by: Person, on: date, label: str, **keys: int) -> int:
    return ledger.record(kind, happened_on=on, division_code=code, by=by.pk, label=str(label), **keys)
