"""What comes along: the life of a grid event, one file a version, and the types that a house begins with."""

from functools import cache
from pathlib import Path

from redhouse.ground.process.procedure import Procedure, read_procedure

CODE = "G01"
FOLDER = Path(__file__).resolve().parent / "procedures"


@cache
def all_versions() -> tuple[Procedure, ...]:
    """Every version, by code and day. Raises ProcedureError for a file that is none."""
    found = [
        read_procedure(path.read_text(encoding="utf-8"), origin=path.name) for path in sorted(FOLDER.glob("*.toml"))
    ]
    return tuple(sorted(found, key=lambda each: (each.code, each.from_on)))
