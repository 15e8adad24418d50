"""A made picture of a notice board: sheets on a frame, nobody in it. No photograph of anybody is needed for a demo."""

import struct
import zlib
from datetime import date

WIDTH, HEIGHT = 640, 420
WALL, FRAME, CORK, SHEET, INK, SEAL = (
    b"\xd9\xd2\xc4", b"\x6b\x4a\x32", b"\xb9\x8f\x5f", b"\xfb\xfa\xf6", b"\x5a\x5a\x60", b"\xa8\x2b\x22",
)  # fmt: skip
Box = tuple[int, int, int, int]  # left, top, right, bottom


def board(day: date, sheets: int = 3) -> bytes:
    """PNG of a board on which `sheets` sheets hang; the day moves them a little, so that no two pictures are alike."""
    rows = [bytearray(WALL * WIDTH) for _ in range(HEIGHT)]
    _fill(rows, (30, 26, 610, 394), FRAME)
    _fill(rows, (42, 38, 598, 382), CORK)
    for place in range(sheets):
        left = 62 + place * 176 + day.toordinal() % 7
        top = 58 + (day.toordinal() + place * 5) % 11
        _fill(rows, (left, top, left + 150, top + 212), SHEET)
        _fill(rows, (left + 66, top - 6, left + 84, top + 6), SEAL)
        _fill(rows, (left + 30, top + 22, left + 120, top + 32), SEAL)
        for line in range(11):
            _fill(rows, (left + 16, top + 48 + line * 13, left + 134 - (line * 29) % 40, top + 52 + line * 13), INK)
    return _png(b"".join(b"\x00" + bytes(row) for row in rows))


def _fill(rows: list[bytearray], box: Box, colour: bytes) -> None:
    left, top, right, bottom = box
    for row in rows[top:bottom]:
        row[left * 3 : right * 3] = colour * (right - left)


def _png(pixels: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(pixels, 6)), (b"IEND", b"")
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
