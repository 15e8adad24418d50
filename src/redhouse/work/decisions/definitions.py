"""The ten powers as they stand in powers/*.toml: one file for each power and version, read once."""

from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from redhouse.ground.process.procedure import Procedure, ProcedureError, read_folder

FOLDER = Path(__file__).resolve().parent / "powers"
POWERS = frozenset(path.name[:3].upper() for path in FOLDER.glob("*.toml"))
"""Codes of the ten; other rooms have procedures too, by which no matter is opened."""


@cache
def all_versions() -> tuple[Procedure, ...]:
    """Every version of every power, by code and day. Raises ProcedureError for a file that is none."""
    return read_folder(FOLDER)


def versions(code: str) -> list[Procedure]:
    return [each for each in all_versions() if each.code == code]


def power_at(code: str, on: date) -> Procedure:
    """The version in force for a matter opened on that day. Raises ProcedureError where there is none."""
    for each in versions(code):
        if each.from_on <= on and (each.until_on is None or on < each.until_on):
            return each
    values = {"code": code, "on": on, "known": "、".join(dict.fromkeys(each.code for each in all_versions()))}
    raise ProcedureError(_("%(on)s没有“%(code)s”的程序：事权有%(known)s，最早自2018-11-15起。") % values)
