"""The ten powers as they stand in powers/*.toml: one file for each power and version, read once."""

from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from redhouse.ground.process.procedure import Procedure, ProcedureError, read_procedure

FOLDER = Path(__file__).resolve().parent / "powers"


def all_texts() -> dict[str, str]:
    """The text of every file by its name, which begins with code and day."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}


@cache
def all_versions() -> tuple[Procedure, ...]:
    """Every version of every power, by code and day. Raises ProcedureError for a file that is none."""
    found = [read_procedure(text, origin=name) for name, text in all_texts().items()]
    return tuple(sorted(found, key=lambda each: (each.code, each.from_on)))


def versions(code: str) -> list[Procedure]:
    return [each for each in all_versions() if each.code == code]


def power_at(code: str, on: date) -> Procedure:
    """The version in force for a matter opened on that day. Raises ProcedureError where there is none."""
    for each in versions(code):
        if each.from_on <= on and (each.until_on is None or on < each.until_on):
            return each
    values = {"code": code, "on": on, "known": "、".join(dict.fromkeys(each.code for each in all_versions()))}
    raise ProcedureError(_("%(on)s没有“%(code)s”的程序：事权有%(known)s，最早自2018-11-15起。") % values)
