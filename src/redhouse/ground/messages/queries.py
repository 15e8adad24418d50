"""Reads of messages. What is one's own is read through the wall; what a notice has achieved is counted without it,
because a gate that counts receipts must not miss those of people beyond the reader's reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from redhouse.ground.access.reach import everything
from redhouse.ground.messages.enums import (
    ASK_RECEIPT,
    LAPSES,
    PREFERRED,
    STATUTORY,
    Channel,
    DeliveryState,
    NoticeKind,
    is_on_at_first,
)
from redhouse.ground.messages.models import Delivery, Notice, Preference, Receipt
from redhouse.ground.people.models import Person

WAITING, UNREAD, READ = 0, 1, 2


def wanted_by(person: Person) -> QuerySet[Receipt, Receipt]:
    """A person's messages of the kinds they want in the house."""
    return Receipt.objects.filter(person=person).exclude(_switched_off(person))


def inbox_for(person: Person, on: date) -> QuerySet[Any, Any]:
    """These by `rank`: to be confirmed, unread, read; newest first.

    Read it where the wall is open: the sender is shown by name.
    """
    rank = Case(When(_waits(on), then=WAITING), When(read_at__isnull=True, then=UNREAD), default=READ)
    return wanted_by(person).select_related("notice__sent_by").annotate(rank=rank).order_by("rank", "-id")


def unread_count(person: Person | None) -> int:
    """How many of them were never opened; one query, none for nobody."""
    if person is None:
        return 0
    with connection.cursor() as cursor:  # every page asks: by hand, because Django takes longer to write it
        cursor.execute(
            "SELECT count(*) FROM notices_receipt r JOIN notices_notice n ON n.id = r.notice_id"
            " WHERE r.person_id = %(person)s AND r.read_at IS NULL AND NOT EXISTS ("
            "SELECT 1 FROM notices_preference p WHERE p.person_id = %(person)s AND p.kind = n.kind"
            " AND p.channel = %(channel)s AND NOT p.is_on)",
            {"person": person.pk, "channel": str(Channel.IN_APP)},
        )
        count: int = cursor.fetchone()[0]
    return count


def receipt_for(person: Person, receipt_id: int) -> Receipt | None:
    """One's own receipt, or None."""
    return Receipt.objects.filter(person=person, pk=receipt_id).select_related("notice").first()


def awaiting_confirmation(person: Person, on: date) -> list[Receipt]:
    """Messages whose arrival this person is asked to confirm, the earliest day first."""
    waiting = Receipt.objects.filter(_waits(on), person=person)
    return list(waiting.select_related("notice").order_by(F("notice__due_on").asc(nulls_last=True), "id"))


def _waits(on: date) -> Q:
    """Asked to confirm, not done, and not called to something that is over: who was not reached stays a gap of the
    notice, and is no longer a debt of the person."""
    lapsed = Q(notice__kind__in=sorted(LAPSES), notice__due_on__lt=on)
    return Q(confirmed_at__isnull=True, notice__kind__in=sorted(ASK_RECEIPT)) & (Q(notice__due_on=None) | ~lapsed)


def _switched_off(person: Person) -> Q:
    off = Preference.objects.filter(person=person, channel=Channel.IN_APP, is_on=False, kind=OuterRef("notice__kind"))
    return Q(Exists(off))


@dataclass(frozen=True)
class Arrived:
    """How many people of a notice: confirmed, reached without a confirmation, not known to be reached."""

    confirmed: int
    delivered: int
    missing: int

    @property
    def waiting(self) -> int:
        return self.missing + self.delivered

    @property
    def total(self) -> int:
        return self.confirmed + self.waiting


@dataclass(frozen=True)
class Receipts:
    """The same people, each in one list."""

    confirmed: list[Receipt]
    delivered: list[Receipt]
    missing: list[Receipt]

    @property
    def waiting(self) -> list[Receipt]:
        """Everyone whose confirmation is not there yet."""
        return self.missing + self.delivered

    @property
    def total(self) -> int:
        return len(self.confirmed) + len(self.delivered) + len(self.missing)


MISSING, DELIVERED, CONFIRMED = 0, 1, 2


def _by_stage(notice: Notice) -> QuerySet[Any]:
    """Its receipts with their `stage`, whatever the reader's reach: ask the rule before you show them, and open the
    wall where you read them."""
    reached = Delivery.objects.filter(notice=notice, state=DeliveryState.SENT, person=OuterRef("person"))
    stage = Case(
        When(confirmed_at__isnull=False, then=CONFIRMED),
        When(Q(read_at__isnull=False) | Exists(reached), then=DELIVERED),
        default=MISSING,
    )
    return notice.receipts.annotate(stage=stage)


def receipts(notice: Notice) -> Receipts:
    """How a notice arrived, person by person."""
    found: tuple[list[Receipt], list[Receipt], list[Receipt]] = [], [], []
    with everything():
        for row in _by_stage(notice).select_related("person", "confirmed_by").order_by("person_id"):
            found[row.stage].append(row)
    return Receipts(found[CONFIRMED], found[DELIVERED], found[MISSING])


def arrived(notice: Notice) -> Arrived:
    """The numbers alone; one query."""
    with everything():
        rows = _by_stage(notice).order_by().values_list("stage").annotate(Count("pk"))
        counts = dict(rows)
    return Arrived(counts.get(CONFIRMED, 0), counts.get(DELIVERED, 0), counts.get(MISSING, 0))


def first_waiting(notice: Notice, most: int) -> list[Person]:
    """Some of those who have not confirmed, whom nothing reached first."""
    with everything():
        rows = _by_stage(notice).filter(stage__lt=CONFIRMED).select_related("person").order_by("stage", "person_id")
        return [row.person for row in rows[:most]]


def preferences_of(person_ids: Iterable[int]) -> dict[tuple[int, str, str], bool]:
    """What these people chose: (person, kind, channel) -> on; one query, whatever the reader's reach."""
    with everything():
        rows = Preference.objects.filter(person_id__in=list(person_ids))
        return {(row.person_id, row.kind, row.channel): row.is_on for row in rows}


@dataclass(frozen=True)
class Choice:
    """One box on the page of preferences."""

    channel: Channel
    is_on: bool
    is_fixed: bool  # the law wants it told


def choices_of(person: Person) -> dict[NoticeKind, list[Choice]]:
    """Every kind by every channel that a person may choose."""
    chosen = preferences_of([person.pk])
    return {
        kind: [
            Choice(
                channel,
                chosen.get((person.pk, kind, channel), is_on_at_first(kind, channel)),
                channel == Channel.IN_APP and kind in STATUTORY,
            )
            for channel in PREFERRED
        ]
        for kind in NoticeKind
    }
