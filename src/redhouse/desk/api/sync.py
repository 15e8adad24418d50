"""The one way of a phone: what it wrote goes in, what changed comes back. It may be repeated at any time and in any
order."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from redhouse.desk.api.caseload import Caseload, caseload_for
from redhouse.desk.api.entries import ENTRIES_AT_MOST, Answered, Clock
from redhouse.desk.api.taking import Sender, answers
from redhouse.ground.access.reach import everything
from redhouse.kit.photos import LARGEST
from redhouse.kit.today import now
from redhouse.web.api import Phone
from redhouse.web.request import PhoneRequest

router = Router(auth=Phone())
Token = Annotated[str, Field(max_length=2000)]


class Synced(Schema):
    server_at: AwareDatetime
    person: int = Field(description="现在登录的人；与手机上的人不同时，一条也没有收")
    name: str
    entries: list[Answered] = Field(description="每条的回音，与送来的次序相同")
    changes: Caseload | None = Field(description="我的户；没有带令牌来就是空")


@router.post("", response=Synced, summary="上传离线记录，取走我的户")
def sync(
    request: PhoneRequest,
    batch: Form[str],
    sent_at: Form[AwareDatetime],
    person: Form[int | None] = None,
    token: Form[Token | None] = None,
    photo: File[list[UploadedFile]] = [],  # noqa: B006  # read, never changed
) -> dict[str, Any]:
    """Takes entries (a JSON list in `batch`, perhaps empty) with their photographs (parts `photo`, told apart by file
    name), and answers each; the same entry again changes nothing. `sent_at` is the phone's clock at sending.

    Whoever brings a `token` gets the households as far as they changed since it was given out, any other text brings
    all of them. `person` is whose phone it is: where somebody else is signed in, nothing is taken in their name.
    """
    entries = _read(batch)
    me = request.auth
    answered: list[Answered] = []
    with everything():  # the rules of the actions and the contacts decide; the wall knows neither
        if person is None or person == me.pk:
            photos = {str(each.name): each.read(LARGEST + 1) for each in photo}
            answered = answers(entries, Sender(me, Clock(sent_at - now()), photos))
        changes = None if token is None else caseload_for(me, token)
    return {
        "server_at": now(),
        "person": me.pk,
        "name": me.name,
        "entries": answered,
        "changes": changes,
    }


def _read(batch: str) -> list[Any]:
    try:
        entries = json.loads(batch)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise HttpError(422, _("“batch”应是 JSON 列表，每条记录一项"))
    if len(entries) > ENTRIES_AT_MOST:
        raise HttpError(413, _("一批最多%(most)s条，请分几批上传") % {"most": ENTRIES_AT_MOST})
    return entries
