"""What can go wrong with the database, each case with its sentence, its mend and its exit code."""

import errno
import re
import shutil
from pathlib import Path

import psycopg

from redhouse.kit.errors import BUSY, CONFIG, IO_FAILED, NO_PERMISSION, SOFTWARE, UNAVAILABLE, HouseError


class DatabaseError(HouseError):
    """Base of every error of this package."""


class BadDatabaseUrl(DatabaseError):
    exit_code = CONFIG


class DatabaseMissing(DatabaseError):
    exit_code = CONFIG


class UnfitServer(DatabaseError):
    """Too old, or not UTF-8."""

    exit_code = CONFIG


class DatabaseUnreachable(DatabaseError):
    exit_code = UNAVAILABLE


class LoginRefused(DatabaseError):
    exit_code = NO_PERMISSION


class CannotPrepare(DatabaseError):
    """The login may not create the roles; the message carries the SQL for an administrator."""

    exit_code = NO_PERMISSION


class BinariesMissing(DatabaseError):
    exit_code = CONFIG


class OtherMajor(DatabaseError):
    """The data directory was made by another major version than the binaries at hand."""

    exit_code = CONFIG


class HouseBusy(DatabaseError):
    """Another process owns the data directory."""

    exit_code = BUSY


class HouseReadOnly(DatabaseError):
    exit_code = NO_PERMISSION


class DiskFull(DatabaseError):
    exit_code = IO_FAILED


class ServerFailed(DatabaseError):
    exit_code = SOFTWARE


NOT_OURS = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST, errno.ELOOP}
SQL_DISK_FULL = "53100"
JOURNAL_PIECE = 16 << 20  # bytes: the server takes room for its journal in pieces of this size
SQL_STOPPED = "57P01"  # by an administrator, or by whoever started the embedded server
SQL_SHUT_DOWN = {"57P02", "57P03"}  # by a crash, not ready yet
DISK_FULL = re.compile(r"No space left on device|Disk quota exceeded", re.IGNORECASE)
READ_ONLY = re.compile(r"Read-only file system|Permission denied|Operation not permitted", re.IGNORECASE)


def disk_full(place: Path) -> DiskFull:
    return DiskFull(f"磁盘已满，无法写入 {place}。请腾出空间后再启动；已提交的数据不会丢失。")


def is_full(place: Path) -> bool:
    """Whether there is no room for one more piece of the server's journal."""
    try:
        return shutil.disk_usage(place).free < JOURNAL_PIECE
    except OSError:
        return False


def read_only(place: Path) -> HouseReadOnly:
    return HouseReadOnly(f"数据目录 {place} 不可写。请改正它的权限或挂载方式，或用 REDHOUSE_HOME 另指一个目录。")


def explain_os(error: OSError, place: Path) -> DatabaseError:
    """Turn an operating system error met while writing under `place` into a sentence."""
    return read_only(place) if error.errno in NOT_OURS else explain(error.strerror or str(error), place)


def explain_chain(error: BaseException, place: Path) -> DatabaseError | None:
    """The sentence for an error whose chain of causes ends in a full or read-only disk, or in a lost connection.

    None for any other error, which is a mistake of ours and keeps its traceback. Looks at SQLSTATE and errno only,
    so that Django's wrapping does not matter.
    """
    link: BaseException | None = error
    while link is not None:
        state = getattr(link, "sqlstate", None)
        if state == SQL_DISK_FULL or getattr(link, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
            return disk_full(place)
        if getattr(link, "errno", None) == errno.EROFS:
            return read_only(place)
        if state == SQL_STOPPED:
            return ServerFailed(
                "数据库停下了：打开它的那个命令已经结束（或由管理员停止）。没有做完的部分已全部撤回，请再运行一次；"
                f"原因见 {place}/database/log。"
            )
        if isinstance(link, psycopg.OperationalError) and (state is None or state in SQL_SHUT_DOWN):
            if is_full(place):  # the server cannot write its journal any more, and falls without a word to its clients
                return disk_full(place)
            return ServerFailed(f"与数据库的连接中断，没有做完的部分已全部撤回。请再试；原因见 {place}/database/log。")
        link = link.__cause__ or link.__context__
    return None


def explain(text: str, place: Path) -> DatabaseError:
    """Turn what PostgreSQL's programs said (in English, LC_ALL=C) about `place` into a sentence."""
    if DISK_FULL.search(text):
        return disk_full(place)
    if READ_ONLY.search(text):
        return read_only(place)
    words = " / ".join(line.strip() for line in text.strip().splitlines()[-3:]) or "没有留下说明"
    return ServerFailed(f"内嵌数据库在 {place} 没能启动：{words}。完整记录见 {place}/log。")
