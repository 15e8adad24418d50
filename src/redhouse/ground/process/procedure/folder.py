"""Procedures that come along with a room, one TOML file for each version."""

from pathlib import Path

from redhouse.ground.process.procedure.reading import read_procedure
from redhouse.ground.process.procedure.shape import Procedure


def texts_in(folder: Path) -> dict[str, str]:
    """The text of every file by its name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}


def read_folder(folder: Path) -> tuple[Procedure, ...]:
    """Every version, by code and day. Raises ProcedureError for a file that is none."""
    found = [read_procedure(text, origin=name) for name, text in texts_in(folder).items()]
    return tuple(sorted(found, key=lambda each: (each.code, each.from_on)))
