"""The lists that visits go by, edited by the town office: each edit is the next version."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.people.models import Person
from redhouse.work.visits import facts, rules
from redhouse.work.visits.enums import Topic
from redhouse.work.visits.models import Checklist


@transaction.atomic
def edit_checklist(*, division_code: str, topic: Topic, items: Sequence[str], by: Person, on: date) -> Checklist:
    """From `on` on visits of this topic go by these items; the same items again change nothing.

    A version that was made today is made anew, as long as no visit went by it. Raises NotYet, ValidationError.
    """
    if not rules.may_edit_checklist(by, division_code, on=on):
        raise PermissionDenied(_("清单由镇组织办修订"))
    wanted = [item.strip() for item in items if item.strip()]
    lists = Checklist.objects.select_for_update().filter(division_code=division_code, topic=topic)
    last: Checklist | None = lists.order_by("-version_no").first()
    if last is not None and last.until_on is None and last.items == wanted:
        return last
    version_no = 1 if last is None else last.version_no + 1
    if last is not None and last.until_on is None:
        if last.from_on < on:
            last.until_on = on
            last.save(update_fields=["until_on"])
        elif last.visits.exists():
            raise NotYet([_("今天这一版已有走访用过，请明天再改")])
        else:
            version_no = last.version_no
            last.delete()
    row = Checklist(
        division_code=division_code, topic=topic, version_no=version_no, items=wanted, made_by=by, from_on=on
    )
    row.full_clean(exclude=["made_by"])
    with in_words(row):
        row.save()
    ledger.record(facts.CHECKLIST_EDITED, happened_on=on, division_code=division_code, by=by.pk, quantity=len(wanted))
    return row
