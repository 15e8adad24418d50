"""Send notices, confirm receipts, log what was announced, choose channels. `on` is an Asia/Shanghai day."""

from redhouse.ground.messages.actions.deliveries import TryAgain, deliver
from redhouse.ground.messages.actions.notices import record_broadcast, send_notice
from redhouse.ground.messages.actions.receipts import (
    choose_channel,
    confirm_receipt,
    confirm_receipts,
    mark_all_read,
    mark_read,
)

__all__ = [
    "TryAgain", "choose_channel", "confirm_receipt", "confirm_receipts", "deliver", "mark_all_read", "mark_read",
    "record_broadcast", "send_notice",
]  # fmt: skip
