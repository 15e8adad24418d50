"""The folder as one file, as it is stored and handed on: a plain zip without compression (Parquet has its own)."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from redhouse.work.answers.extract.manifest import MANIFEST, BadExtract

LARGEST = 8 << 30  # bytes unpacked; what claims more is no extract of a town


def pack(folder: Path, target: Path) -> None:
    """The same folder gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as sink:
                while chunk := source.read(1 << 20):
                    sink.write(chunk)


@contextmanager
def as_folder(path: Path) -> Iterator[Path]:
    """A folder as it is; of a zip its contents, gone at the end. Raises BadExtract for any other file."""
    if not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="redhouse-extract-") as scratch:
        try:
            with zipfile.ZipFile(path) as archive:
                _refuse_wild(path, archive)
                archive.extractall(scratch)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise BadExtract(f"{path} 不是完好的 zip 文件（{error}）：请重新下载或重新复制。") from None
        yield Path(scratch)


def _refuse_wild(path: Path, archive: zipfile.ZipFile) -> None:
    """A zip from elsewhere may name files outside its folder, or swell."""
    names = [PurePosixPath(info.filename) for info in archive.infolist()]
    if any(name.is_absolute() or ".." in name.parts for name in names):
        raise BadExtract(f"{path} 里有指向别处的文件名，不是红房子的数据存档。")
    if sum(info.file_size for info in archive.infolist()) > LARGEST:
        raise BadExtract(f"{path} 解开超过 {LARGEST >> 30} GB，不像一个镇的数据存档。")
    if PurePosixPath(MANIFEST) not in names:
        raise BadExtract(f"{path} 里没有 {MANIFEST}：请选 redhouse export 写出的文件夹，或答卷页上下载的数据存档。")
