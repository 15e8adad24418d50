"""Reads of elections: the list of a roll, what the ballots came to, who stands again."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.process.enums import Choice
from redhouse.ground.process.models import Candidate, Roll, Run
from redhouse.ground.process.queries.rolls import rule_of
from redhouse.kit.voting import Election
from redhouse.kit.voting import approvals as ballots


def is_election(roll: Roll) -> bool:
    """Whether the rule elects people; such a roll has seats and candidates."""
    return rule_of(roll).rerun is not None


def candidates_of(roll: Roll) -> list[Candidate]:
    """With names: who stands is told to everybody who votes. Nobody does where nobody is elected."""
    if not is_election(roll):
        return []
    with everything():
        return list(roll.candidates.select_related("person", "seat").order_by("number"))


def seats_of(roll: Roll) -> list[ballots.Seat]:
    """As the ballots name them; empty where nobody is elected."""
    with everything():
        numbers: dict[int, list[int]] = {}
        for seat_id, number in roll.candidates.order_by("number").values_list("seat", "number"):
            numbers.setdefault(seat_id, []).append(number)
    return [
        ballots.Seat(seat.name, seat.posts, tuple(numbers.get(seat.pk, ()))) for seat in roll.seats.order_by("number")
    ]


def posts_left(run: Run, step_key: str) -> int:
    """Posts that no round of the election has filled yet; the first round says how many there are."""
    rounds = list(run.rolls.filter(step_key=step_key, seats__isnull=False).distinct().order_by("round"))
    if not rounds:
        return 0
    with everything():
        filled = Candidate.objects.filter(roll__in=rounds, is_elected=True).count()
    return sum(rounds[0].seats.values_list("posts", flat=True)) - filled


def said(choice: str) -> str:
    """What stands on a ballot, in words: 赞成, or 1、3号."""
    if ballots.is_named(choice):
        return _("%(numbers)s号") % {"numbers": "、".join(map(str, ballots.named(choice)))}
    return str(Choice(choice).label) if choice else _("没有录")


Results = list[tuple[ballots.Seat, Election]]


def reasons_of(results: Results, votes: Mapping[int, int]) -> list[dict[str, Any]]:
    """As a tally keeps them: the turnout once, then candidate by candidate what was asked and reached."""
    found: list[dict[str, Any]] = []
    for seat, election in results:
        if not found:
            found += [reason.as_json(str) for reason in election.reasons if reason.part == "quorum"]
        ranked = sorted(map(str, seat.candidates), key=lambda name: (-votes.get(int(name), 0), name))
        asked = [reason for reason in election.reasons if reason.part != "quorum"]
        for number, reason in zip(ranked, asked, strict=False):
            row = reason.as_json(str)
            found.append(row | {"sentence": f"{seat.name}{number}号：{row['sentence']}"})
    return found
