"""Elections: seats and candidates of a roll, what the count makes of them, a second ballot for the posts that are left.
`by` is the person who does it, `on` an Asia/Shanghai day."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.papers.storage import open_file
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.actions.rolls import draw_roll, record
from redhouse.ground.process.enums import Outcome
from redhouse.ground.process.models import Box, Candidate, Elector, Roll, Seat
from redhouse.ground.process.queries.elections import Results, is_election, posts_left, seats_of
from redhouse.ground.process.queries.rolls import RollRow, rule_of
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.rules.rolls import may_keep_roll
from redhouse.kit.box import CANDIDATE, read_box
from redhouse.kit.voting import approvals


@transaction.atomic
def add_seat(*, roll: Roll, name: str, posts: int, by: Person, on: date) -> Seat:
    """One more office to be filled, while the roll is open."""
    roll = _open(roll, by, on)
    number = roll.seats.count() + 1
    row = Seat(roll=roll, number=number, name=name.strip(), posts=posts)
    with in_words(row):
        row.full_clean(exclude=["roll"])
        row.save()
    return row


@transaction.atomic
def name_candidate(*, seat: Seat, elector: Elector, by: Person, on: date) -> Candidate:
    """Somebody on the roll stands for a seat: votes, and holds no proxy."""
    roll = _open(seat.roll, by, on)
    if elector.roll_id != roll.pk:
        raise NotYet([_("候选人要在这份名册上")])
    with everything():
        last = roll.candidates.aggregate(most=Max("number"))["most"] or 0
        row = Candidate(
            seat=seat, roll=roll, number=last + 1, person_id=elector.person_id, division_code=roll.division_code
        )
        with in_words(row):
            row.save()
        elector.is_candidate = True
        elector.save(update_fields=["is_candidate"])
    record(facts.CANDIDATE_NAMED, roll, by, on, actor=elector.person_id, quantity=row.number)
    return row


@transaction.atomic
def draw_runoff(*, roll: Roll, vote_on: date, by: Person, on: date) -> Roll:
    """The roll of another ballot for the posts that `roll` left: the same electors, the candidates who come next.
    Those tied for the last post stand again."""
    step = open_step(roll.run)
    results = results_of(roll)
    left = [(seat, election) for seat, election in results if election.valid and election.posts_left]
    if step is None or step.key != roll.step_key or not left:
        raise NotYet([_("名额已满，或这一步已经办结，不用另行选举")])
    with everything():
        people = dict(roll.candidates.values_list("number", "person"))
        rows = [RollRow(*row) for row in roll.electors.order_by("number").values_list("person", "household")]
    drawn, refused = draw_roll(step=step, step_key=roll.step_key, rows=rows, vote_on=vote_on, by=by, on=on)
    if refused:
        raise NotYet([str(refusal) for refusal in refused])
    drawn.is_runoff = True
    drawn.save(update_fields=["is_runoff"])
    for seat, election in left:
        again = add_seat(roll=drawn, name=seat.name, posts=election.posts_left, by=by, on=on)
        for number in election.again:
            with everything():
                elector = drawn.electors.select_related("roll").get(person=people[int(number)])
            name_candidate(seat=again, elector=elector, by=by, on=on)
    return drawn


def results_of(roll: Roll) -> Results:
    """What a counted roll came to; empty before the count."""
    counts = _published(roll)
    if not counts or not is_election(roll):
        return []
    return approvals.elected(
        rule_of(roll),
        seats_of(roll),
        by_number(counts),
        electors=counts["electors"],
        cast=counts["cast"],
        second=roll.is_runoff,
    )


def cast_in(roll: Roll) -> int:
    """How many ballots were cast, as published."""
    return _published(roll)["cast"]


def _published(roll: Roll) -> Mapping[str, int]:
    """The counts of the closed box of the roll; empty before."""
    box = Box.objects.filter(meeting__roll=roll, paper__isnull=False).select_related("paper").first()
    if box is None or box.paper is None:
        return {}
    with open_file(box.paper.versions.order_by("version_no")[0].sha256) as file:
        return read_box(file.read().decode()).counts


def count_election(roll: Roll, votes: Mapping[str, int]) -> Results:
    """Count each seat and write votes and outcome beside its candidates; empty where nobody is elected."""
    if not is_election(roll):
        return []
    numbers = by_number(votes)
    with everything():
        electors = roll.electors.count()
    results = approvals.elected(
        rule_of(roll), seats_of(roll), numbers, electors=electors, cast=votes["cast"], second=roll.is_runoff
    )
    chosen = {int(number) for _seat, election in results for number in election.elected}
    with everything():
        for row in roll.candidates.all():
            row.votes, row.is_elected = numbers.get(row.number, 0), row.number in chosen
            row.save(update_fields=["votes", "is_elected"])
    return results


def outcome_of_election(roll: Roll, results: Results) -> Outcome:
    """Passed when no post is left, of this ballot and those before it."""
    if not all(election.valid for _seat, election in results):
        return Outcome.INQUORATE
    return Outcome.FAILED if posts_left(roll.run, roll.step_key) else Outcome.PASSED


def by_number(votes: Mapping[str, int]) -> dict[int, int]:
    return {int(name.removeprefix(CANDIDATE)): n for name, n in votes.items() if name.startswith(CANDIDATE)}


def candidate_votes(votes: Mapping[str, int]) -> dict[str, int]:
    return {name: n for name, n in votes.items() if name.startswith(CANDIDATE)}


def about_election(roll: Roll) -> dict[str, str | int]:
    """What the published box says besides: seats with their numbers, and whether it is another ballot."""
    seats = seats_of(roll)
    return {"seats": approvals.write_seats(seats), "runoff": int(roll.is_runoff)} if seats else {}


def _open(roll: Roll, by: Person, on: date) -> Roll:
    row: Roll = Roll.objects.select_for_update(of=("self",)).select_related("run__version", "run__host").get(pk=roll.pk)
    if not may_keep_roll(by, row, on):
        raise PermissionDenied(_("名册由办理这一步的人管"))
    if row.closed_on is not None or not is_election(row):
        raise NotYet([_("名册已经定册，或这一步不是选举，不能再列候选人")])
    return row
