"""What was said and seen at a visit, beside the fact that counts it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.papers import actions as papers
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.enums import PHOTOS_AT_MOST
from redhouse.work.visits.models import Checklist, Visit, VisitPhoto
from redhouse.work.visits.queries import visit_with_key


class Details(NamedTuple):
    """All of it may be absent: one tap is a visit."""

    topics: Sequence[str] = ()
    people_met: int | None = None
    needs: str = ""
    opinion: str = ""
    supplies: str = ""
    follow_up_on: date | None = None
    checklist: Checklist | None = None
    unmet: Sequence[int] = ()  # numbers of items that were not as they should be, from 1


class Calling(NamedTuple):
    """Who called where, and when."""

    household: Household
    member: Person
    happened_on: date


def same_visit(key: UUID | None, *, household: Household, member: Person, happened_on: date) -> int | None:
    """The fact that this key was recorded under before, if any. Raises NotYet where that was another visit."""
    row = visit_with_key(key) if key is not None else None
    if row is None:
        return None
    if (row.household_id, row.member_id) != (household.pk, member.pk) or (
        row.fact.happened_on != happened_on and row.fact.corrects_id is None  # its day may have been corrected since
    ):
        raise NotYet([_("这个编号已用于另一次走访，请刷新后重新记录")])
    return row.fact_id


def keep_details(
    fact_id: int,
    details: Details,
    photos: Sequence[bytes],
    *,
    row: Visit | None = None,
    key: UUID | None,
    visit: Calling,
    by: Person,
    on: date,
) -> None:
    """Write the row, or rewrite `row`, if there is anything to keep. Raises ValidationError in the words of the
    constraint, and where photographs are too many or none."""
    if row is None and key is None and not photos and _tidy(details) == Details(topics=[], unmet=[]):
        return
    row = row or new_row(fact_id, key=key, visit=visit)
    fill(row, details)
    with in_words(row):  # the constraints are asked once, by the database
        row.save()
    already = row.photos.count() if photos else 0
    if already + len(photos) > PHOTOS_AT_MOST:
        raise ValidationError(_("一次走访最多存%(most)s张照片") % {"most": PHOTOS_AT_MOST})
    kept = papers.add_photos(
        photos,
        title=_("走访照片"),
        name=str(fact_id),
        division_code=row.division_code,
        by=by,
        on=on,
        first=already + 1,
    )
    VisitPhoto.objects.bulk_create(VisitPhoto(visit=row, paper=paper) for paper in kept)


def new_row(fact_id: int, *, key: UUID | None, visit: Calling) -> Visit:
    """The row beside a visit, still without a word and not yet written."""
    return Visit(
        fact_id=fact_id,
        key=key,
        household=visit.household,
        member=visit.member,
        division_code=visit.household.division_code,
        visited_on=visit.happened_on,
    )


def fill(row: Visit, details: Details) -> None:
    """Put what was said into the row. Raises ValidationError; what stands between fields, the database judges."""
    said = _tidy(details)
    if said.checklist is not None and any(not 1 <= number <= len(said.checklist.items) for number in said.unmet):
        raise ValidationError(_("清单里没有这一项，请刷新后重选"))
    for field, value in said._asdict().items():
        setattr(row, field, value)
    row.clean_fields(exclude=["fact", "household", "member", "checklist"])


def _tidy(details: Details) -> Details:
    return details._replace(
        topics=list(dict.fromkeys(str(topic) for topic in details.topics)),
        needs=details.needs.strip(),
        opinion=details.opinion.strip(),
        supplies=details.supplies.strip(),
        unmet=sorted(set(details.unmet)),
    )
