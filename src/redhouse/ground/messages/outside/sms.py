"""Text messages through a gateway of the town, over HTTP signed with a shared key.

    POST <REDHOUSE_SMS_URL>                      {"to": "13800138000", "text": "标题 链接"}
    Content-Type: application/json
    X-Redhouse-Timestamp: 1544749200             seconds; a gateway refuses what is older than five minutes
    X-Redhouse-Signature: <hexadecimal>          HMAC-SHA256 over timestamp, a full stop, and the body
    Idempotency-Key: <32 characters>             the same for every attempt: a gateway sends it once

2xx is taken. 408, 425, 429 and 5xx are tried again. Any other answer is final.
"""

import hmac
import http.client
import json
import logging
import time
import urllib.error
import urllib.request
from email.message import Message
from typing import IO

from redhouse.ground.messages.enums import Failure
from redhouse.ground.messages.outside.faults import NotSent
from redhouse.kit.masks import mask_phone

PATIENCE = 10  # seconds for an answer
PASSING = {408, 425, 429}

log = logging.getLogger(__name__)


def signature(key: str, timestamp: str, body: bytes) -> str:
    """What the gateway computes too."""
    return hmac.new(key.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()


def send_sms(url: str, secret: str, *, to: str, text: str, key: str) -> None:
    """Raises NotSent; whatever is logged shows the number masked."""
    body = json.dumps({"to": to, "text": text}, ensure_ascii=False).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Redhouse-Timestamp": timestamp,
        "X-Redhouse-Signature": signature(secret, timestamp, body),
        "Idempotency-Key": key,
    }
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with _OPENER.open(request, timeout=PATIENCE):
            return
    except urllib.error.HTTPError as error:
        status = error.code
        error.close()
    except (OSError, http.client.HTTPException) as error:
        log.warning("text message to %s: %s", mask_phone(to), type(error).__name__)
        raise NotSent(Failure.UNREACHABLE) from None
    log.warning("text message to %s: answered %s", mask_phone(to), status)
    if status in PASSING or status >= 500:
        raise NotSent(Failure.NOT_TAKEN, answer=status)
    raise NotSent(Failure.REFUSED, answer=status, is_final=True)


class _StaysHere(urllib.request.HTTPRedirectHandler):
    """A number goes to the address that was set, and to no other."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


_OPENER = urllib.request.build_opener(_StaysHere)
