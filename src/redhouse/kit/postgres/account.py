"""Which operating system user runs the server, and whether that user can reach a place.

PostgreSQL refuses to run as root. Root therefore lends the server an unprivileged user; everyone else runs it as
themselves. No folder above ours is ever opened up: what the user cannot reach is placed where it can.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from redhouse.kit.postgres.errors import ServerFailed

# `postgres` exists where Debian's package is installed and owns nothing but databases. `nobody` exists everywhere;
# it is the last choice, since other services share it: whoever runs the house for long creates a user `redhouse`.
CANDIDATES = ("redhouse", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def own_account() -> Account:
    """The user of this process."""
    entry = pwd.getpwuid(os.geteuid())
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account() -> Account:
    """The user that runs the server: our own, or for root the first unprivileged candidate that exists."""
    if os.geteuid() != 0:
        return own_account()
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise ServerFailed("PostgreSQL 不能以 root 运行，而本机没有可用的普通用户。请先执行 useradd --system redhouse。")


def can_reach(path: Path, account: Account, *, how: str = "-r") -> bool:
    """Whether `account` gets to `path` (`how` as in test(1)). Tried in earnest, not worked out from mode bits."""
    if account.uid == os.geteuid():
        return os.access(path, {"-r": os.R_OK, "-x": os.X_OK, "-w": os.W_OK}[how])
    test = shutil.which("test") or "/usr/bin/test"
    tried = subprocess.run(
        [test, how, str(path)], cwd="/", user=account.uid, group=account.gid, extra_groups=[], check=False
    )
    return tried.returncode == 0
