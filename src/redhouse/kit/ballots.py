"""Codes of ballots, pure: a one-use token becomes a receipt, and a paper ballot carries a number that shows a slip.

A receipt says that a ballot is in the box and nothing of what is on it: nobody can be made to prove how they voted.
"""

import hmac
import re
import secrets
from hashlib import sha256

# no 0/O, 1/I/L: read aloud and typed by people over sixty
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECEIPT_LENGTH, GROUP = 12, 4
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_NUMBER = re.compile(rf"([0-9]{{1,5}})-?([{ALPHABET}]{{2}})")


def new_token() -> str:
    """192 random bits that go to one voter with one ballot form and are stored nowhere."""
    return secrets.token_urlsafe(24)


def new_key() -> bytes:
    """The secret of one box, by which its paper ballots are known; destroyed when the box is closed."""
    return secrets.token_bytes(16)


def receipt_code(box: int, token: str) -> str:
    """The receipt for a token in a box, e.g. K7Q2-9MXA-TR4B: always the same, and no way back to the token."""
    return _grouped(_letters(sha256(f"redhouse-receipt/1|{box}|{token}".encode()).digest(), RECEIPT_LENGTH))


def normal_receipt(text: str) -> str:
    """A receipt as it was typed: without regard to case, blanks and dashes."""
    return _grouped("".join(c for c in text.upper() if c in ALPHABET))


def paper_number(key: bytes, number: int) -> str:
    """What is printed on the paper ballot `number`: four digits and two letters of proof, e.g. 0117-KX."""
    proof = hmac.digest(key, f"redhouse-paper/1|{number}".encode(), "sha256")
    return f"{number:04d}-{_letters(proof, 2)}"


def read_paper_number(key: bytes, text: str) -> int | None:
    """The number of a ballot of this box; None where the letters do not fit: a slip of the pen, or not our paper."""
    found = _NUMBER.fullmatch(text.strip().upper().replace(" ", ""))
    if found is None:
        return None
    number = int(found[1])
    return number if hmac.compare_digest(paper_number(key, number)[-2:], found[2]) else None


def _letters(digest: bytes, length: int) -> str:
    value = int.from_bytes(digest, "big")
    letters = []
    for _place in range(length):
        value, letter = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
