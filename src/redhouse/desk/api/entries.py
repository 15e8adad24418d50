"""What a phone writes while it is out of reach, as it arrives, and what it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter

from redhouse.ground.ledger.rules import NotYet
from redhouse.kit.today import SHANGHAI, now
from redhouse.work.visits.enums import ITEMS_AT_MOST, PEOPLE_AT_MOST, PHOTOS_AT_MOST, WORDS_AT_MOST, Care

ENTRIES_AT_MOST = 200  # in one batch; a longer queue is sent in several


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


class NoteEntry(Schema):
    """便条: for oneself, about a household of one's own caseload or about none."""

    kind: Literal["note"]
    key: UUID
    written_at: AwareDatetime
    household: int | None = None
    words: Annotated[str, Field(min_length=1, max_length=WORDS_AT_MOST), PRINTABLE]


Entry = VisitEntry | ProblemEntry | CareEntry | NoteEntry
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
