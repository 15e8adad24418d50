from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare
from redhouse.ground.messages.enums import BROADCAST, CONFIRMING, NoticeKind

NOTICE_ISSUED = declare(
    "notice_issued",
    _("{actor}发出{subject}（{label}），收件{quantity}人"),
    subject="notice",
    labels=[str(kind) for kind in NoticeKind],
)
# The actor is who received it, the recorder who wrote it down: two people where the entry was assisted.
RECEIPT_CONFIRMED = declare(
    "receipt_confirmed",
    _("{actor}收到{subject}（{label}）"),
    subject="notice",
    labels=[str(channel) for channel in CONFIRMING],
)
NOTICE_ANNOUNCED = declare(
    "notice_announced",
    _("{actor}公开告知{subject}（{label}）"),
    subject="notice",
    object="paper",
    labels=[str(channel) for channel in BROADCAST],
)
