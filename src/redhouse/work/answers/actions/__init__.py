"""The only writers of this room: sheets, the data stored with them, workbooks of rows, and tidying up."""

from redhouse.work.answers.actions.books import ask_for_book, write_book
from redhouse.work.answers.actions.extracts import ask_for_extract_again, store_extract
from redhouse.work.answers.actions.sheets import CannotDecide, approve, send_back, submit
from redhouse.work.answers.actions.tidying import tidy

__all__ = [
    "CannotDecide",
    "approve",
    "ask_for_book",
    "ask_for_extract_again",
    "send_back",
    "store_extract",
    "submit",
    "tidy",
    "write_book",
]
