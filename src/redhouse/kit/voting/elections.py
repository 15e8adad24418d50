"""Who is elected: the majority of the votes cast, most votes first; then a second ballot for the posts left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redhouse.kit.sentences import marked as _
from redhouse.kit.voting.counts import CountError, Counts
from redhouse.kit.voting.deciding import Reason, decide
from redhouse.kit.voting.library import UnknownRule
from redhouse.kit.voting.shapes import Rule


@dataclass(frozen=True)
class Election:
    """`valid`: enough ballots were cast. `tied` have equal votes for the last posts, and no text decides between them.
    `again` are the candidates of the second ballot for `posts_left`, most votes first."""

    valid: bool
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    posts_left: int
    again: tuple[str, ...]
    votes_needed: int
    reasons: tuple[Reason, ...]


def elect(
    rule: Rule, *, posts: int, votes: Mapping[str, int], electors: int, cast: int, second: bool = False
) -> Election:
    """Count an election. `votes` gives each candidate's votes; `second` says that this is the second ballot, where the
    most votes win with at least a third of the ballots.

    Raises UnknownRule for a rule without elections and CountError for counts that cannot be.
    """
    if rule.rerun is None:
        raise UnknownRule(_("规则%(rule)s不是选举规则；选举用V06或者V08。"), rule=rule.id)
    _check(rule, posts, votes, cast, second)
    outcome = decide(rule, Counts(electors=electors, cast=cast, for_=0))
    threshold = rule.rerun.least if second else rule.passing[0]
    needed = threshold.least(cast)
    quorum = tuple(reason for reason in outcome.reasons if reason.part == "quorum")
    ranked = sorted(votes, key=lambda name: (-votes[name], name))
    if not outcome.quorum_met:
        return Election(False, (), (), posts, tuple(ranked), needed, quorum)
    enough = [name for name in ranked if votes[name] >= needed]
    tied = _tied(enough, votes, posts)
    elected = [name for name in enough[:posts] if name not in tied]
    left = posts - len(elected)
    others = [name for name in ranked if name not in elected]
    part, clause = ("rerun", rule.clause("rerun")) if second else ("passing", rule.clause("passing"))
    reasons = [Reason(part, threshold, votes[name], cast, needed, votes[name] >= needed, clause) for name in ranked]
    again = tuple(tied or others[: left + 1]) if left else ()
    return Election(True, tuple(elected), tied, left, again, needed, (*quorum, *reasons))


def _tied(enough: Sequence[str], votes: Mapping[str, int], posts: int) -> tuple[str, ...]:
    """Those with the same votes on both sides of the last post."""
    if len(enough) <= posts or votes[enough[posts - 1]] != votes[enough[posts]]:
        return ()
    border = votes[enough[posts]]
    return tuple(name for name in enough if votes[name] == border)


def _check(rule: Rule, posts: int, votes: Mapping[str, int], cast: int, second: bool) -> None:
    if posts < 1:
        raise CountError(_("应选名额至少是1。"))
    if rule.more_candidates_than_posts and not second and len(votes) <= posts:
        raise CountError(_("候选人%(n)s名，应选%(posts)s名：候选人的名额应当多于应选名额。"), n=len(votes), posts=posts)
    for name, number in votes.items():
        if not 0 <= number <= cast:
            raise CountError(
                _("%(name)s得票%(votes)s，与投票数%(cast)s不符；请核对。"), name=name, votes=number, cast=cast
            )
    if sum(votes.values()) > cast * posts:
        raise CountError(
            _("得票合计%(sum)s，超过了投票数与名额之积%(most)s；请核对。"), sum=sum(votes.values()), most=cast * posts
        )
