"""Who serves notices, and what is still missing before a notice has arrived."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.messages.enums import ASSISTED, BROADCAST, Channel
from redhouse.ground.messages.models import Notice
from redhouse.ground.messages.queries import arrived, first_waiting
from redhouse.ground.people.models import Person

SHOWN = 5  # names in the sentence about missing receipts; the page has them all


def may_serve(person: Person | None, notice: Notice, *, on: date) -> bool:
    """See how a notice arrives, and write down for others that it did: whoever sent it, and the posts that serve
    the place."""
    if person is None:
        return False
    return notice.sent_by_id == person.pk or may(person, Verb.SERVE_NOTICES, notice.division_code, on)


def may_confirm(by: Person, notice: Notice, person: Person, channel: Channel, *, on: date) -> bool:
    """In the house everybody confirms for themselves; for others whoever may serve writes down how it was done."""
    if channel == Channel.IN_APP:
        return by.pk == person.pk
    return channel in ASSISTED and may_serve(by, notice, on=on)


def missing_for_confirmation(by: Person, person: Person, channel: Channel) -> list[str]:
    """A receipt speaks of one person, by a channel that reaches one."""
    if channel == Channel.IN_APP and by.pk != person.pk:
        return [_("站内确认只能由本人点；代记请选书面、电话或上门")]
    if channel in BROADCAST and channel not in ASSISTED:
        return [_("%(channel)s告知到不了某一个人，请记为公开告知") % {"channel": channel.label}]
    if channel != Channel.IN_APP and channel not in ASSISTED:
        return [_("%(channel)s送出不等于收到；请由本人确认，或记为书面、电话、上门送达") % {"channel": channel.label}]
    return []


def missing_receipts(notice: Notice) -> list[str]:
    """Empty once everyone on the list has confirmed; else one sentence with the number and the first names, masked."""
    waiting = arrived(notice).waiting
    if not waiting:
        return []
    names = "、".join(person.masked_name for person in first_waiting(notice, SHOWN))
    more = _("等") if waiting > SHOWN else ""
    sentence = ngettext(
        "“%(title)s”还差%(n)s份回执：%(names)s%(more)s", "“%(title)s”还差%(n)s份回执：%(names)s%(more)s", waiting
    )
    return [sentence % {"title": notice.title, "n": waiting, "names": names, "more": more}]
