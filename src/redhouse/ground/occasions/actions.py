"""Plan, expect, be present, cancel. `by` is the person who does it; days are Asia/Shanghai days."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.occasions import facts
from redhouse.ground.occasions.enums import OccasionKind
from redhouse.ground.occasions.models import Attendance, Occasion
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Space


class AlreadyCancelled(ValueError):
    """The occasion was called off before."""


@transaction.atomic
def plan_occasion(
    *,
    kind: OccasionKind,
    title: str,
    host: Body,
    space: Space | None,
    from_at: datetime,
    until_at: datetime,
    by: Person,
) -> Occasion:
    """Raises ValidationError with the friendly sentence. Bookings of one room are asked for one after the other; the
    exclusion constraint stands behind that."""
    occasion = Occasion(
        kind=kind,
        title=title,
        host=host,
        space=space,
        division_code=host.division_code,
        from_at=from_at,
        until_at=until_at,
    )
    if until_at <= from_at:  # asked first: a reversed period also trips the overlap check, with the wrong sentence
        raise ValidationError({"until_at": _("结束时间应晚于开始时间")})
    if space is not None:  # whoever comes second waits here; two in the constraint at once may wait for each other
        Space.objects.select_for_update(no_key=True).get(pk=space.pk)
    occasion.full_clean()
    try:
        with transaction.atomic():
            occasion.save()
    except IntegrityError as error:
        if "occasion_no_double_booking" in str(error):
            raise ValidationError(_("这个场室在这段时间已有安排，请换时间或场室")) from None
        raise
    ledger.record(
        facts.OCCASION_PLANNED,
        happened_on=timezone.localdate(from_at),
        division_code=occasion.division_code,
        by=by.pk,
        subject=occasion.pk,
        object=space.pk if space else None,
        label=kind,
    )
    return occasion


@transaction.atomic
def expect_people(*, occasion: Occasion, people: Iterable[Person]) -> int:
    """Put people on the list; those already on it stay as they are. Returns the length of the list."""
    Attendance.objects.bulk_create(
        [Attendance(occasion=occasion, person=p, division_code=p.division_code) for p in people],
        ignore_conflicts=True,
    )
    return occasion.attendances.filter(is_expected=True).count()


@transaction.atomic
def record_presence(*, occasion: Occasion, person: Person, by: Person, at: datetime) -> Attendance:
    """Sign a person in. Repeating it changes nothing. Somebody who was not expected is present all the same."""
    attendance, _new = Attendance.objects.select_for_update().get_or_create(
        occasion=occasion,
        person=person,
        defaults={"is_expected": False, "division_code": person.division_code},
    )
    if attendance.present_at is None:
        attendance.present_at, attendance.present_by = at, by
        attendance.save(update_fields=["present_at", "present_by"])
        ledger.record(
            facts.PRESENCE_RECORDED,
            happened_on=timezone.localdate(at),
            division_code=occasion.division_code,
            by=by.pk,
            subject=occasion.pk,
            object=person.pk,
            label=occasion.kind,
        )
    return attendance


@transaction.atomic
def record_presences(*, occasion: Occasion, people: Collection[Person], by: Person, at: datetime) -> int:
    """Sign in everybody on a sheet; who is present already stays as it is. Returns how many came."""
    Attendance.objects.bulk_create(
        [
            Attendance(occasion=occasion, person=p, division_code=p.division_code, is_expected=False)
            for p in sorted(people, key=lambda one: one.pk)
        ],
        ignore_conflicts=True,
    )
    rows = Attendance.objects.select_for_update().filter(occasion=occasion, person__in=people, present_at=None)
    came = list(rows.order_by("pk").values_list("person_id", flat=True))
    rows.update(present_at=at, present_by=by)
    ledger.record_many(
        (
            facts.PRESENCE_RECORDED, occasion.division_code, timezone.localdate(at), by.pk, by.pk, occasion.pk, person,
            1, str(occasion.kind),
        )
        for person in came
    )  # fmt: skip
    return len(came)


@transaction.atomic
def cancel_occasion(*, occasion: Occasion, by: Person, at: datetime) -> None:
    locked = Occasion.objects.select_for_update().get(pk=occasion.pk)
    if locked.cancelled_at is not None:
        raise AlreadyCancelled(_("这次活动已经取消"))
    locked.cancelled_at, locked.cancelled_by = at, by
    locked.save(update_fields=["cancelled_at", "cancelled_by"])
    ledger.record(
        facts.OCCASION_CANCELLED,
        happened_on=timezone.localdate(at),
        division_code=locked.division_code,
        by=by.pk,
        subject=locked.pk,
        label=locked.kind,
    )
