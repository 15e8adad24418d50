"""What a figure is and how its counted rows become an answer. Knows no database: every engine goes through here."""

from redhouse.work.answers.definitions.answer import COUNT, NAME, Answer, Counted, applies, as_answer, parameters
from redhouse.work.answers.definitions.day import BadDay, NoSuchAnswer, parse_day
from redhouse.work.answers.definitions.figures import FOLDER, PRELUDE, Figure, load_figures, read_figures, with_prelude
from redhouse.work.answers.definitions.scale import short

__all__ = [
    "COUNT",
    "FOLDER",
    "NAME",
    "PRELUDE",
    "Answer",
    "BadDay",
    "Counted",
    "Figure",
    "NoSuchAnswer",
    "applies",
    "as_answer",
    "load_figures",
    "parameters",
    "parse_day",
    "read_figures",
    "short",
    "with_prelude",
]
