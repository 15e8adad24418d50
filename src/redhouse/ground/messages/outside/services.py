"""WeCom, DingTalk, Feishu and e-mail through Apprise: an address names the service and its key."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from redhouse.ground.messages.enums import Failure
from redhouse.ground.messages.outside.faults import NotSent

if TYPE_CHECKING:
    import apprise


@cache
def _asset() -> apprise.AppriseAsset:
    import apprise  # here and below: a tenth of a second to load, for houses that send something only

    return apprise.AppriseAsset(
        app_id="Redhouse",  # also the user agent, which takes Latin letters only
        app_desc="红房子",
        async_mode=False,
        secure_logging=True,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )


@lru_cache(maxsize=32)
def is_readable(address: str) -> bool:
    """Whether Apprise knows this address."""
    import apprise

    return apprise.Apprise.instantiate(address, asset=_asset(), suppress_exceptions=True) is not None


def notify(address: str, *, to: str, title: str, link: str) -> None:
    """`to` is an e-mail address, or empty where the address is a group. Raises NotSent; Apprise does not say why."""
    import apprise

    if to:
        address += f"{'&' if '?' in address else '?'}to={quote(to)}"
    service = apprise.Apprise(asset=_asset())
    if not service.add(address):
        raise NotSent(Failure.NOT_SET_UP, is_final=True)
    if not service.notify(title=title, body=link):
        raise NotSent(Failure.NOT_TAKEN)
