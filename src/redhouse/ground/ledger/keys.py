"""The house's signing key: made once, kept in `<home>/keys/`, its public half in every bundle and on every poster."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from redhouse.kit.record import key_id_of
from redhouse.kit.seal import new_key, public_key
from redhouse.kit.secrets import secret_file

PRIVATE, TRUSTED = "log-signing.pem", "log-trusted"


@dataclass(frozen=True)
class HouseKey:
    private: bytes
    public: bytes
    key_id: str


def house_key() -> HouseKey:
    """The key that signs heads. Made on first use, under the folder of the running settings."""
    return _load(Path(settings.REDHOUSE_KEYS))


def trusted_keys() -> dict[str, bytes]:
    """key_id -> public PEM: our own, and retired ones laid into `keys/log-trusted/*.pem`."""
    own = house_key()
    keys = {own.key_id: own.public}
    for path in sorted((Path(settings.REDHOUSE_KEYS) / TRUSTED).glob("*.pem")):
        keys[key_id_of(path.read_bytes())] = path.read_bytes()
    return keys


@lru_cache(maxsize=8)
def _load(folder: Path) -> HouseKey:
    private = secret_file(folder, PRIVATE, new_key)
    public = public_key(private)
    return HouseKey(private, public, key_id_of(public))
