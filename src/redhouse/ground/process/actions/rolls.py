"""Draw, amend and close rolls; objections, recusals, proxies. `by` is the person who does it, `on` an Asia/Shanghai
day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.models import Elector, Proxy, Recusal, Roll, RollObjection, RunStep
from redhouse.ground.process.queries.meetings import latest_roll
from redhouse.ground.process.queries.rolls import RollRow, roll_digest, standing
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules.rights import may_close
from redhouse.ground.process.rules.rolls import (
    Refusal,
    may_keep_roll,
    missing_before_closing_roll,
    missing_for_proxy,
    missing_for_roll,
    sorted_out,
)
from redhouse.kit.record import digest_label


@transaction.atomic
def draw_roll(
    *, step: RunStep, step_key: str, rows: Sequence[RollRow], vote_on: date, by: Person, on: date
) -> tuple[Roll, list[Refusal]]:
    """Draw the electors' roll for the vote at `step_key`, while the run waits at `step`. What is wrong with a line is
    returned with its number; the good ones are on the roll. Raises PermissionDenied and NotYet."""
    if not may_close(by, step, on):
        raise PermissionDenied(_("名册由办理这一步的人造"))
    require(missing_for_roll(step, step_key))
    rule = procedure_of(step.run.version).by_key[step_key]
    before = latest_roll(step.run, step_key)
    roll = Roll(
        run=step.run,
        step_key=step_key,
        round=before.round + 1 if before else 1,
        rule_id=rule.rule,
        vote_on=vote_on,
        division_code=step.run.division_code,
        drawn_on=on,
        drawn_by=by,
    )
    roll.save()
    return roll, _put_on(roll, rows)


def _put_on(roll: Roll, rows: Sequence[RollRow]) -> list[Refusal]:
    with everything():  # electors may live anywhere
        taken = set(roll.electors.values_list("person", flat=True))
        first = (roll.electors.aggregate(most=Max("number"))["most"] or 0) + 1
        good, refused = sorted_out(roll, rows, standing(rows, roll.vote_on))
        new = [row for row in good if row.person_id not in taken]
        Elector.objects.bulk_create(
            Elector(
                roll=roll,
                number=number,
                person_id=row.person_id,
                household_id=row.household_id,
                area=row.area,
                is_candidate=row.is_candidate,
                division_code=roll.division_code,
            )
            for number, row in enumerate(new, start=first)
        )
    return refused


@transaction.atomic
def amend_roll(
    *, roll: Roll, add: Sequence[RollRow] = (), remove: Iterable[int] = (), by: Person, on: date
) -> list[Refusal]:
    """Add lines to an open roll, or take people (keys) off it; who is recused stays on it."""
    roll = _kept(roll, by, on)
    if roll.closed_on is not None:
        raise NotYet(missing_before_closing_roll(roll))
    with everything():
        roll.electors.filter(person__in=list(remove), recusal__isnull=True).delete()
    return _put_on(roll, add)


@dataclass(frozen=True)
class Taken:
    """What a workbook changed: how many came on, came off, and stay out of the vote."""

    added: int
    removed: int
    recused: int


@transaction.atomic
def take_rows(
    *, roll: Roll, rows: Sequence[RollRow], excluded: Mapping[int, str], whole: bool, by: Person, on: date
) -> Taken:
    """Put the rows on an open roll; `whole`: whoever is not among them comes off it. `excluded` maps people to why they
    do not vote. The same again changes nothing."""
    with everything():
        there = set(roll.electors.values_list("person", flat=True))
    gone = there - {row.person_id for row in rows} if whole else set()
    refused = amend_roll(roll=roll, add=rows, remove=gone, by=by, on=on)
    require([str(refusal) for refusal in refused])
    with everything():
        waiting = roll.electors.filter(person__in=list(excluded), recusal__isnull=True).select_related("roll__run")
        for elector in waiting:
            record_recusal(elector=elector, kind=excluded[elector.person_id], by=by, on=on)
        after = set(roll.electors.values_list("person", flat=True))
    return Taken(len(after - there), len(gone), len(waiting))


@transaction.atomic
def raise_roll_objection(*, roll: Roll, text: str, by: Person, on: date) -> RollObjection:
    """Anybody who is concerned may say that the roll is wrong, as long as it is open."""
    if Roll.objects.select_for_update().get(pk=roll.pk).closed_on is not None:
        raise NotYet([_("名册已经定册，对表决有异议请在公示期内提出")])
    row = RollObjection(roll=roll, person=by, division_code=roll.division_code, text=text.strip(), raised_on=on)
    with everything():
        row.full_clean(exclude=["person"])
        row.save()
    return row


@transaction.atomic
def answer_roll_objection(*, objection: RollObjection, answer: str, is_upheld: bool, by: Person, on: date) -> None:
    """Answer once; an upheld one is mended with `amend_roll`."""
    _kept(objection.roll, by, on)
    row = RollObjection.objects.select_for_update().get(pk=objection.pk)
    if row.answer:
        raise NotYet([_("这条异议已经答复")])
    row.answer, row.is_upheld, row.answered_on, row.answered_by = answer.strip(), is_upheld, on, by
    row.full_clean(exclude=["person", "answered_by"])
    row.save()


@transaction.atomic
def close_roll(*, roll: Roll, by: Person, on: date) -> Roll:
    """Freeze the roll: from now on the database refuses every change of it, and its digest is in the public record."""
    roll = _kept(roll, by, on)
    require(missing_before_closing_roll(roll))
    with everything():
        roll.closed_on, roll.closed_by, roll.digest = on, by, roll_digest(roll)
        roll.save(update_fields=["closed_on", "closed_by", "digest"])
        electors = roll.electors.count()
    record(facts.ROLL_CLOSED, roll, by, on, quantity=electors, label=digest_label(roll.digest))
    return roll


@transaction.atomic
def record_recusal(*, elector: Elector, kind: str, by: Person, on: date) -> Recusal:
    """This elector does not vote on this matter. Not after the ballot was given out."""
    _kept(elector.roll, by, on)
    if getattr(elector, "mark", None) is not None:
        raise NotYet([_("此人已经领票，不能再登记回避")])
    row = Recusal(
        elector=elector,
        person_id=elector.person_id,
        division_code=elector.division_code,
        kind=kind,
        recorded_on=on,
        recorded_by=by,
    )
    with in_words(row):
        row.save()
    record(facts.ELECTOR_RECUSED, elector.roll, by, on, actor=elector.person_id, label=kind)
    return row


@transaction.atomic
def record_proxy(*, principal: Elector, holder: Elector, by: Person, on: date, paper: Paper | None = None) -> Proxy:
    """Write down a written proxy. It counts once somebody has checked it."""
    roll = _kept(principal.roll, by, on)
    if roll.closed_on is None:
        raise NotYet([_("名册定册以后才登记委托")])
    require(missing_for_proxy(principal, holder))
    row = Proxy(
        principal=principal,
        person_id=principal.person_id,
        division_code=principal.division_code,
        holder=holder,
        paper=paper,
        recorded_on=on,
        recorded_by=by,
    )
    with in_words(row):
        row.save()
    record(facts.PROXY_RECORDED, roll, by, on, actor=principal.person_id)
    return row


def _kept(roll: Roll, by: Person, on: date) -> Roll:
    """The roll as it is now, locked to the end of the transaction, for somebody who keeps it or serves its meeting."""
    locked = Roll.objects.select_for_update(of=("self",)).select_related("run__version", "run__host").get(pk=roll.pk)
    serving = locked.meetings.filter(ending="")
    if not (
        may_keep_roll(by, locked, on) or any(by.pk in {m.chair_id, m.recorder_id, m.scrutineer_id} for m in serving)
    ):
        raise PermissionDenied(_("名册由办理这一步的人和会议的主持、记录、监票人管"))
    return locked


def record(
    kind: str,
    roll: Roll,
    by: Person,
    on: date,
    *,
    actor: int | None = None,
    quantity: int = 1,
    label: str = "",
) -> None:
    """A fact about a vote: its run, and the step that the run waits at."""
    step = open_step(roll.run)
    ledger.record(
        kind,
        happened_on=on,
        division_code=roll.division_code,
        by=by.pk,
        actor=actor,
        subject=roll.run_id,
        object=step.pk if step else None,
        quantity=quantity,
        label=label,
    )
