"""Codes that people read out and type, and that nobody can guess."""

import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
GROUPS, GROUP = 3, 4


def readable_code() -> str:
    """Sixty random bits in three groups, e.g. 7KQ2-M9XA-4TRH."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
