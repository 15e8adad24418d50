"""The rules of voting as data by date, and what follows from them in whole numbers. Pure: no database, no clock.

`rule_at` picks the rule of a day, `competent` the body, `decide` applies a rule to counts, `at_least_as_strict` holds a
charter against the law, `check_proxies` and `elect` do what an assembly or an election needs besides.
"""

from redhouse.kit.voting.bars import Bar, Segment, bars
from redhouse.kit.voting.competence import Competence, bodies_for, competent
from redhouse.kit.voting.convening import Demanded, Next, RollDates, demanded, earliest_on, next_step, roll_dates
from redhouse.kit.voting.counts import CountError, Counts, MissingCount
from redhouse.kit.voting.deciding import Outcome, Reason, decide, electors_needed, required_counts
from redhouse.kit.voting.elections import Election, elect
from redhouse.kit.voting.library import NotInForce, UnknownRule, every_version, rule_at, rules_on
from redhouse.kit.voting.proxies import Proxy, Refusal, check_kin, check_proxies, check_recusal
from redhouse.kit.voting.shapes import Alternative, Clause, Demand, Override, Proxies, Rerun, Roll, Rule, Threshold
from redhouse.kit.voting.strictness import Weaker, WeakerThanLaw, at_least_as_strict, tightened, weaknesses
from redhouse.kit.voting.telling import Line, Part, told
from redhouse.kit.voting.words import Condition, Count, Law, Mark, Mode, Subject, VoteBody, Who

__all__ = [
    "Alternative", "Bar", "Clause", "Competence", "Condition", "Count", "CountError", "Counts", "Demand",
    "Demanded", "Election", "Law", "Line", "Mark", "MissingCount", "Mode", "Next", "NotInForce", "Outcome",
    "Override", "Part", "Proxies", "Proxy", "Reason", "Refusal", "Rerun", "Roll", "RollDates", "Rule", "Segment",
    "Subject", "Threshold", "UnknownRule", "VoteBody", "Weaker", "WeakerThanLaw", "Who", "at_least_as_strict",
    "bars", "bodies_for", "check_kin", "check_proxies", "check_recusal", "competent", "decide", "demanded",
    "earliest_on", "elect", "electors_needed", "every_version", "next_step", "required_counts", "roll_dates",
    "rule_at", "rules_on", "tightened", "told", "weaknesses",
]  # fmt: skip
