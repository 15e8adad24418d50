"""Files of papers, kept by what is in them: the SHA-256 of a file is its name, SM3 its second digest.

A file is complete or absent: it is written beside its place, forced to the disk, then renamed. Writing the same bytes
again changes nothing, and heals a file that was damaged.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.utils.translation import gettext as _

from redhouse.ground.papers.enums import MAX_BYTES

CHUNK = 1 << 20
KEPT_FOR = timedelta(days=7)  # a file on its way out; then it can be asked for again
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class StoredFile:
    """What was stored: both digests in lower-case hexadecimal, and the size in bytes."""

    sha256: str
    sm3: str
    size: int


class Fault(StrEnum):
    """What can be wrong with a stored file."""

    MISSING = "missing"
    ALTERED = "altered"


class FileMissing(LookupError):
    """No file with this digest is stored here."""


class FileAltered(ValueError):
    """The file no longer has the digest under which it was stored."""


class FileTooLarge(ValueError):
    """More than `MAX_BYTES`; nothing was stored."""


def put(content: bytes | BinaryIO) -> StoredFile:
    """Store bytes, or what a stream still holds, and return its digests. Safe to repeat. Raises `FileTooLarge`."""
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".incoming-", dir=home)
    try:
        with os.fdopen(handle, "wb") as file:
            stored = _copy(BytesIO(content) if isinstance(content, bytes) else content, file)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o440)
        target = path_of(stored.sha256)
        if not target.parent.exists():
            target.parent.mkdir(exist_ok=True)
            _force(home)
        os.replace(name, target)
        _force(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return stored


def open_file(sha256: str, *, check: bool = True) -> BinaryIO:
    """Open a stored file for reading; `check` reads it through first.

    Raises `FileMissing`, or `FileAltered` when the bytes do not have this digest any more.
    """
    try:
        file = path_of(sha256).open("rb")
    except FileNotFoundError:
        raise FileMissing(_("文件 %(digest)s… 不在库中：请从备份恢复") % {"digest": sha256[:12]}) from None
    if check and hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise FileAltered(_("文件 %(digest)s… 与登记的摘要不符，已被改动：请从备份恢复") % {"digest": sha256[:12]})
    file.seek(0)
    return file


def missing_or_altered(digests: Iterable[str]) -> Iterator[tuple[str, Fault]]:
    """Read every named file and yield those that are missing or altered."""
    for digest in digests:
        try:
            open_file(digest).close()
        except FileMissing:
            yield digest, Fault.MISSING
        except FileAltered:
            yield digest, Fault.ALTERED


def path_of(sha256: str) -> Path:
    """Return where the file with this digest lies, whether or not it is there."""
    if not DIGEST.fullmatch(sha256):
        raise ValueError(_("“%(digest)s”不是文件摘要：应为 64 位小写十六进制") % {"digest": sha256})
    return _home() / sha256[:2] / sha256[2:]


def _home() -> Path:
    return Path(settings.REDHOUSE_PAPERS)


def _copy(source: BinaryIO, target: BinaryIO) -> StoredFile:
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    while chunk := source.read(CHUNK):
        sha256.update(chunk)
        sm3.update(chunk)
        target.write(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise FileTooLarge(_("文件超过 %(limit)s MB：请压缩或拆分后再上传") % {"limit": MAX_BYTES >> 20})
    return StoredFile(sha256.hexdigest(), sm3.finalize().hex(), size)


def _force(directory: Path) -> None:
    """Force a directory to the disk, so that a rename in it survives a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def outgoing() -> Path:
    """The folder of files on their way out; every one can be written again."""
    return Path(settings.REDHOUSE_OUTGOING)
