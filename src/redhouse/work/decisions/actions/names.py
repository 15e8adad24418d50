"""The list with full names, for whoever pays the money out. Every look behind a mask is a fact about that person."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access import facts as access
from redhouse.ground.access.enums import LookField, LookReason
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.work.decisions.models import DistributionLine, Matter
from redhouse.work.decisions.queries.money import distribution_of
from redhouse.work.decisions.queries.money_page import lines_of
from redhouse.work.decisions.rules import may_take_names


@transaction.atomic
def take_names(*, matter: Matter, reason: LookReason, by: Person, on: date) -> list[DistributionLine]:
    """The lines with their holders, each of whom can read afterwards who took their name and why. Raises
    PermissionDenied, NotYet, and ValueError for a reason that is not on the list."""
    reason = LookReason(reason)
    if not may_take_names(by, matter, on=on):
        raise PermissionDenied(_("带全名的清单由可以看全姓名的书记、组织干部说明事由后取"))
    distribution = distribution_of(matter)
    if distribution is None:
        raise NotYet([_("这件事项没有分配表")])
    with everything():
        lines: list[DistributionLine] = list(lines_of(distribution))
    label = f"{LookField.NAME}.{reason}"
    ledger.record_many(
        (access.PERSONAL_FIELD_LOOKED_AT, line.person.division_code, on, by.pk, by.pk, line.person_id, None, 1, label)
        for line in lines
        if line.person_id != by.pk
    )
    return lines
