"""WeCom, DingTalk, Feishu and e-mail through Apprise: an address names the service and its key."""

from functools import lru_cache
from urllib.parse import quote

import apprise

from redhouse.ground.messages.enums import Failure
from redhouse.ground.messages.outside.faults import NotSent

_ASSET = apprise.AppriseAsset(
    app_id="Redhouse",  # also the user agent, which takes Latin letters only
    app_desc="红房子",
    async_mode=False,
    secure_logging=True,
    storage_mode=apprise.PersistentStoreMode.MEMORY,
)


@lru_cache(maxsize=32)
def is_readable(address: str) -> bool:
    """Whether Apprise knows this address."""
    return apprise.Apprise.instantiate(address, asset=_ASSET, suppress_exceptions=True) is not None


def notify(address: str, *, to: str, title: str, link: str) -> None:
    """`to` is an e-mail address, or empty where the address is a group. Raises NotSent; Apprise does not say why."""
    if to:
        address += f"{'&' if '?' in address else '?'}to={quote(to)}"
    service = apprise.Apprise(asset=_ASSET)
    if not service.add(address):
        raise NotSent(Failure.NOT_SET_UP, is_final=True)
    if not service.notify(title=title, body=link):
        raise NotSent(Failure.NOT_TAKEN)
