"""What a file must be before anything reads it as a workbook: a zip of modest size, not locked, with a sane grid.

The reader lays a sheet out as a full grid, and repeats shared texts in every cell: two far cells or one long text
could ask for all the memory there is. So the raw parts are looked through first.
"""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree
from zlib import error as ZlibError

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _

MAX_UNPACKED = 300 * 1024 * 1024  # bytes; a sheet of 100,000 households unpacks to about 40 MB
MAX_ROWS = 200_000
MAX_COLUMNS = 52  # A to AZ
MAX_TEXT = 2000  # characters of one cell

_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# A far column or row. The literal in front keeps the search fast; other ways to write it are turned away below.
_FAR = re.compile(rb""" r=["'](?:[A-Z]{3}|[B-Z][A-Z]|[A-Z]{0,2}(?:[2-9][0-9]{5}|[0-9]{7}))""")
_ODD = (b" r =", b" r\t", b" r\n", b" r\r", b"\tr=", b"\nr=", b"\rr=")
_LONG = re.compile(rb">[^<]{%d,}<" % (3 * MAX_TEXT))
_NAMESPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class WorkbookError(SentenceError):
    """The file as a whole cannot be used."""


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an xlsx file by name, unpacked within bounds. Raises WorkbookError naming the mend."""
    if content.startswith(_OLD_OFFICE):
        if _LOCKED in content:
            raise WorkbookError(_("文件有密码保护，无法读取；请在Excel中取消密码后另存，再上传。"))
        raise WorkbookError(_("这是旧版Excel（.xls）文件；请在Excel中另存为“Excel工作簿（.xlsx）”后再上传。"))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > 1000 or sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise WorkbookError(
                    _("文件解压后超过%(limit)s MB，不予读取；请拆成几个文件分别上传。"), limit=MAX_UNPACKED >> 20
                )
            if any(info.flag_bits & 1 for info in infos):
                raise WorkbookError(_("文件有密码保护，无法读取；请在Excel中取消密码后另存，再上传。"))
            # reads no more than declared and checks every sum, so a part cannot hide its real size
            parts = {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, ZlibError, NotImplementedError, EOFError, ValueError, OSError) as error:
        if isinstance(error, WorkbookError):
            raise
        raise _damaged() from None
    if "xl/workbook.xml" not in parts or any(b"<!DOCTYPE" in part[:2000] for part in parts.values()):
        raise _damaged()
    _check_size(parts)
    return parts


def sheet_parts(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The raw XML of every sheet, by the name on its tab."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (ElementTree.ParseError, KeyError):
        raise _damaged() from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for node in book.iter():
        if node.tag.endswith("}sheet"):
            target = targets.get(node.get(_NAMESPACE), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[node.get("name", "")] = parts.get(path, b"")
    return found


def _check_size(parts: dict[str, bytes]) -> None:
    """Every part, since the book may call any of them a sheet."""
    for part in parts.values():
        if b"sheetData" in part and any(odd in part for odd in _ODD):
            raise _damaged()
        if _FAR.search(part):
            raise WorkbookError(
                _("表格超出%(rows)s行或%(columns)s列；请删去远处的空白格和多余内容，或拆成几个文件分别上传。"),
                rows=f"{MAX_ROWS:,}",
                columns=MAX_COLUMNS,
            )
        if b"sst" in part[:2000] and _LONG.search(part):
            raise WorkbookError(_("有单元格的文字超过%(limit)s字；请缩短后再上传。"), limit=f"{MAX_TEXT:,}")


def _damaged() -> WorkbookError:
    return WorkbookError(_("这不是Excel工作簿，或文件已损坏；请用Excel打开确认后另存为.xlsx再上传。"))
