"""What a report form is, how a file of one is read, and how a question is known to be one that the house need not ask.
No rows here."""

from redhouse.work.forms.definitions.burden import Meter, meter
from redhouse.work.forms.definitions.library import shipped, shipped_on
from redhouse.work.forms.definitions.matching import held_as
from redhouse.work.forms.definitions.reading import read_form
from redhouse.work.forms.definitions.shape import AnswerKind, Ask, Column, Every, Per, ReportForm

__all__ = [
    "AnswerKind", "Ask", "Column", "Every", "Meter", "Per", "ReportForm", "held_as", "meter", "read_form", "shipped",
    "shipped_on",
]  # fmt: skip
