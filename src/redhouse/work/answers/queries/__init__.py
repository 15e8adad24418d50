"""Reads of the answers room: definitions, runs, rows, and whose they are."""

from redhouse.work.answers.definitions import Answer, BadDay, Figure, NoSuchAnswer, load_figures, parse_day
from redhouse.work.answers.queries.five import Brief, five_figures, five_of
from redhouse.work.answers.queries.grid import Grid, visits_by_month
from redhouse.work.answers.queries.homes import homes_by_village
from redhouse.work.answers.queries.rows import Row, RowPage, all_rows, plain_rows, rows_behind, rows_in
from redhouse.work.answers.queries.runs import answer_sheet, answers, count_sheet, run
from redhouse.work.answers.queries.scope import (
    Asked,
    default_as_of,
    division_at,
    figure_for,
    own_sheet,
    sheet_for,
    town_code,
)
from redhouse.work.answers.queries.villages import VillageAnswer, all_by_village, by_village

__all__ = [
    "Answer",
    "Asked",
    "BadDay",
    "Brief",
    "Figure",
    "Grid",
    "NoSuchAnswer",
    "Row",
    "RowPage",
    "VillageAnswer",
    "all_by_village",
    "all_rows",
    "answer_sheet",
    "answers",
    "by_village",
    "count_sheet",
    "default_as_of",
    "division_at",
    "figure_for",
    "five_figures",
    "five_of",
    "homes_by_village",
    "load_figures",
    "own_sheet",
    "parse_day",
    "plain_rows",
    "rows_behind",
    "rows_in",
    "run",
    "sheet_for",
    "town_code",
    "visits_by_month",
]
