"""What comes along: the life of a problem that is raised in contact, one file a version."""

from functools import cache
from pathlib import Path

from redhouse.ground.process.procedure import Procedure, read_procedure

CODE = "G02"
FOLDER = Path(__file__).resolve().parent / "procedures"
TOWN_STEPS = ("town_assign", "town_reply")  # here the town has it


@cache
def all_versions() -> tuple[Procedure, ...]:
    """Every version, by day. Raises ProcedureError for a file that is none."""
    found = [
        read_procedure(path.read_text(encoding="utf-8"), origin=path.name) for path in sorted(FOLDER.glob("*.toml"))
    ]
    return tuple(sorted(found, key=lambda each: each.from_on))
