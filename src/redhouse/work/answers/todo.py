"""Answer sheets that wait for one's word, or came back with a reason."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import names_of
from redhouse.work.answers.enums import SheetState
from redhouse.work.answers.models import Sheet
from redhouse.work.answers.queries.frozen import undecided_with
from redhouse.work.answers.rules import may_decide


@source
def sheets(person: Person, on: date) -> Iterable[Owed]:
    """Up to two queries, and none for those who neither send sheets nor approve them."""
    if not (reach_of(person, Verb.APPROVE_ANSWERS, on) or reach_of(person, Verb.SUBMIT_ANSWERS, on)):
        return
    rows = [row for row in undecided_with(person) if _is_owed(row, person, on)]
    places = names_of({row.division_code for row in rows}, on) if rows else {}
    for row in rows:
        came_back = row.state == SheetState.RETURNED
        yield Owed(
            title=_("%(place)s答卷，截至%(day)s") % {"place": places.get(row.division_code, ""), "day": row.as_of},
            sub=_("第%(n)s稿") % {"n": row.number},
            step=_("改好再送批") if came_back else _("批准答卷"),
            how=row.reason if came_back else _("逐个数字看过，再批准或退回；批准以后冻结"),
            link=reverse("answers:approval", args=[row.division_code, row.pk]),
            action=_("去看"),
            from_on=timezone.localdate(row.decided_at or row.submitted_at),
        )


def _is_owed(row: Sheet, person: Person, on: date) -> bool:
    return row.state == SheetState.RETURNED or may_decide(person, row, on=on)
