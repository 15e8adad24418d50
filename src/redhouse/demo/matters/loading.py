"""Bring the matters in: those of 2018 whole, the others as far as they are on the day on which the demo is built."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import count

from redhouse.demo.helper import Helper
from redhouse.demo.matters import ballots, board, gates, vote
from redhouse.demo.matters.papers import document
from redhouse.demo.matters.walk import Walk
from redhouse.demo.source import MatterRow, Source
from redhouse.demo.whole import whole
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Role, StepKind
from redhouse.ground.process.models import Run
from redhouse.ground.process.queries import holders, matures_on, open_step, version_in_force
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.work.decisions import actions
from redhouse.work.decisions.models import Matter, MatterArchive

Progress = Callable[[str, int, int], None]
Turn = Callable[[], AbstractContextManager[int]]  # waits until the next may be opened, and gives its place
STAGE = "重要事权事项"
LIVE_FROM = date(2026, 4, 1)  # before, the oldest of the living matters would have begun under the rules of 2025
PACE = {  # days between the opening of a step and its closing
    StepKind.DRAFT: 0, StepKind.PARTY_INFORM: 2, StepKind.PARTY_DELIBERATE: 2, StepKind.PARTY_LEAD: 8,
    StepKind.LEADER_REVIEW: 2, StepKind.SUPERVISION_CHECK: 3, StepKind.PRE_PUBLICITY: 2, StepKind.NOTICE: 2,
    StepKind.VOTE: vote.NOTICE, StepKind.DECISION_PUBLICITY: 1, StepKind.OBJECTION: 17, StepKind.APPROVAL: 5,
    StepKind.EXECUTE: 3, StepKind.RESULT_PUBLICITY: 2, StepKind.ARCHIVE: 17,
}  # fmt: skip
DOING: dict[StepKind, Callable[[Walk], None]] = {
    StepKind.DRAFT: gates.draft, StepKind.PARTY_INFORM: gates.inform, StepKind.PARTY_DELIBERATE: gates.deliberate,
    StepKind.PARTY_LEAD: gates.lead, StepKind.LEADER_REVIEW: gates.review, StepKind.SUPERVISION_CHECK: gates.check,
    StepKind.PRE_PUBLICITY: board.post, StepKind.NOTICE: vote.notify, StepKind.VOTE: vote.hold,
    StepKind.DECISION_PUBLICITY: board.post, StepKind.OBJECTION: board.settle, StepKind.APPROVAL: gates.approve,
    StepKind.EXECUTE: board.execute, StepKind.RESULT_PUBLICITY: board.post, StepKind.ARCHIVE: board.archive,
}  # fmt: skip


def matters_wanted(source: Source, today: date) -> list[MatterRow]:
    """Those that have begun by `today`; the living ones only where the rules of today bind them."""
    begun = [row for row in source.matters if row.begins(today) <= today]
    return [row for row in begun if not row.days_ago or today >= LIVE_FROM]


def load_matters(source: Source, today: date, progress: Progress, helper: Helper | None = None) -> None:
    """Each matter whole or not at all; those that are there stay as they are. A helper takes them in turn with us."""
    there = set(Matter.objects.values_list("run__host__name", "title"))
    rows = [row for row in matters_wanted(source, today) if (row.host, row.title) not in there]
    done = 0
    if helper:
        helper.begin(_beside, rows, today)
    for one in take_matters(helper.next if helper else _alone(), rows, today):
        done += one + (sum(helper.told()) if helper else 0)
        progress(STAGE, done, len(rows))
    if helper and done < len(rows):
        progress(STAGE, done + sum(helper.told(wait=True)), len(rows))


def take_matters(turn: Turn, rows: Sequence[MatterRow], today: date) -> Iterator[int]:
    """One after the other those that nobody took, each in its own transaction. Whoever takes them, they are opened in
    the order of the file, so that the numbers of their rows do not depend on chance."""
    while True:
        with whole():
            with turn() as place:
                w = _opened(rows[place], today) if place < len(rows) else None
            if w is None:
                return
            go_on(w)
        yield 1


def _beside(turn: Turn, rows: Sequence[MatterRow], today: date) -> Iterator[int]:
    """The helper's part, on a connection of its own."""
    with everything():
        yield from take_matters(turn, rows, today)


def _alone() -> Turn:
    places = count()
    return lambda: nullcontext(next(places))


def seal_archives(today: date) -> None:
    """The archives are sealed as soon as the public log holds their facts; later ones wait for the background."""
    for archive in MatterArchive.objects.filter(bundle=None).select_related("matter__run__host").order_by("pk"):
        actions.seal_bundle(archive=archive, on=today)


def go_on(w: Walk) -> None:
    """Take an open matter as far as its row says, or as its clocks let it come by today."""
    while (step := open_step(w.matter.run)) is not None and not _waits(w, step.key, step.number):
        day = max(w.later(PACE[StepKind(step.kind)]), matures_on(step) or w.day)
        if day > w.today:
            break
        w.day = day
        DOING[StepKind(step.kind)](w)
    _half(w)


def _waits(w: Walk, key: str, number: int) -> bool:
    """A matter that was returned has its draft behind it once."""
    return key == w.row.stop and not (w.row.returned and number == 1)


def _half(w: Walk) -> None:
    """What is half done at the step where the matter waits."""
    step = open_step(w.matter.run)
    if step is None or step.key != w.row.stop:
        return
    if step.kind == StepKind.PARTY_INFORM:
        w.day = min(w.later(1), w.today)
        gates.inform(w, 60)
    elif step.kind == StepKind.PARTY_LEAD:
        w.day = min(w.later(2), w.today)
        gates.lead(w, w.row.explained)
    elif step.kind == StepKind.VOTE and w.row.ballots:
        w.day = w.today
        board.take_down(w)  # the sheet before the vote hung to its end meanwhile
        ballots.vote(w)
    elif step.kind == StepKind.OBJECTION and w.row.objections:
        w.day = min(step.opened_on + board.WAIT, w.today)
        board.object_to(w)
        if w.row.suspended:
            w.day = min(w.later(1), w.today)
            board.suspend(w)


def _opened(row: MatterRow, today: date) -> Walk:
    day = row.begins(today)
    host = Body.objects.get(name=row.host)
    by = _proposer(row.code, host, day)
    matter = actions.open_matter(
        code=row.code,
        host=host,
        title=row.title,
        facts_of=row.facts,
        by=by,
        on=day,
        summary=row.text.strip(),
        amount=row.amount or None,
        lead_minimum=row.lead_minimum,
        plan=document(f"{row.title}方案", row.text, host.name, day),
    )
    return Walk(row, matter, day, today)


def _proposer(code: str, host: Body, day: date) -> Person:
    """Whoever owes the draft of such a matter there."""
    version = version_in_force(code, host.division_code, day)
    assert version is not None
    run = Run(version=version, host=host, division_code=host.division_code)
    roles: tuple[Role, ...] = tuple(procedure_of(version).first.owed_by)
    return next(person for role in roles for person in holders(role, run, day))
