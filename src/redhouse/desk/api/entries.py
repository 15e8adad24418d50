"""What a phone writes while it is out of reach, as it arrives: each entry is checked, taken once, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter
from pydantic import ValidationError as Malformed

from redhouse.desk.api.problems import file_problem, sound
from redhouse.ground.access.enums import Verb
from redhouse.ground.access.reach import everything
from redhouse.ground.access.rules import may
from redhouse.ground.clients.actions import claim
from redhouse.ground.clients.enums import EntryKind
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process.enums import ReportOrigin
from redhouse.kit.divisions import is_within
from redhouse.kit.today import SHANGHAI, now, today
from redhouse.web.api import fault, sentence_of
from redhouse.work.visits import actions as visits
from redhouse.work.visits.enums import ITEMS_AT_MOST, PEOPLE_AT_MOST, PHOTOS_AT_MOST, WORDS_AT_MOST, Care
from redhouse.work.visits.models import CareMark, Checklist, HouseholdContact, Visit
from redhouse.work.visits.rules import may_see_household

ENTRIES_AT_MOST = 200  # in one batch; a longer queue is sent in several
Photos = Mapping[str, bytes]  # the name of a part of the batch -> what it holds


def printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL")
    return text


PRINTABLE = AfterValidator(printable)
Text = Annotated[str, PRINTABLE]
Words = Annotated[str, Field(max_length=WORDS_AT_MOST), PRINTABLE]
TypeCode = Annotated[str, Field(max_length=4), PRINTABLE]
Spot = Annotated[str, Field(max_length=120), PRINTABLE]
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Parts = Annotated[list[Text], Field(max_length=PHOTOS_AT_MOST)]


class VisitEntry(Schema):
    """走访. Without `happened_on` it was on the day when it was written, by the phone's clock set right."""

    kind: Literal["visit"]
    key: UUID
    written_at: AwareDatetime
    household: int
    happened_on: date | None = None
    topics: list[Text] = []
    people_met: Annotated[int, Field(ge=0, le=PEOPLE_AT_MOST)] | None = None
    needs: Words = ""
    opinion: Words = ""
    supplies: Annotated[str, Field(max_length=100), PRINTABLE] = ""
    follow_up_on: date | None = None
    checklist: int | None = Field(None, description="照哪一版清单走访")
    unmet: list[int] = Field([], max_length=ITEMS_AT_MOST, description="清单里有问题的项，从1起")
    photos: Parts = []


class ProblemEntry(Schema):
    """问题上报, found at a visit (`visit` is its key), in a household, or on the way (`division_code`)."""

    kind: Literal["problem"]
    key: UUID
    written_at: AwareDatetime
    type_code: TypeCode = ""
    words: Words
    spot: Spot
    household: int | None = None
    visit: UUID | None = None
    division_code: Annotated[str, Field(pattern=r"^([0-9]{12}([0-9]{3})?)?$")] = ""
    lat: Lat | None = None
    lon: Lon | None = None
    photos: Parts = []


class Mark(Schema):
    kind: Care
    until_on: date


Marks = Annotated[list[Mark], Field(max_length=len(Care))]


class CareEntry(Schema):
    """关爱标记: as this phone last saw them (`base`), and as they shall be. What another changed in the meantime is
    never overwritten: somebody looks at both."""

    kind: Literal["care"]
    key: UUID
    written_at: AwareDatetime
    household: int
    base: Marks
    marks: Marks


Entry = VisitEntry | ProblemEntry | CareEntry
ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


class Answered(Schema):
    """What became of one entry. `accepted` and `duplicate` may leave the phone; `refused` stays there until somebody
    mends what `reason` says; `conflict` shows what another wrote in the meantime."""

    row: int = Field(description="第几条，从1起")
    key: str
    state: Literal["accepted", "duplicate", "refused", "conflict"]
    field: str = ""
    reason: str = ""
    current: list[dict[str, str]] = []


class Conflict(Exception):
    """Somebody else wrote the same thing since this phone last saw it."""

    def __init__(self, sentence: str, current: list[dict[str, str]]) -> None:
        self.current = current
        super().__init__(sentence)


@dataclass(frozen=True)
class Clock:
    """How the phone's clock stood to ours when the batch was sent. Both times of an entry are kept."""

    ahead: timedelta

    def day_of(self, written_at: datetime) -> date:
        """The day in Shanghai on which it was written; never after today."""
        try:
            return min(written_at - self.ahead, now()).astimezone(SHANGHAI).date()
        except OverflowError:
            raise NotYet([_("手机时间不对，请校准后重新记录")]) from None


def answer(row: int, raw: Any, photos: Photos, clock: Clock, person: Person) -> Answered:
    """Take one entry in a transaction of its own, so that a batch that breaks off halfway keeps its first half."""
    key = str(raw.get("key", "")) if isinstance(raw, dict) else ""
    try:
        entry = ENTRY.validate_python(raw)
    except Malformed as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        return Answered(row=row, key=key, state="refused", field=field, reason=fault(first))
    try:
        with transaction.atomic(), everything():  # the rules of the action decide; the wall knows no contacts
            is_new = claim(
                key=entry.key,
                kind=EntryKind(entry.kind),
                written_at=entry.written_at,
                ahead=clock.ahead,
                by=person,
            )
            if is_new:
                _act(entry, photos, clock, person)
    except Conflict as error:
        return Answered(row=row, key=key, state="conflict", reason=str(error), current=error.current)
    except (NotYet, PermissionDenied, ValidationError, ObjectDoesNotExist) as error:
        field = next(iter(getattr(error, "error_dict", {})), "")
        return Answered(row=row, key=key, state="refused", field=field, reason=sentence_of(error))
    return Answered(row=row, key=key, state="accepted" if is_new else "duplicate")


def _act(entry: Entry, photos: Photos, clock: Clock, person: Person) -> None:
    match entry:
        case VisitEntry():
            _visit(entry, photos, clock, person)
        case ProblemEntry():
            _problem(entry, photos, person)
        case CareEntry():
            _care(entry, person)


def _visit(entry: VisitEntry, photos: Photos, clock: Clock, person: Person) -> None:
    home = _home(entry.household, person)
    visits.record_visit(
        household=home,
        member=person,
        happened_on=entry.happened_on or clock.day_of(entry.written_at),
        topics=entry.topics,
        people_met=entry.people_met,
        needs=entry.needs,
        opinion=entry.opinion,
        supplies=entry.supplies,
        follow_up_on=entry.follow_up_on,
        checklist=_checklist(entry, home),
        unmet=entry.unmet,
        photos=_pictures(entry.photos, photos),
        key=entry.key,
        by=person,
        on=today(),
    )


def _problem(entry: ProblemEntry, photos: Photos, person: Person) -> None:
    place, origin = entry.division_code or person.division_code, ReportOrigin.RESIDENT
    if entry.household is not None:
        place, origin = _home(entry.household, person).division_code, ReportOrigin.VISIT
    elif may(person, Verb.RECORD_VISITS, place, today()):
        origin = ReportOrigin.INSPECTION
    visit = Visit.objects.filter(key=entry.visit, member=person).first() if entry.visit else None
    if entry.visit and visit is None:
        raise NotYet([_("这个问题所属的走访还没有收下，请先处理那次走访")])
    file_problem(
        division_code=place,
        photos=_pictures(entry.photos, photos),
        key=entry.key,
        by=person,
        on=today(),
        type_code=entry.type_code,
        words=entry.words,
        spot=entry.spot,
        origin=origin,
        origin_fact=visit.fact if visit else None,
        reporter=person,
        lat=sound(entry.lat),
        lon=sound(entry.lon),
    )


def _care(entry: CareEntry, person: Person) -> None:
    home, on = _home(entry.household, person), today()
    if not may_see_household(person, home, on=on):  # before a conflict shows what stands
        raise PermissionDenied(_("由联系这一户的党员或当地负责走访的人标记"))
    Household.objects.select_for_update().get(pk=home.pk)  # two phones: one waits and sees what the other wrote
    standing = {mark.kind: mark for mark in CareMark.objects.as_of(on).filter(household=home)}
    now = {kind: mark.until_on for kind, mark in standing.items()}
    wanted = {str(mark.kind): mark.until_on for mark in entry.marks}
    if now == wanted:
        return
    if now != {str(mark.kind): mark.until_on for mark in entry.base}:
        raise Conflict(
            _("这一户的关爱标记别人也改了，请看两边再定"),
            [{"kind": kind, "until_on": until_on.isoformat()} for kind, until_on in sorted(now.items())],
        )
    for kind, mark in standing.items():
        if wanted.get(kind) != mark.until_on:
            visits.end_care(mark=mark, by=person, on=on)
    for kind, until_on in wanted.items():
        if now.get(kind) != until_on:
            visits.mark_care(household=home, kind=Care(kind), until_on=until_on, by=person, on=on)


def _checklist(entry: VisitEntry, home: Household) -> Checklist | None:
    """The version that stood on the phone, though another may be in force by now."""
    number = entry.checklist
    if number is None:
        return None
    row: Checklist | None = Checklist.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    if row is None or not is_within(home.division_code, row.division_code):
        raise NotYet([_("没有这份清单，请先联网更新")])
    return row


def _home(household_id: int, person: Person) -> Household:
    """A household of one's own caseload, past or present, or of one's post. What is beyond answers like what is not."""
    home: Household | None = Household.objects.filter(pk=household_id).first() if 0 < household_id < 2**63 else None
    if home is None or not (
        HouseholdContact.objects.filter(household=home, member=person).exists()
        or may(person, Verb.RECORD_VISITS, home.division_code, today())
    ):
        raise NotYet([_("这一户不在您联系的户里，请核对；新分到的户请先联网更新")])
    return home


def _pictures(names: list[str], photos: Photos) -> list[bytes]:
    absent = [name for name in names if name not in photos]
    if absent:
        raise NotYet([_("有%(n)s张照片没有一起传到，请再同步一次") % {"n": len(absent)}])
    return [photos[name] for name in names]
