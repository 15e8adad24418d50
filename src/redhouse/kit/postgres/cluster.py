"""The data directory: made once, whole or not at all; who may connect, written anew at each start."""

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from redhouse.kit.postgres.account import Account, own_account
from redhouse.kit.postgres.errors import OtherMajor, explain, explain_os
from redhouse.kit.postgres.home import House
from redhouse.kit.postgres.leash import leashed
from redhouse.kit.postgres.locator import Binaries, locate
from redhouse.kit.postgres.params import PORT, ROLES, SUPER
from redhouse.kit.postgres.place import account_for, prepare_database_folder, reachable

MIB = 1 << 20
BUILTIN_LOCALE_SINCE = 17


class Cluster:
    """One data directory with the programs that fit it and the user that runs them.

    Raises OtherMajor when no program at hand is of the major version that made the data.
    """

    def __init__(self, house: House, binaries: Binaries | None = None) -> None:
        self.house = house
        self.found = binaries or locate(self.major())
        self.binaries = self.found
        self.account: Account = account_for(house)
        if (made_by := self.major()) not in (None, self.found.major):
            raise OtherMajor(f"数据由 PostgreSQL {made_by} 建立，不能用 {self.found.major} 打开。")

    def major(self) -> int | None:
        """The major version that made the data, or None where there is none yet."""
        try:
            return int((self.house.pgdata / "PG_VERSION").read_text().strip())
        except FileNotFoundError:
            return None

    def ensure(self) -> bool:
        """Make folders and data directory where missing; returns whether the data directory is new.

        Call it holding the house's lock. Killed at any moment it leaves nothing that looks like a data directory:
        initdb works (and syncs) under a name of its own, which a killed predecessor cannot disturb.
        """
        try:
            prepare_database_folder(self.house, self.account)
            self.binaries = reachable(self.found, self.house, self.account)
            self._write_access()
            for leftover in self.house.pgdata.parent.glob("pgdata.new*"):
                shutil.rmtree(leftover, ignore_errors=True)
            if self.house.pgdata.exists():
                return False
            fresh = self.house.pgdata.with_name(f"pgdata.new-{secrets.token_hex(4)}")
            self._initdb(fresh)
            fresh.rename(self.house.pgdata)
            _sync_folder(self.house.pgdata.parent)
            return True
        except OSError as error:
            raise explain_os(error, self.house.root) from error

    def command(self) -> list[str]:
        """The server's command line: one Unix socket, no TCP port, tied to the calling process.

        On the leash it gets SIGINT, a fast shutdown: clients are cut off, what is committed is on disk.
        """
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": f'"{self._sockets()}"',
            "unix_socket_permissions": "0700",
            "hba_file": str(self._access("pg_hba.conf")),
            "ident_file": str(self._access("pg_ident.conf")),
            "cluster_name": self.title,
        }
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return self._leash([self.binaries.program("postgres"), "-D", str(self.house.pgdata), *arguments])

    @property
    def title(self) -> str:
        """What the titles of this server's processes carry."""
        return f"redhouse-{self.house.tag}"

    def environment(self) -> dict[str, str]:
        """No PG* variable and none of our secrets reaches the server; messages in English, for `explain`."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        return {"PATH": os.defpath, **kept, "LC_ALL": "C", "HOME": str(self.house.pgdata.parent)}

    def _leash(self, command: list[str]) -> list[str]:
        return leashed(command, with_signal=signal.SIGINT, uid=self.account.uid, gid=self.account.gid)

    def _initdb(self, fresh: Path) -> None:
        if self.binaries.major >= BUILTIN_LOCALE_SINCE:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            locale = ["--locale=C.UTF-8", "--lc-messages=C"]
        options = ["-U", SUPER, "-E", "UTF8", *locale, "--auth=peer", "--data-checksums"]
        made = subprocess.run(
            self._leash([self.binaries.program("initdb"), "-D", str(fresh), *options]),
            env=self.environment(),
            cwd=self.house.pgdata.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise explain(made.stderr or made.stdout, self.house.database)
        with open(fresh / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write("\n# Redhouse's own defaults; change them here.\n")
            conf.writelines(f"{name} = {value}\n" for name, value in _defaults().items())
            conf.flush()
            os.fsync(conf.fileno())

    def _write_access(self) -> None:
        """Peer only: the kernel says who is at the other end, and these users may be any of our roles.

        This keeps mistakes apart, not attackers: whoever runs the house can be each of its roles.
        """
        users = sorted({own_account().name, self.account.name, "root"})
        lines = [f'house "{user}" {role}\n' for user in users for role in (*ROLES.values(), SUPER)]
        self._write(self._access("pg_ident.conf"), "".join(lines))
        self._write(self._access("pg_hba.conf"), "local all all peer map=house\n")

    def _access(self, name: str) -> Path:
        return self.house.pgdata.with_name(name)

    def _sockets(self) -> Path:
        return self.house.sockets.resolve()

    def _write(self, path: Path, text: str) -> None:
        fresh = path.with_name(f".{path.name}")
        fresh.write_text(text, encoding="utf-8")
        fresh.chmod(0o644)  # inside a folder that only the server's user and root can enter
        fresh.replace(path)


def _defaults() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "shared_buffers": f"{min(max(memory // 8 // MIB, 64), 512)}MB",
        "max_wal_size": "2GB",  # a first load of some hundred thousand facts without a checkpoint in between
        "wal_compression": "on",
        "jit": "off",  # our queries are short
        "timezone": "'Asia/Shanghai'",
        "log_timezone": "'Asia/Shanghai'",
        "log_checkpoints": "off",
        "log_min_error_statement": "panic",  # statements and details name people: they stay out of the log
        "log_error_verbosity": "terse",
        "log_line_prefix": "'%m [%p] '",
    }


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
