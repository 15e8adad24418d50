"""The rules of voting as data by date, and what follows from them in whole numbers. Pure: no database, no clock.

`rule_at` picks the rule of a day, `competent` the body, `decide` applies a rule to counts, `at_least_as_strict` holds a
charter against the law, `check_proxies` and `elect` do what an assembly or an election needs besides.
"""

from redhouse.kit.voting.competence import Competence, bodies_for, competent
from redhouse.kit.voting.counts import CountError, Counts, MissingCount
from redhouse.kit.voting.deciding import Outcome, Reason, decide, electors_needed, required_counts
from redhouse.kit.voting.library import NotInForce, UnknownRule, every_version, rule_at, rules_on
from redhouse.kit.voting.shapes import Alternative, Clause, Demand, Override, Proxies, Rerun, Roll, Rule, Threshold
from redhouse.kit.voting.strictness import Weaker, WeakerThanLaw, at_least_as_strict, tightened, weaknesses
from redhouse.kit.voting.words import Condition, Count, Law, Mark, Subject, VoteBody, Who

__all__ = [
    "Alternative", "Clause", "Competence", "Condition", "Count", "CountError", "Counts", "Demand", "Law", "Mark",
    "MissingCount", "NotInForce", "Outcome", "Override", "Proxies", "Reason", "Rerun", "Roll", "Rule", "Subject",
    "Threshold", "UnknownRule", "VoteBody", "Weaker", "WeakerThanLaw", "Who", "at_least_as_strict", "bodies_for",
    "competent", "decide", "electors_needed", "every_version", "required_counts", "rule_at", "rules_on", "tightened",
    "weaknesses",
]  # fmt: skip
