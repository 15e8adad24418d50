"""What is found at a door becomes a case of its own: a problem of contact, or a grid event."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers.actions import add_photos
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.enums import Outcome, ReportOrigin
from redhouse.ground.process.models import Report, RunStep
from redhouse.ground.process.procedure import texts_in
from redhouse.ground.process.rules import may_close
from redhouse.work.visits import rules
from redhouse.work.visits.definitions import CODE, FOLDER
from redhouse.work.visits.models import VisitPhoto


def adopt_procedure(*, on: date) -> int:
    """Bring the versions that came with this house into force, each proved; repeating it changes nothing."""
    return len(process.adopt_versions(texts_in(FOLDER).values(), on=on))


@transaction.atomic
def raise_problem(
    *,
    visit: Fact,
    household: Household,
    words: str,
    spot: str,
    code: str = CODE,
    type_code: str = "",
    key: UUID | None = None,
    by: Person,
    on: date,
) -> Report:
    """Open a case for what was found at this visit; the head of the household is who is answered in the end.

    The photographs of the visit go along. Raises PermissionDenied, NotYet, ValidationError.
    """
    if not rules.may_see_household(by, household, on=on):
        raise PermissionDenied(_("由走访这一户的人上报"))
    with everything():  # a member's own posts may reach nowhere; the household was asked for above
        photos = VisitPhoto.objects.filter(visit__fact=visit).select_related("paper").order_by("pk")
        return process.report_problem(
            code=code,
            type_code=type_code,
            words=words,
            spot=spot,
            division_code=household.division_code,
            origin=ReportOrigin.VISIT,
            origin_fact=visit,
            reporter=household.head,
            photos=[photo.paper for photo in photos],
            key=key,
            by=by,
            on=on,
        )


@transaction.atomic
def settle_step(
    *, step: RunStep, outcome: Outcome, by: Person, on: date, reason: str = "", photos: Sequence[bytes] = ()
) -> None:
    """Close the open step of a contact problem; photographs of what was done are filed with it first.

    Raises PermissionDenied, NotYet, ValidationError for what is no photograph.
    """
    if not may_close(by, step, on):
        raise PermissionDenied(_("这一步由欠这一步的人办理"))
    with everything():
        name, code = str(step.pk), step.run.division_code
        for paper in add_photos(photos, title=_("办理照片"), name=name, division_code=code, by=by, on=on):
            process.file_paper(step=step, paper=paper, by=by, on=on)
        process.close_step(step=step, outcome=outcome, reason=reason, by=by, on=on)
