"""The sheet as a workbook: figures, their parts, and the villages side by side. Numbers stay numbers."""

from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from redhouse.work.answers import queries
from redhouse.work.answers.queries import Answer
from redhouse.work.answers.views.asking import Question

Value = str | int | None
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_sheet(file: IO[bytes], asked: Question) -> None:
    """Three worksheets for a town, two below it."""
    answers = queries.answer_sheet(asked.code, asked.as_of, asked.last_fact_id)
    cuts = {"place": asked.division.name, "day": asked.as_of.isoformat(), "cut": f"{asked.last_fact_id:,}"}
    title = _("%(place)s答卷　事发截至%(day)s，录入截至账本第%(cut)s条") % cuts
    names = [_("编号"), _("数字"), _("显示"), _("分子或数值"), _("分母"), _("单位"), _("明细"), _("定义"), _("依据")]
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        _table(book, _("数字"), title, names, _figures(answers))
        _table(book, _("分项"), title, [_("编号"), _("数字"), _("分项"), _("数值")], _parts(answers))
        columns, villages = _villages(answers)
        if villages:
            _table(book, _("村（社区）"), title, columns, villages)


def _table(book: xlsxwriter.Workbook, name: str, title: str, columns: list[str], rows: list[tuple[Value, ...]]) -> None:
    bold, whole = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title)
    sheet.freeze_panes(3, 2 if name == _("数字") else 1)
    for place, column in enumerate(columns):
        sheet.write_string(2, place, column, bold)
        longest = max((len(str(row[place] or "")) for row in rows), default=0)
        sheet.set_column(place, place, min(max(longest * 2, 9), 60))
    for line, row in enumerate(rows, start=3):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value)
            elif value is not None:
                sheet.write_number(line, place, value, whole)


def _parts(answers: list[Answer]) -> list[tuple[Value, ...]]:
    return [
        (answer.figure.id, answer.figure.name, answer.figure.part_names.get(part, part), number)
        for answer in answers
        for part, number in answer.parts.items()
    ]


def _figures(answers: list[Answer]) -> list[tuple[Value, ...]]:
    return [
        (
            a.figure.id, a.figure.name, a.display, a.numerator, a.denominator, a.figure.unit, a.facts,
            a.figure.word("definition"), a.figure.clause,
        )
        for a in answers
    ]  # fmt: skip


def _villages(answers: list[Answer]) -> tuple[list[str], list[tuple[Value, ...]]]:
    """A row a village; a ratio takes two columns, so that a reader can divide for himself."""
    columns, by_name = [_("村（社区）")], dict[str, list[Value]]()
    for answer in answers:
        villages = queries.by_village(answer)
        if not villages:
            continue
        name = f"{answer.figure.id} {answer.figure.name}"
        both = [_("%(name)s（分子）") % {"name": name}, _("%(name)s（分母）") % {"name": name}]
        columns += both if answer.figure.is_ratio else [name]
        for village in villages:
            row = by_name.setdefault(village.name, [])
            row.append(village.answer.numerator)
            if answer.figure.is_ratio:
                row.append(village.answer.denominator)
    return columns, [(name, *row) for name, row in by_name.items()]
