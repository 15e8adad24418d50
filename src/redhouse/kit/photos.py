"""Photographs as they come from phones: what they really are, and without what they tell about where they were taken.

JPEG, PNG and WebP, told by their bytes, never by their names. Metadata (place, time, device, thumbnails) are left out;
of a JPEG's Exif the turn of the picture stays. Nothing is decoded: a picture is whole when its parts are.
"""

import struct
import zlib
from typing import NamedTuple

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _

LARGEST = 12 << 20  # bytes; a phone shrinks a photograph to a fiftieth of that before it sends it

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TELLS = {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"}
_SOI, _EOI, _SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}  # JFIF, colour profile, Adobe's colour transform
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


class PhotoError(SentenceError):
    """Not a whole photograph, or too large a one."""


class Photo(NamedTuple):
    """The bytes to keep, and what they are: "jpg", "png" or "webp"."""

    content: bytes
    suffix: str


def clean_photo(content: bytes) -> Photo:
    """The same picture without its metadata. Raises PhotoError."""
    if len(content) > LARGEST:
        raise PhotoError(_("照片超过%(limit)s MB：请用手机相机的普通画质，或压缩后再传"), limit=LARGEST >> 20)
    try:
        if content.startswith(_SOI):
            return Photo(_jpeg(content), "jpg")
        if content.startswith(_PNG):
            return Photo(_png(content), "png")
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return Photo(_webp(content), "webp")
    except (struct.error, IndexError, ValueError):
        raise PhotoError(_("照片不完整，可能没有传完：请重新拍照或选择照片")) from None
    raise PhotoError(_("这不是照片：请用 JPEG、PNG 或 WebP"))


def _jpeg(data: bytes) -> bytes:
    out, at, has_frame = [_SOI], 2, False
    while True:
        if data[at] != 0xFF:
            raise ValueError("a marker begins with FF")
        code = data[at + 1]
        if code == 0xFF:  # padding
            at += 1
            continue
        (size,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + size
        if size < 2 or end > len(data):
            raise ValueError("a segment ends inside the file")
        has_frame |= code in _FRAMES
        if code == _SOS:
            stop = data.rfind(_EOI, end)
            if stop < 0 or not has_frame:
                raise ValueError("the scan has no end, or no frame before it")
            return b"".join([*out, data[at : stop + 2]])
        if code == 0xE1:
            out.append(_turn(data[at + 4 : end]))
        elif not (0xE0 <= code <= 0xEF or code == 0xFE) or code in _JPEG_KEPT:
            out.append(data[at:end])
        at = end


def _turn(exif: bytes) -> bytes:
    """An Exif segment that says how to turn the picture and nothing else; empty where it need not be turned."""
    if not exif.startswith(b"Exif\0\0"):
        return b""
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for entry in range(min(count, 64)):
            tag, _kind, _count, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * entry)
            if tag == 0x0112 and 2 <= value <= 8:
                body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHHI", 0x0112, 3, 1, value, 0, 0)
                return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    except struct.error:
        pass
    return b""


def _png(data: bytes) -> bytes:
    out, at, first = [_PNG], len(_PNG), True
    while True:
        (size,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + size
        (check,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(data[at + 4 : end - 4]) != check or (first and kind != b"IHDR"):
            raise ValueError("a chunk is damaged")
        first = False
        if kind not in _PNG_TELLS:
            out.append(data[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data) or size < 12:
        raise ValueError("cut short")
    out, at = [], 12
    while at + 8 <= size + 8:
        kind, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length + length % 2
        if end > size + 8:
            raise ValueError("a chunk ends inside the file")
        if kind == b"VP8X":  # the flags of Exif (8) and XMP (4) go with their chunks
            out.append(data[at : at + 8] + bytes([data[at + 8] & ~0x0C]) + data[at + 9 : end])
        elif kind not in (b"EXIF", b"XMP "):
            out.append(data[at:end])
        at = end
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body
