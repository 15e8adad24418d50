"""Pull and push of a phone. Both may be repeated at any time and in any order."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from redhouse.desk.api.caseload import Caseload, caseload_for
from redhouse.desk.api.entries import ENTRIES_AT_MOST, Answered, Clock, answer
from redhouse.kit.photos import LARGEST
from redhouse.kit.today import now
from redhouse.web.api import Phone
from redhouse.web.request import PhoneRequest

router = Router(auth=Phone())


class Answers(Schema):
    server_at: AwareDatetime
    entries: list[Answered]


@router.get("pull", response=Caseload, summary="取走我的户")
def pull(request: PhoneRequest, token: Annotated[str, Field(max_length=2000)] = "") -> dict[str, Any]:
    """My households, as far as they changed since `token` was given out; any other text brings all of them."""
    get_token(request)  # sets the cookie without which the phone could not push
    return caseload_for(request.auth, token)


@router.post("push", response=Answers, summary="上传离线记录")
def push(
    request: PhoneRequest,
    batch: Form[str],
    sent_at: Form[AwareDatetime],
    photo: File[list[UploadedFile]] = [],  # noqa: B006  # read, never changed
) -> dict[str, Any]:
    """Entries (a JSON list in `batch`) with their photographs (parts `photo`, told apart by file name). `sent_at` is
    the phone's clock at sending. Each entry is answered; the same entry again changes nothing."""
    entries = _read(batch)
    photos = {str(each.name): each.read(LARGEST + 1) for each in photo}
    clock, person = Clock(_ahead(sent_at)), request.auth
    answered = [answer(row, raw, photos, clock, person) for row, raw in enumerate(entries, start=1)]
    return {"server_at": now(), "entries": answered}


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


def _ahead(sent_at: AwareDatetime) -> timedelta:
    return sent_at - now()
