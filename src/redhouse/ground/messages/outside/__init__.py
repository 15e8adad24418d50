"""The ways out of the house. What leaves is a title that names nobody, and a link."""

from django.conf import settings

from redhouse.ground.messages.enums import GROUPS, Channel, Failure
from redhouse.ground.messages.outside.faults import NotSent
from redhouse.ground.messages.outside.services import notify
from redhouse.ground.messages.outside.sms import send_sms

__all__ = ["NotSent", "is_set_up", "send"]


def is_set_up(channel: Channel, division_code: str) -> bool:
    """Whether a notice of this place can leave by this channel. A demo house sends nothing: its people are invented."""
    return not settings.REDHOUSE_DEMO and bool(_address(channel, division_code))


def send(channel: Channel, *, division_code: str, to: str, title: str, link: str, key: str) -> None:
    """Send once. `to` is a number or an e-mail address, empty for a group; `key` is the same for every attempt, so that
    a receiver that knows it takes the message once. Raises NotSent."""
    address = _address(channel, division_code)
    if not address:
        raise NotSent(Failure.NOT_SET_UP, is_final=True)
    link = settings.REDHOUSE_ADDRESS + link
    if channel == Channel.SMS:
        send_sms(address, settings.REDHOUSE_SMS_KEY, to=to, text=f"{title} {link}", key=key)
    else:
        notify(address, to=to, title=title, link=link)


def _address(channel: Channel, division_code: str) -> str:
    """Where the channel leads from this place: the robot of the narrowest place that has one."""
    if channel == Channel.SMS:
        return str(settings.REDHOUSE_SMS_URL)
    if channel == Channel.EMAIL:
        return str(settings.REDHOUSE_MAIL)
    if channel not in GROUPS:
        return ""
    robots: dict[str, str] = settings.REDHOUSE_ROBOTS[str(channel)]
    here = [prefix for prefix in robots if division_code.startswith(prefix)]
    return robots[max(here, key=len)] if here else ""
