"""Notices in the cast's town."""

from redhouse.ground.access.reach import everything
from redhouse.ground.messages.actions import send_notice
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.messages.models import Notice
from tests.cast import TODAY, XINTIAN, person

EVERYBODY = ("secretary", "supervisor", "member")


def sent(*to: str, **changes: object) -> Notice:
    """A meeting in 新田, told by its secretary to three people, or to those named."""
    with everything():  # a page that was opened before has set its own reach
        people = [person(who) for who in to or EVERYBODY]
        secretary = person("secretary")
    fields: dict[str, object] = {
        "kind": NoticeKind.MEETING_NOTICE,
        "title": "第一经济社成员大会",
        "text": "12月20日19:30在祠堂开会，请带身份证。",
        "link": "/villages/440605122220/",
        "people": people,
        "division_code": XINTIAN,
        "by": secretary,
        "on": TODAY,
    }
    return send_notice(**fields | changes)  # type: ignore[arg-type]
