"""Reads of cases, types and inspections; the only doors by which a view gets an object."""

from redhouse.work.gridwork.queries.board import Row, board_of, clock, open_cases, row_of, rows_of
from redhouse.work.gridwork.queries.cases import (
    handlers_of,
    near,
    photo_for,
    public_case,
    report_for,
    templates_for,
    type_for,
)

__all__ = [
    "Row",
    "board_of",
    "clock",
    "handlers_of",
    "near",
    "open_cases",
    "photo_for",
    "public_case",
    "report_for",
    "row_of",
    "rows_of",
    "templates_for",
    "type_for",
]
