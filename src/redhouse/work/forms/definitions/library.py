"""The forms that come along, one TOML file for each version."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from redhouse.work.forms.definitions.reading import read_form
from redhouse.work.forms.definitions.shape import ReportForm

FOLDER = Path(__file__).resolve().parent.parent / "ledgers"


@cache
def shipped() -> tuple[ReportForm, ...]:
    """Every version, by code and day. Raises ProcedureError for a file that is none."""
    found = [read_form(path.read_text(encoding="utf-8"), origin=path.name) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(sorted(found, key=lambda form: (form.code, form.from_on)))


def shipped_on(day: date) -> Iterable[ReportForm]:
    """For each form the version in force on a day: the last that has begun."""
    return {form.code: form for form in shipped() if form.from_on <= day}.values()
