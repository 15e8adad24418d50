"""Report, dispatch, look, rate. `by` is the person who does it, None without an account; `on` an Asia/Shanghai day."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from redhouse.ground.access.enums import LookReason
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages.actions.deliveries import OUTSIDE
from redhouse.ground.messages.enums import Channel
from redhouse.ground.messages.outside import is_set_up
from redhouse.ground.papers.actions import add_photos
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import close_step, report_problem
from redhouse.ground.process.enums import Ending, Outcome, ReportOrigin, StepKind
from redhouse.ground.process.facts import CONTACT_LOOKED_AT
from redhouse.ground.process.models import Report, RunStep
from redhouse.ground.process.queries import roles_of, types_of
from redhouse.work.gridwork import facts
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.enums import PHOTOS_AT_MOST
from redhouse.work.gridwork.models import Assignment, Rating
from redhouse.work.gridwork.queries import handlers_of
from redhouse.work.gridwork.rules import may_look_at_contact

TELL_CODE = "gridwork.tell_code"


def photograph(contents: Sequence[bytes], *, division_code: str, by: Person | None, on: date) -> list[Paper]:
    """Keep photographs, without their place and device. Raises ValidationError where one is none."""
    if len(contents) > PHOTOS_AT_MOST:
        raise ValidationError(_("一次最多存%(most)s张照片") % {"most": PHOTOS_AT_MOST})
    return add_photos(contents, title=_("现场照片"), name="photo", division_code=division_code, by=by, on=on)


@transaction.atomic
def report_event(
    *,
    type_code: str,
    words: str,
    spot: str,
    division_code: str,
    by: Person | None,
    on: date,
    photos: Sequence[bytes] = (),
    name: str = "",
    phone: str = "",
    lat: Decimal | None = None,
    lon: Decimal | None = None,
    key: UUID | None = None,
) -> Report:
    """A grid event seen by somebody of the grid (`by`), or by a resident without an account, who is sent the code to
    follow it by where a telephone number was left and text messages are set up.

    Raises PermissionDenied, NotYet, ValidationError.
    """
    if by is None and not types_of(CODE, on).filter(type_code=type_code, is_public=True).exists():
        raise NotYet([_("请从列表里选一种情况")])
    with everything():
        known = Report.objects.filter(key=key).first() if key else None
        if known is not None:
            return known
        report = report_problem(
            code=CODE,
            type_code=type_code,
            words=words,
            spot=spot,
            division_code=division_code,
            origin=ReportOrigin.RESIDENT if by is None else ReportOrigin.INSPECTION,
            name=name,
            phone=phone,
            lat=lat,
            lon=lon,
            photos=photograph(photos, division_code=division_code, by=by, on=on),
            key=key,
            by=by,
            on=on,
        )
    if by is None and report.phone and is_set_up(Channel.SMS, division_code):
        app.configure_task(TELL_CODE, queue=OUTSIDE).defer(report_id=report.pk)
    return report


@transaction.atomic
def assign(*, step: RunStep, handler: Person, by: Person, on: date, note: str = "") -> Assignment:
    """Dispatch the case to somebody who can handle it. Raises PermissionDenied, NotYet, OutOfTurn."""
    if handler.pk not in {person.pk for person in handlers_of(step, on)}:
        raise NotYet([_("%(who)s没有处置这一件的职务，请另选一位") % {"who": handler}])
    following = close_step(step=step, outcome=Outcome.DISPATCHED, by=by, on=on)
    assert following is not None
    row = Assignment(step=following, handler=handler, note=note.strip(), assigned_on=on, assigned_by=by)
    row.full_clean(exclude=["step", "handler", "assigned_by"])
    row.save()
    ledger.record(
        facts.CASE_ASSIGNED,
        happened_on=on,
        division_code=step.run.division_code,
        by=by.pk,
        subject=step.run_id,
        object=handler.pk,
    )
    return row


@transaction.atomic
def assign_many(*, steps: Iterable[RunStep], by: Person, on: date) -> int:
    """Dispatch each case to whoever its type names, the one with the fewest open cases first; all or none.

    Cases that wait for acceptance or filing are accepted and filed on the way, where that is owed by the same person.
    Raises PermissionDenied, NotYet that names the case, OutOfTurn.
    """
    held = Assignment.objects.filter(step__outcome="").values_list("handler").annotate(n=Count("pk"))
    load: dict[int, int] = dict(held)
    done = 0
    for step in steps:
        here: RunStep | None = step
        while here is not None and here.kind in (StepKind.ACCEPT, StepKind.FILE):
            outcome = Outcome.ACCEPTED if here.kind == StepKind.ACCEPT else Outcome.FILED
            here = close_step(step=here, outcome=outcome, by=by, on=on)
        people = handlers_of(here, on) if here is not None else []
        if here is None or not people:
            raise NotYet([_("“%(spot)s”没有人可派：请先安排网格员，或吹哨上报") % {"spot": step.run.report.spot}])
        named = step.run.report.type.handled_by if step.run.report.type else ""
        first = [person for person in people if named in roles_of(person, here.run, on)] or people
        handler = min(first, key=lambda person: (load.get(person.pk, 0), person.pk))
        load[handler.pk] = load.get(handler.pk, 0) + 1
        assign(step=here, handler=handler, by=by, on=on)
        done += 1
    return done


def look_at_contact(*, report: Report, reason: str, by: Person, on: date) -> tuple[str, str]:
    """Name and phone of whoever reported, for who has the case in hand; the look is a fact. Raises PermissionDenied."""
    if not may_look_at_contact(by, report, on=on):
        raise PermissionDenied(_("上报人的联系方式只给正在办这一步的人看"))
    full = Report.objects.get(pk=report.pk)
    ledger.record(
        CONTACT_LOOKED_AT,
        happened_on=on,
        division_code=report.division_code,
        by=by.pk,
        subject=report.run_id,
        label=str(LookReason(reason)),
    )
    return full.name, full.phone


@transaction.atomic
def rate(*, report: Report, stars: int, on: date) -> Rating:
    """The reporter rates once, after the case was closed. Raises NotYet, ValidationError."""
    if report.run.ending != Ending.CLOSED:
        raise NotYet([_("结案以后再评价")])
    known = Rating.objects.filter(report=report).first()
    if known is not None:
        return known
    row = Rating(report=report, stars=stars, rated_on=on)
    row.full_clean(exclude=["report"])
    row.save()
    ledger.record(
        facts.CASE_RATED,
        happened_on=on,
        division_code=report.division_code,
        by=None,
        subject=report.run_id,
        quantity=stars,
    )
    return row
