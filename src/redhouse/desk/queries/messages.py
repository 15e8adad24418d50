"""Reads for the pages of messages: my inbox, what was sent from my place, and how it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.models import Account
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.messages import queries as messages
from redhouse.ground.messages.enums import Channel, DeliveryState, Failure
from redhouse.ground.messages.models import Announcement, Delivery, Notice, Receipt
from redhouse.ground.messages.outside import is_set_up
from redhouse.ground.messages.rules import may_serve
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import names_of, within

A_PAGE = 30
LISTED = 200  # people of a notice on one page


@dataclass(frozen=True)
class Inbox:
    """One page of messages, in three sections."""

    number: int
    waiting: list[Receipt]
    unread: list[Receipt]
    read: list[Receipt]
    has_more: bool

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.unread or self.read)


def inbox_page(person: Person, page: int, on: date) -> Inbox | None:
    """None for a page beyond the last."""
    with everything():  # one's own messages, and who sent them, also from beyond one's reach
        rows = list(messages.inbox_for(person, on)[(page - 1) * A_PAGE : page * A_PAGE + 1])
    shown = rows[:A_PAGE]
    if page > 1 and not shown:
        return None
    return Inbox(
        page,
        [row for row in shown if row.rank == messages.WAITING],
        [row for row in shown if row.rank == messages.UNREAD],
        [row for row in shown if row.rank == messages.READ],
        len(rows) > A_PAGE,
    )


def where_it_goes(person: Person, account: Account) -> list[str]:
    """For the page of preferences: to which number and address, or why not. One's own number too is shown masked."""
    ways = (
        (Channel.SMS, person.masked_phone, _("要收短信，请让村（社区）登记您的电话")),
        (Channel.EMAIL, account.email, _("要收邮件，请镇组织办在您的账号上登记邮箱")),
    )
    notes = []
    for channel, to, mend in ways:
        if not is_set_up(channel, person.division_code):
            notes.append(_("本站没有开通%(channel)s") % {"channel": channel.label})
        else:
            notes.append(_("%(channel)s发到%(to)s") % {"channel": channel.label, "to": to} if to else mend)
    return notes


@dataclass(frozen=True)
class Sent:
    """A notice in the list of those sent, with how many confirmed of how many."""

    notice: Notice
    people: int
    confirmed: int


def sent_page(person: Person, page: int, on: date) -> tuple[list[Sent], bool]:
    """What I sent, and what was sent where my posts serve notices; whether there is more."""
    places = within(reach_of(person, Verb.SERVE_NOTICES, on))
    with everything():  # the numbers are those of the whole list
        notices = Notice.objects.filter(Q(sent_by=person) | places).select_related("sent_by").order_by("-id")
        rows = list(notices[(page - 1) * A_PAGE : page * A_PAGE + 1])
        counts = {
            row["notice"]: (row["people"], row["confirmed"])
            for row in Receipt.objects.filter(notice__in=rows)
            .values("notice")
            .annotate(people=Count("pk"), confirmed=Count("confirmed_at"))
            .order_by()
        }
    return [Sent(row, *counts.get(row.pk, (0, 0))) for row in rows[:A_PAGE]], len(rows) > A_PAGE


def notice_for(person: Person, notice_id: int, on: date) -> Notice | None:
    """A notice whose arrival is this person's business."""
    with everything():
        notice = Notice.objects.select_related("sent_by").filter(pk=notice_id).first()
    return notice if notice is not None and may_serve(person, notice, on=on) else None


@dataclass(frozen=True)
class Gone:
    """How many deliveries stand how by one channel."""

    channel: Channel
    state: DeliveryState
    reason: str
    answer: int | None
    count: int


def deliveries_of(notice: Notice) -> list[Gone]:
    """What went out of the house, counted by channel and state; one query."""
    with everything():
        rows = (
            Delivery.objects.filter(notice=notice)
            .values_list("channel", "state", "reason", "answer")
            .annotate(Count("pk"))
            .order_by("channel", "state", "reason", "answer")
        )
        return [
            Gone(Channel(channel), DeliveryState(state), str(Failure(reason).label) if reason else "", answer, count)
            for channel, state, reason, answer, count in rows
        ]


@dataclass(frozen=True)
class Line:
    """One person of a notice. `where` tells apart masked names that are alike."""

    receipt: Receipt
    where: str
    is_reached: bool


@dataclass(frozen=True)
class Arrival:
    """The people of a notice: `listed` is the beginning of those whose confirmation is not there."""

    listed: list[Line]
    waiting: int
    confirmed: list[Line]
    total: int


def arrival_of(notice: Notice, on: date) -> Arrival:
    """Who confirmed, and who did not yet; in as many queries for one as for all."""
    found = messages.receipts(notice)
    names = names_of({row.person.division_code for row in found.confirmed + found.waiting}, on)
    reached = {row.pk for row in found.delivered}

    def lines(rows: list[Receipt]) -> list[Line]:
        return [Line(row, names.get(row.person.division_code, ""), row.pk in reached) for row in rows]

    return Arrival(
        listed=lines(found.waiting[:LISTED]),
        waiting=len(found.waiting),
        confirmed=lines(found.confirmed),
        total=found.total,
    )


def announcements_of(notice: Notice) -> list[Announcement]:
    """The log of what was read out and put up."""
    with everything():
        return list(notice.announcements.select_related("recorded_by", "paper").order_by("-id"))
