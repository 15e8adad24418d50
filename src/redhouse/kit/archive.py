"""One file that holds a whole house, and that shows any change of a single byte.

It is a plain zip (stored, so `unzip` opens it): the parts, then `manifest.json` with the digest of each part. The
zip's comment, the last 64 bytes of the file, is the SHA-256 of all bytes before it.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from redhouse.kit.errors import DATA, IO_FAILED, NO_PERMISSION, HouseError

MANIFEST = "manifest.json"
SEAL = 64  # hexadecimal digits of SHA-256
CHUNK = 1 << 20

Progress = Callable[[int], None]  # is told how many more bytes were handled


class BadArchive(HouseError):
    """Not one of ours, cut short, or changed."""

    exit_code = DATA


def quiet(handled: int) -> None:
    """No progress shown."""


@dataclass(frozen=True)
class Archive:
    """A file that was read whole and found unchanged. `manifest["parts"]` maps names to `{"sha256", "size"}`."""

    path: Path
    manifest: dict[str, Any]

    def names(self, folder: str) -> list[str]:
        """Names of the parts in a folder, such as "papers"."""
        return [name for name in self.manifest["parts"] if name.startswith(f"{folder}/")]

    def extract(self, name: str, target: Path, progress: Progress = quiet) -> None:
        """Write one part to `target`, creating folders; checks its digest once more, since the disk is another."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(self.path) as file, file.open(name) as source, open(target, "wb") as sink:
                digest = _copy(source, sink.write, progress)
                sink.flush()
                os.fsync(sink.fileno())
        except OSError as error:
            raise HouseError(f"写不了 {target}（{error.strerror}）。请腾出空间、改正权限后再试。", IO_FAILED) from error
        if digest != self.manifest["parts"][name]["sha256"]:
            raise BadArchive(f"备份 {self.path} 里的 {name} 在读取时变了。请检查存放备份的磁盘。")


def write_archive(
    path: Path, parts: Iterable[tuple[str, Path]], facts: dict[str, Any], progress: Progress = quiet
) -> Archive:
    """Write `parts` (name in the archive, file) and a manifest with `facts` to `path`: whole and synced, or not at all.

    The file is readable by its owner only. Raises HouseError when the disk is full or the folder not writable.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(fresh, "xb", opener=_private) as file:
            digests = _write_parts(file, parts, facts, progress)
        with open(fresh, "r+b") as file:
            seal = _digest(file, os.path.getsize(fresh) - SEAL)
            file.seek(-SEAL, os.SEEK_END)
            file.write(seal.encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        code = NO_PERMISSION if isinstance(error, PermissionError) else IO_FAILED
        raise HouseError(f"写不了 {path}（{error.strerror}）。请换一个有空间、可写的地方。", code) from error
    finally:
        fresh.unlink(missing_ok=True)
    return Archive(path, {**facts, "parts": digests})


def read_archive(path: Path, *, format_name: str, newest: int, progress: Progress = quiet) -> Archive:
    """Check every byte of the file and every digest in it. Raises BadArchive, saying what is wrong."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            found = _digest(file, max(size - SEAL, 0), progress)
            sealed = file.read(SEAL)
        if found.encode() != sealed:
            raise BadArchive(f"{path} 不完整或被改动过（封印不符），拒绝使用。请换一份完好的备份。")
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest.get("format") != format_name:
                raise BadArchive(f"{path} 不是红房子的备份。")
            if manifest["version"] > newest:
                raise BadArchive(f"{path} 由更新版本的红房子写成（格式 {manifest['version']}）。请先升级。")
            _check_parts(path, archive, manifest["parts"], progress)
    except OSError as error:
        raise HouseError(f"读不了备份 {path}（{error.strerror}）。请检查路径和权限。", NO_PERMISSION) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise BadArchive(f"{path} 不是红房子的备份，或已损坏。") from error
    return Archive(path, manifest)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_parts(
    file: IO[bytes], parts: Iterable[tuple[str, Path]], facts: dict[str, Any], progress: Progress
) -> dict[str, dict[str, Any]]:
    digests: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts:
            with open(part, "rb") as source, archive.open(name, "w", force_zip64=True) as sink:
                digest = _copy(source, sink.write, progress)
            digests[name] = {"sha256": digest, "size": archive.getinfo(name).file_size}
        archive.writestr(
            zipfile.ZipInfo(MANIFEST), json.dumps({**facts, "parts": digests}, ensure_ascii=False, indent=1)
        )
        archive.comment = b"0" * SEAL
    return digests


def _check_parts(path: Path, archive: zipfile.ZipFile, parts: dict[str, dict[str, Any]], progress: Progress) -> None:
    names = [name for name in archive.namelist() if name != MANIFEST]
    if sorted(names) != sorted(parts) or any(".." in PurePosixPath(name).parts or name[0] == "/" for name in names):
        raise BadArchive(f"{path} 的清单与内容不符，拒绝使用。请换一份完好的备份。")
    for name, stated in parts.items():
        with archive.open(name) as source:
            if _copy(source, len, progress) != stated["sha256"]:
                raise BadArchive(f"{path} 里的 {name} 与清单的摘要不符，拒绝使用。请换一份完好的备份。")


def _copy(source: IO[bytes], write: Callable[[bytes], Any], progress: Progress) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        write(chunk)
        progress(len(chunk))
    return digest.hexdigest()


def _digest(file: IO[bytes], size: int, progress: Progress = quiet) -> str:
    digest = hashlib.sha256()
    while size > 0 and (chunk := file.read(min(CHUNK, size))):
        digest.update(chunk)
        progress(len(chunk))
        size -= len(chunk)
    return digest.hexdigest()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
