"""Photographs: whole ones pass without what they tell, others are refused in words."""

import struct
import zlib

import pytest

from redhouse.kit.photos import LARGEST, PhotoError, clean_photo


def jpeg(*segments: bytes) -> bytes:
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    return b"\xff\xd8" + b"".join(segments) + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x2a\xff\xd9"


def segment(code: int, body: bytes) -> bytes:
    return b"\xff" + bytes([code]) + struct.pack(">H", len(body) + 2) + body


def exif(turn: int) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turn, 0)
    place = struct.pack("<HHII", 0x8825, 4, 1, 99)
    return segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x02\0" + entry + place + b"\0\0\0\0GPS 22.9N 112.9E")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
TAIL = chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def webp(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def test_place_and_comments_are_left_out_and_the_turn_stays() -> None:
    clean, suffix = clean_photo(jpeg(segment(0xE0, b"JFIF\0"), exif(6), segment(0xFE, "新田".encode())) + b"trailing")
    assert suffix == "jpg"
    assert b"GPS" not in clean
    assert "新田".encode() not in clean
    assert clean.endswith(b"\xff\xd9")
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in clean
    assert clean_photo(clean).content == clean
    assert b"Exif" not in clean_photo(jpeg(exif(1))).content


def test_png_and_webp_too() -> None:
    assert clean_photo(PNG + chunk(b"tEXt", b"Author\0x") + TAIL) == (PNG + TAIL, "png")
    pictures = riff(b"VP8X", b"\x0c" + b"\0" * 9), riff(b"VP8 ", b"odd")
    clean = clean_photo(webp(*pictures, riff(b"EXIF", b"GPS"))).content
    assert clean == webp(riff(b"VP8X", b"\0" * 10), pictures[1])


@pytest.mark.parametrize(
    "broken",
    [
        b"\xff\xd8", jpeg()[:-2], jpeg()[:20], b"\xff\xd8\xff\xda\x00\x02\xff\xd9", PNG + TAIL[:-1],
        PNG[:-1] + b"x" + TAIL, webp(riff(b"VP8 ", b"x"))[:-2],
    ],
)  # fmt: skip
def test_half_a_photograph_is_refused(broken: bytes) -> None:
    with pytest.raises(PhotoError, match="不完整"):
        clean_photo(broken)


def test_what_is_no_photograph_or_too_large_is_refused() -> None:
    for content in (b"", b"<svg onload=x>", "𠮷".encode(), b"GIF89a"):
        with pytest.raises(PhotoError, match="不是照片"):
            clean_photo(content)
    with pytest.raises(PhotoError, match="超过12 MB"):
        clean_photo(jpeg() + bytes(LARGEST))
