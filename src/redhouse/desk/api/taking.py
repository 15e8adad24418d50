"""Acting on what a phone sent: each entry is taken once and answered, neighbours that nothing stands against together.

Two ways, one outcome: the second, each entry in a transaction of its own, answers for whatever the first does not take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError as Malformed

from redhouse.desk.api.entries import ENTRY, Answered, CareEntry, Clock, Entry, NoteEntry, ProblemEntry, VisitEntry
from redhouse.desk.api.problems import file_problem, sound
from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.clients.actions import Written, claim
from redhouse.ground.clients.enums import EntryKind
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process.enums import ReportOrigin
from redhouse.kit.divisions import is_within
from redhouse.kit.today import today
from redhouse.web.api import fault, sentence_of
from redhouse.work.visits import actions as visits
from redhouse.work.visits.enums import Care
from redhouse.work.visits.models import CareMark, Checklist, HouseholdContact, Visit
from redhouse.work.visits.rules import may_see_household

Photos = Mapping[str, bytes]  # the name of a part of the batch -> what it holds
LARGEST = 2**63  # what a number of a row stays below


class Conflict(Exception):
    """Somebody else wrote the same thing since this phone last saw it."""

    def __init__(self, sentence: str, current: list[dict[str, str]]) -> None:
        self.current = current
        super().__init__(sentence)


@dataclass(frozen=True)
class Sender:
    """Whose phone it is, how its clock stands, and the photographs that came along."""

    person: Person
    clock: Clock
    photos: Photos

    def claim(self, entries: Sequence[Entry]) -> set[Any]:
        written = [Written(entry.key, EntryKind(entry.kind), entry.written_at) for entry in entries]
        return claim(entries=written, ahead=self.clock.ahead, by=self.person)


@dataclass(frozen=True)
class Row:
    """One entry of the batch, counted from 1."""

    number: int
    entry: Entry

    def answered(self, state: Any, **more: Any) -> Answered:
        return Answered(row=self.number, key=str(self.entry.key), state=state, **more)


def answers(raws: Sequence[Any], sender: Sender) -> list[Answered]:
    """What became of each entry, in order. What was answered is committed; a batch that breaks off halfway keeps what
    it had taken by then. The wall must be open: the rules of the actions decide."""
    found: list[Answered] = []
    read = [_read(number, raw) for number, raw in enumerate(raws, start=1)]
    for is_plain, run in groupby(read, key=_is_plain):
        rows = list(run)
        taken = _together([row for row in rows if isinstance(row, Row)], sender) if is_plain else None
        found += taken or [row if isinstance(row, Answered) else _alone(row, sender) for row in rows]
    return found


def _read(number: int, raw: Any) -> Row | Answered:
    try:
        return Row(number, ENTRY.validate_python(raw))
    except Malformed as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        key = str(raw.get("key", "")) if isinstance(raw, dict) else ""
        return Answered(row=number, key=key, state="refused", field=field, reason=fault(first))


def _is_plain(row: Row | Answered) -> bool:
    entry = row.entry if isinstance(row, Row) else None
    return (
        isinstance(entry, VisitEntry)
        and not entry.photos
        and 0 < entry.household < LARGEST
        and 0 < (entry.checklist or 1) < LARGEST
    )


def _together(rows: Sequence[Row], sender: Sender) -> list[Answered] | None:
    """Plain visits in one transaction; None where anything stands against any of them: then nothing was written."""
    entries = {row.entry.key: row.entry for row in rows if isinstance(row.entry, VisitEntry)}
    if len(entries) < len(rows):
        return None
    try:
        with transaction.atomic():
            new = sender.claim(list(entries.values()))
            told = [_told(entry, sender.clock) for entry in entries.values() if entry.key in new]
            if told:
                visits.record_told(told=told, by=sender.person, on=today())
    except (visits.OneByOne, NotYet, ValidationError):
        return None
    return [row.answered("accepted" if row.entry.key in new else "duplicate") for row in rows]


def _alone(row: Row, sender: Sender) -> Answered:
    """One entry in a transaction of its own."""
    try:
        with transaction.atomic():
            is_new = bool(sender.claim([row.entry]))
            if is_new:
                _act(row.entry, sender.photos, sender.clock, sender.person)
    except Conflict as error:
        return row.answered("conflict", reason=str(error), current=error.current)
    except (NotYet, PermissionDenied, ValidationError, ObjectDoesNotExist) as error:
        field = next(iter(getattr(error, "error_dict", {})), "")
        return row.answered("refused", field=field, reason=sentence_of(error))
    return row.answered("accepted" if is_new else "duplicate")


def _act(entry: Entry, photos: Photos, clock: Clock, person: Person) -> None:
    match entry:
        case VisitEntry():
            _visit(entry, photos, clock, person)
        case ProblemEntry():
            _problem(entry, photos, person)
        case CareEntry():
            _care(entry, person)
        case NoteEntry():
            _note(entry, clock, person)


def _visit(entry: VisitEntry, photos: Photos, clock: Clock, person: Person) -> None:
    home, told = _home(entry.household, person), _told(entry, clock)
    said = told.details._replace(checklist=_checklist(entry, home))
    visits.record_visit(
        household=home,
        member=person,
        happened_on=told.happened_on,
        **said._asdict(),
        photos=_pictures(entry.photos, photos),
        key=entry.key,
        by=person,
        on=today(),
    )


def _told(entry: VisitEntry, clock: Clock) -> visits.Told:
    """The visit in the words of its room. Raises NotYet where no day can be made out."""
    details = visits.Details(
        topics=entry.topics,
        people_met=entry.people_met,
        needs=entry.needs,
        opinion=entry.opinion,
        supplies=entry.supplies,
        follow_up_on=entry.follow_up_on,
        unmet=entry.unmet,
    )
    day = entry.happened_on or clock.day_of(entry.written_at)
    return visits.Told(entry.key, entry.household, day, details, entry.checklist)


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


def _note(entry: NoteEntry, clock: Clock, person: Person) -> None:
    home = None if entry.household is None else _home(entry.household, person)
    day = clock.day_of(entry.written_at)
    visits.keep_note(text=entry.words, household=home, key=entry.key, noted_on=day, by=person, on=today())


def _checklist(entry: VisitEntry, home: Household) -> Checklist | None:
    """The version that stood on the phone, though another may be in force by now."""
    number = entry.checklist
    if number is None:
        return None
    row: Checklist | None = Checklist.objects.filter(pk=number).first() if 0 < number < LARGEST else None
    if row is None or not is_within(home.division_code, row.division_code):
        raise NotYet([_("没有这份清单，请先联网更新")])
    return row


def _home(household_id: int, person: Person) -> Household:
    """A household of one's own caseload, past or present, or of one's post. What is beyond answers like what is not."""
    home: Household | None = Household.objects.filter(pk=household_id).first() if 0 < household_id < LARGEST else None
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
