"""Who may do what with a matter, and what its steps still lack."""

from redhouse.work.decisions.rules.gates import (
    may_answer,
    may_explain,
    may_open_any,
    may_open_matter,
    may_speak,
    may_work_on,
    missing_check,
    missing_informing,
    missing_leading,
)
from redhouse.work.decisions.rules.money import (
    may_answer_question,
    may_keep_money,
    may_pay,
    may_question,
    may_see_lines,
    may_take_names,
    missing_for_distribution,
    missing_for_register,
)
from redhouse.work.decisions.rules.openness import (
    may_answer_objection,
    may_archive,
    may_key_in_objection,
    may_object,
    may_post,
)

__all__ = [
    "may_answer",
    "may_answer_objection",
    "may_answer_question",
    "may_archive",
    "may_explain",
    "may_keep_money",
    "may_key_in_objection",
    "may_object",
    "may_open_any",
    "may_open_matter",
    "may_pay",
    "may_post",
    "may_question",
    "may_see_lines",
    "may_speak",
    "may_take_names",
    "may_work_on",
    "missing_check",
    "missing_for_distribution",
    "missing_for_register",
    "missing_informing",
    "missing_leading",
]
