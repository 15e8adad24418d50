"""Excel workbooks that people send and receive: read safely, written in constant memory."""

from redhouse.kit.workbook.cells import CellError, choice_in, code_in, day_in, is_example, text_in
from redhouse.kit.workbook.guard import MAX_ROWS, WorkbookError
from redhouse.kit.workbook.official import Form, write_form
from redhouse.kit.workbook.reading import Cell, Sheet, read_sheet
from redhouse.kit.workbook.writing import Heading, Table, write_back, write_table, write_tables, write_template

__all__ = [
    "MAX_ROWS", "Cell", "CellError", "Form", "Heading", "Sheet", "Table", "WorkbookError", "choice_in", "code_in",
    "day_in", "is_example", "read_sheet", "text_in", "write_back", "write_form", "write_table", "write_tables",
    "write_template",
]  # fmt: skip
