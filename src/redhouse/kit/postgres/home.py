"""Where the house keeps its things: one data directory, chosen by REDHOUSE_HOME or by the platform's convention."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from redhouse.kit.postgres.errors import explain_os

SOCKET_LIMIT = 90  # bytes; the kernel allows about 104 for the folder and ".s.PGSQL.5432" together
SERVICE_HOME = Path("/var/lib/redhouse")  # for root, whose own home is closed to the database user


@dataclass(frozen=True)
class House:
    """The folders of one data directory. Reading them creates nothing; `make` does."""

    root: Path

    @property
    def database(self) -> Path:
        """All that the database server touches: `pgdata`, `run` (its socket), `log`."""
        return self.root / "database"

    @property
    def pgdata(self) -> Path:
        return self.database.resolve() / "pgdata"

    @property
    def log(self) -> Path:
        return self.database.resolve() / "log"

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket: a short one under /tmp where the path would be too long for one."""
        usual = self.database / "run"
        if len(os.fsencode(usual)) <= SOCKET_LIMIT:
            return usual
        return Path("/tmp") / f"redhouse-{self.tag}"

    @property
    def papers(self) -> Path:
        return self.root / "papers"

    @property
    def keys(self) -> Path:
        """Signing and field keys, open to their owner only."""
        return self.root / "keys"

    @property
    def tag(self) -> str:
        """A short name that no other data directory has; the server's processes carry it in their titles."""
        return hashlib.sha256(os.fsencode(self.root.resolve())).hexdigest()[:12]

    def make(self) -> None:
        """Create the folders. Raises HouseReadOnly or DiskFull."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.papers.mkdir(mode=0o700, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise explain_os(error, self.root) from error


def home() -> Path:
    """The data directory: REDHOUSE_HOME, else where this platform keeps the data of applications."""
    named = os.environ.get("REDHOUSE_HOME", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "redhouse"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "redhouse"
    if os.geteuid() == 0:
        return SERVICE_HOME
    base = Path(os.environ.get("XDG_DATA_HOME", ""))  # the convention: a relative one is to be ignored
    return (base if base.is_absolute() else Path.home() / ".local" / "share") / "redhouse"
