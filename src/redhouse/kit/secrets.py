"""Secrets of the house: files made on first use, readable by their owner only."""

import os
from collections.abc import Callable
from pathlib import Path


def secret_file(folder: Path, name: str, make: Callable[[], bytes] = lambda: os.urandom(32)) -> bytes:
    """The bytes of `folder/name`, made once. Of several processes the first one wins: a link never replaces."""
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = folder / f".{name}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_bytes(make())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
