"""Types of events and templates of replies: a change ends the old row and begins a new one. `by` does it on `on`."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.ground.process.facts import CASE_TYPE_CHANGED
from redhouse.ground.process.models import CaseType
from redhouse.kit.divisions import town_of
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.models import ReplyTemplate


@transaction.atomic
def change_type(
    *, by: Person, on: date, old: CaseType | None = None, is_ended: bool = False, **said: object
) -> CaseType:
    """Begin a type, put another in the place of `old`, or end it. Cases keep the type they were reported under, so that
    one that began today and has cases already is followed from tomorrow on.

    Raises PermissionDenied, ValidationError.
    """
    town, begins = _town(by, on), on
    if old is not None:
        old = CaseType.objects.select_for_update().get(pk=old.pk)
        if old.from_on == on and not old.reports.exists():  # begun today and never used: mended, not followed
            old.delete()
        else:
            begins = old.until_on = max(on, old.from_on + timedelta(days=1))
            old.save(update_fields=["until_on"])
    row = CaseType(code=CODE, from_on=begins, kept_by=by, **said)
    if not is_ended:
        row.full_clean(exclude=["kept_by"])
        row.save()
    key = Division.objects.as_of(on).filter(code=town).values_list("pk", flat=True).first()
    code = row.type_code or (old.type_code if old else "")
    label = f"{CODE}.{code}.{'ended' if is_ended else 'kept'}"
    ledger.record(CASE_TYPE_CHANGED, happened_on=on, division_code=town, by=by.pk, subject=key, label=label)
    return old if is_ended and old is not None else row


@transaction.atomic
def keep_template(*, title: str, text: str, by: Person, on: date) -> ReplyTemplate:
    """Begin a template, in the place of the one with this title if there is any. Raises PermissionDenied,
    ValidationError."""
    town, title = _town(by, on), title.strip()
    for old in ReplyTemplate.objects.as_of(on).select_for_update().filter(division_code=town, title=title):
        if old.from_on == on:
            old.delete()
        else:
            old.until_on = on
            old.save(update_fields=["until_on"])
    row = ReplyTemplate(division_code=town, title=title, text=text.strip(), kept_by=by, from_on=on)
    row.full_clean(exclude=["kept_by"])
    row.save()
    return row


def _town(by: Person, on: date) -> str:
    town = town_of(by.division_code)
    if not may(by, Verb.KEEP_CASE_TYPES, town, on):
        raise PermissionDenied(_("事件类型和模板由镇网格调度员维护"))
    return town
