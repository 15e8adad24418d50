"""Look behind a mask, and open accounts."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access import facts
from redhouse.ground.access.enums import LookField, LookReason
from redhouse.ground.access.models import Account
from redhouse.ground.access.rules import may_look_behind_mask
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.people.models import Person


@transaction.atomic
def look_behind_mask(*, person: Person, field: LookField, reason: LookReason, by: Person, on: date) -> str:
    """Give the full value of one masked field, and record who looked, at what and why. Own data leave no fact.

    Raises PermissionDenied, and ValueError for a field or reason that is not on the lists.
    """
    field, reason = LookField(field), LookReason(reason)
    if not may_look_behind_mask(by, person, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部说明事由后可以查看"))
    if by.pk != person.pk:
        ledger.record(
            facts.PERSONAL_FIELD_LOOKED_AT,
            happened_on=on,
            division_code=person.division_code,
            by=by.pk,
            subject=person.pk,
            label=f"{field}.{reason}",
        )
    return str(getattr(person, field))


def open_account(*, username: str, person: Person, password: str | None = None, demo_note: str = "") -> Account:
    """An account for a person; without a password it can only be entered where the house offers another way."""
    return Account.objects.create_user(username, password, person=person, is_demo=bool(demo_note), demo_note=demo_note)
