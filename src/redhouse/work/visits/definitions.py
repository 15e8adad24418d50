"""What comes along: the life of a problem that is raised in contact, one file a version."""

from functools import cache
from pathlib import Path

from redhouse.ground.process.procedure import Procedure, read_folder

CODE = "G02"
FOLDER = Path(__file__).resolve().parent / "procedures"
TOWN_STEPS = ("town_assign", "town_reply")  # here the town has it


@cache
def all_versions() -> tuple[Procedure, ...]:
    """Every version, by day. Raises ProcedureError for a file that is none."""
    return read_folder(FOLDER)
