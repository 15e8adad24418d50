"""What a folder holds, and whether it still holds exactly that."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from redhouse.kit.archive import Progress, quiet
from redhouse.kit.errors import DATA, HouseError
from redhouse.kit.record import Head, key_id_of
from redhouse.kit.seal import verify as signature_holds

FORMAT, VERSION = "redhouse-extract", 1
MANIFEST = "manifest.json"
FIGURES, PRELUDE_FILE, SCRIPT = "figures", "figures/prelude.sql", "answers.sql"


class BadExtract(HouseError):
    """Not one of our folders, incomplete, or changed."""

    exit_code = DATA


@dataclass(frozen=True)
class Relation:
    """A relation as the figures know it: how many rows, and its columns in order with their SQL types."""

    rows: int
    columns: dict[str, str]


@dataclass(frozen=True)
class Manifest:
    """What the folder says of itself. `files` maps paths inside it to SHA-256; `head` is the signed head of the log
    that `last_fact_id` is the last fact of, `public_key` (PEM) the key that signed it: both None for an empty log."""

    division_code: str
    as_of: date
    last_fact_id: int
    created_at: datetime
    relations: dict[str, Relation]
    files: dict[str, str]
    head: Head | None = None
    public_key: str | None = None

    @property
    def text(self) -> str:
        """The bytes of `manifest.json`, the same for the same content."""
        data: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "created_at": self.created_at.astimezone(UTC).isoformat(),
            "division": self.division_code,
            "as_of": self.as_of.isoformat(),
            "last_fact_id": self.last_fact_id,
            "head": self.head.as_json() if self.head else None,
            "public_key": self.public_key,
            "relations": {name: {"rows": r.rows, "columns": r.columns} for name, r in self.relations.items()},
            "files": self.files,
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, hence of the whole folder: whoever knows it knows every byte."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def of(self, relation: str) -> list[str]:
        """The files of a relation."""
        return [name for name in self.files if name == f"{relation}.parquet" or name.startswith(f"{relation}/")]

    @classmethod
    def parse(cls, text: str) -> "Manifest":
        """Raises ValueError, TypeError or LookupError for anything that `text` did not write."""
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        if data["version"] > VERSION:
            raise BadExtract(f"导出的格式是第 {data['version']} 版，这里只认得到第 {VERSION} 版。请升级 redhouse。")
        return cls(
            division_code=str(data["division"]),
            as_of=date.fromisoformat(data["as_of"]),
            last_fact_id=int(data["last_fact_id"]),
            created_at=datetime.fromisoformat(data["created_at"]),
            relations={
                name: Relation(int(relation["rows"]), dict(relation["columns"]))
                for name, relation in data["relations"].items()
            },
            files={str(name): str(digest) for name, digest in data["files"].items()},
            head=Head.from_json(data["head"]) if data["head"] else None,
            public_key=data["public_key"],
        )


def checked(folder: Path, progress: Progress = quiet, called: Path | None = None) -> Manifest:
    """Read the manifest and every file it names. Raises BadExtract naming the first that is missing, changed or
    too many; files whose name begins with a dot belong to the operating system and are passed over.
    `progress` is told how many files are done by now; `called` is the name that the reader knows the folder by."""
    called = called or folder
    try:
        manifest = Manifest.parse((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadExtract(
            f"{called} 里没有可读的 {MANIFEST}（{error.strerror}）："
            "请指向 redhouse export --parquet 写出的文件夹，或答卷页上下载的数据存档。"
        ) from None
    except (ValueError, TypeError, LookupError, AttributeError):
        raise BadExtract(
            f"{called} 里的 {MANIFEST} 读不懂：文件损坏，或不是 redhouse export 写的。请重新导出。"
        ) from None
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    for name in sorted(found - set(manifest.files) - {MANIFEST}):
        raise BadExtract(f"{called} 里的 {name} 不在清单里：是后来放进去的。请移走它，或重新导出。")
    for done, (name, digest) in enumerate(manifest.files.items(), 1):
        if name not in found:
            raise BadExtract(f"{called} 里缺少清单上的 {name}：文件夹不完整。请重新导出或重新复制。")
        if digest_of(folder / name) != digest:
            raise BadExtract(f"{called} 里的 {name} 与清单的摘要不符：文件损坏或被改过。请重新导出或重新复制。")
        progress(done)
    _check_head(called, manifest)
    return manifest


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_head(called: Path, manifest: Manifest) -> None:
    head, key = manifest.head, (manifest.public_key or "").encode()
    if head is None:
        return
    holds = key_id_of(key) == head.key_id and signature_holds(key, head.signature, head.statement)
    if not holds or head.last_fact_id != manifest.last_fact_id:
        raise BadExtract(f"{called} 的 {MANIFEST} 里的日志头签名不成立：清单被改过。请重新导出。")
