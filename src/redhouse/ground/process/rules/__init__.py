"""Who may act on a run, and what it still needs."""

from redhouse.ground.process.rules import reports, votes  # what cases, notices and votes lack is declared there
from redhouse.ground.process.rules.missing import Missing, missing_before, missing_before_closing
from redhouse.ground.process.rules.moving import gates_for
from redhouse.ground.process.rules.rights import (
    may_close,
    may_move,
    may_open,
    may_record_demand,
    may_suspend,
    may_withdraw,
)

__all__ = [
    "Missing",
    "gates_for",
    "may_close",
    "may_move",
    "may_open",
    "may_record_demand",
    "may_suspend",
    "may_withdraw",
    "missing_before",
    "missing_before_closing",
    "reports",
    "votes",
]
