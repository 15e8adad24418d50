"""Procedure texts for tests: the dividend of 2026 as the list has it, and small changes of it."""

from redhouse.work.decisions.definitions import FOLDER

DIVIDEND = (FOLDER / "p07-2026-01-01.toml").read_text(encoding="utf-8")


def changed(old: str, new: str, text: str = DIVIDEND) -> str:
    """The text with one place changed; the place must be there."""
    assert old in text, old
    return text.replace(old, new, 1)
