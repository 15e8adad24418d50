"""A phone in a test: it writes entries by its own clock and sends them in batches."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.ground.access.reach import set_reach
from redhouse.kit.today import now

SYNC = "/api/v1/sync"
JPEG = b"\xff\xd8\xff\xc0\x00\x04\x08\x00\xff\xda\x00\x02scan\xff\xd9"


def visit(household: int, happened_on: date | None = None, **more: Any) -> dict[str, Any]:
    entry = {"kind": "visit", "key": str(uuid4()), "written_at": now().isoformat(), "household": household}
    if happened_on is not None:
        entry["happened_on"] = happened_on.isoformat()
    return entry | more


def push(
    client: Client,
    entries: object,
    photos: dict[str, bytes] | None = None,
    *,
    ahead: timedelta = timedelta(0),
    status: int = 200,
) -> list[dict[str, Any]]:
    """What was answered to each entry."""
    answer = sync(client, entries, photos, ahead=ahead, status=status)
    found: list[dict[str, Any]] = answer.get("entries", [answer])
    return found


def sync(
    client: Client,
    entries: object,
    photos: dict[str, bytes] | None = None,
    *,
    ahead: timedelta = timedelta(0),
    status: int = 200,
    **more: Any,
) -> dict[str, Any]:
    answer = client.post(
        SYNC,
        {
            "batch": entries if isinstance(entries, str) else json.dumps(entries),
            "sent_at": (now() + ahead).isoformat(),
            "photo": [SimpleUploadedFile(name, content) for name, content in (photos or {}).items()],
        }
        | more,
    )
    set_reach("*")  # the test acts for the house again
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def states(answered: list[dict[str, Any]]) -> list[str]:
    return [each["state"] for each in answered]


def pull(client: Client, token: str = "") -> dict[str, Any]:
    """What changed since the token was given out."""
    found: dict[str, Any] = sync(client, [], token=token)["changes"]
    return found


def homes(pulled: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {home["id"]: home for bucket in pulled["homes"].values() for home in bucket}
