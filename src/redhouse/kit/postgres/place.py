"""Putting the database and its programs where the user that runs the server can reach them."""

import os
import secrets
import shutil
from dataclasses import replace
from pathlib import Path

from redhouse.kit.postgres.account import Account, can_reach, server_account
from redhouse.kit.postgres.errors import BinariesMissing, HouseReadOnly
from redhouse.kit.postgres.home import SERVICE_HOME, House
from redhouse.kit.postgres.locator import WHEEL, Binaries


def account_for(house: House) -> Account:
    """The user that runs the server of this house: the owner of its data, once there is some."""
    chosen = server_account()
    if os.geteuid() != 0 or not house.pgdata.exists():
        return chosen
    owner = house.pgdata.stat()
    return replace(chosen, uid=owner.st_uid, gid=owner.st_gid) if owner.st_uid else chosen


def prepare_database_folder(house: House, account: Account) -> None:
    """Create `database/` for `account`. Under a closed folder it becomes a link to a place of its own elsewhere."""
    if not house.database.exists():
        own = account.uid == os.geteuid()
        if not own and can_reach(house.root.parent, account, how="-x"):
            house.root.chmod(house.root.stat().st_mode | 0o011)  # our own folder only: to pass through, not to list
        if own or can_reach(house.root, account, how="-x"):
            house.database.mkdir(mode=0o700)
        else:
            elsewhere = SERVICE_HOME / "houses" / secrets.token_hex(6)
            elsewhere.mkdir(parents=True)
            house.database.unlink(missing_ok=True)  # a link to a place that is gone
            house.database.symlink_to(elsewhere)
    for folder in (house.database.resolve(), house.log, house.sockets):
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {account.uid, os.geteuid()}:
            raise HouseReadOnly(f"{folder} 属于别的用户，不能用来放数据库的套接字。请删除它，或把 REDHOUSE_HOME 改短。")
        _belongs_to(folder, account)


def reachable(binaries: Binaries, house: House, account: Account) -> Binaries:
    """The same programs where `account` can run them: copied beside the data once, when they lie in a closed folder."""
    if can_reach(binaries.folder / "postgres", account, how="-x"):
        return binaries
    if binaries.folder.parents[1].name != WHEEL:
        raise BinariesMissing(
            f"用户 {account.name} 无法执行 {binaries.folder} 里的程序。请把 PostgreSQL 装在所有用户可读的目录，"
            "或去掉 REDHOUSE_PG_BIN。"
        )
    packages = binaries.folder.parents[2]
    target = house.database.resolve() / f"binaries-{binaries.version}"
    if not target.exists():
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        for part in (binaries.folder.parent.relative_to(packages), Path(f"{WHEEL}.libs")):
            if (packages / part).exists():  # the programs find their libraries by relative path
                left_out = shutil.ignore_patterns("include", "*.a", "__pycache__")
                shutil.copytree(packages / part, fresh / part, symlinks=True, ignore=left_out)
        for folder, _, names in os.walk(fresh):
            for path in (Path(folder), *(Path(folder, name) for name in names)):
                _belongs_to(path, account)
        fresh.rename(target)
    return replace(binaries, folder=target / binaries.folder.relative_to(packages))


def _belongs_to(path: Path, account: Account) -> None:
    if os.geteuid() == 0 and path.stat(follow_symlinks=False).st_uid != account.uid:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
