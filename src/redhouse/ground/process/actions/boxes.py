"""Open a box, give out ballots, take them in. `by` is the person who does it; `at` is a moment."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.actions.meetings import served
from redhouse.ground.process.actions.rolls import record
from redhouse.ground.process.enums import LIVE_CHOICES, Channel, Method
from redhouse.ground.process.models import Ballot, Box, Elector, Mark, Meeting
from redhouse.ground.process.queries.counting import receipt_is_in
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.rules.meetings import (
    may_serve,
    missing_before_ballot,
    missing_before_box,
    missing_before_paper,
)
from redhouse.kit.ballots import TOKEN, new_key, receipt_code


class AlreadyVoted(NotYet):
    """The elector's one ballot was given out before."""


@transaction.atomic
def open_box(*, meeting: Meeting, method: str, closes_at: datetime, by: Person, at: datetime) -> Box:
    """Begin the vote. Raises PermissionDenied, and NotYet without a quorum or where the way of voting is not lawful."""
    meeting = served(meeting, by, at)
    require(missing_before_box(meeting, method))
    key = b"" if method == Method.HANDS else new_key()
    box = Box(meeting=meeting, method=method, key=key, opened_at=at, opened_by=by, closes_at=closes_at)
    box.full_clean(exclude=["opened_by", "meeting"])
    with in_words(box):
        box.save()
    record(facts.BALLOT_OPENED, meeting.roll, by, timezone.localdate(at), label=method)
    return box


@transaction.atomic
def end_voting(*, box: Box, by: Person, at: datetime) -> Box:
    """Nobody votes any more; counting goes on. Earlier than announced only when everybody who is there has voted."""
    box = Box.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=box.pk)
    meeting = served(box.meeting, by, at)
    if box.closed_at is None and at < box.closes_at:
        with everything():
            waiting = meeting.sign_ins.filter(elector__mark__isnull=True, elector__recusal__isnull=True).count()
        if waiting and box.method != Method.HANDS:
            raise NotYet(
                [
                    _("到会的还有%(n)s人没有领票，%(time)s截止")
                    % {"n": waiting, "time": f"{timezone.localtime(box.closes_at):%H:%M}"}
                ]
            )
        box.closes_at = at
        box.save(update_fields=["closes_at"])
    return box


@transaction.atomic
def cast_ballot(*, box: Box, token: str, choice: str, by: Person, at: datetime) -> str:
    """Take in the online ballot of `by`, and return its receipt. The whole of it is written, or nothing.

    `token` came with the form and goes nowhere: the same again gives the same receipt, so that a voter whose line broke
    may send the form once more. Raises AlreadyVoted, NotYet, ValidationError.
    """
    if not TOKEN.fullmatch(token):
        raise ValidationError(_("选票的凭证不完整，请重新打开这一页"))
    if choice not in LIVE_CHOICES:
        raise ValidationError(_("请选赞成、反对或弃权"))
    receipt = receipt_code(box.pk, token)
    with everything():
        box = _held_open(box)
        elector = box.meeting.roll.electors.filter(person=by).first()
        if elector is None:
            raise PermissionDenied(_("您不在这次表决的名册上"))
        if receipt_is_in(box, receipt):
            return receipt
        require(missing_before_ballot(elector, box, at))
        if not box.meeting.is_online:
            raise NotYet([_("这次会议不能线上投票，请到现场领票")])
        if not box.meeting.sign_ins.filter(elector=elector).exists():
            raise NotYet([_("请先签到，再投票")])
        named = box.method == Method.NAMED
        _mark(box, elector, Channel.ONLINE, by, choice=choice if named else "")
        if not named:
            # before the fact: who empties another box waits for this table, and holds no lock of the ledger
            Ballot.objects.create(box=box, choice=choice, receipt=receipt)
    record(facts.ELECTOR_MARKED, box.meeting.roll, by, timezone.localdate(at), label=Channel.ONLINE)
    return receipt


def _held_open(box: Box) -> Box:
    """The box as it is now, kept from closing to the end of the transaction, and other voters not kept from it. Asked
    for before the ballots are touched: who closes holds the box and then waits for their table, never the other way."""
    [held] = Box.objects.raw("SELECT * FROM process_box WHERE id = %s FOR KEY SHARE", [box.pk])
    return held


@transaction.atomic
def hand_out_papers(*, box: Box, electors: Sequence[Elector], by: Person, at: datetime) -> list[NotYet]:
    """Write down that these electors, or who holds their proxy, were handed a paper ballot. Returns the refusals, one
    for each elector who is refused: not there, or has a ballot already."""
    if not may_serve(by, box.meeting, timezone.localdate(at)):
        raise PermissionDenied(_("纸质选票由会议的主持、记录、监票人发放"))
    ways = defaultdict(set)
    with everything():
        for elector_id, way in box.meeting.sign_ins.filter(elector__in=electors).values_list("elector_id", "way"):
            ways[elector_id].add(way)
        known = Elector.objects.select_related("recusal").in_bulk([elector.pk for elector in electors])
    refused, good = [], []
    for elector in electors:
        row = known[elector.pk]
        why = missing_before_ballot(row, box, at) or missing_before_paper(row, ways[row.pk])
        if why:
            refused.append(NotYet(why))
        else:
            good.append(row)
    given = _marked(box, good, by, refused)
    step = open_step(box.meeting.roll.run)
    ledger.record_many(
        (
            facts.ELECTOR_MARKED, box.meeting.roll.division_code, timezone.localdate(at), elector.person_id, by.pk,
            box.meeting.roll.run_id, step.pk if step else None, 1, str(Channel.PAPER),
        )
        for elector in given
    )  # fmt: skip
    return refused


def _marked(box: Box, electors: list[Elector], by: Person, refused: list[NotYet]) -> list[Elector]:
    """All at once; where somebody has a ballot already, one by one, so that the others get theirs."""
    with everything():
        try:
            with transaction.atomic():
                Mark.objects.bulk_create(_mark_of(box, elector, Channel.PAPER, by) for elector in electors)
            return electors
        except IntegrityError:
            given = []
            for elector in electors:
                try:
                    _mark(box, elector, Channel.PAPER, by)
                    given.append(elector)
                except NotYet as why:
                    refused.append(why)
            return given


@transaction.atomic
def print_ballots(*, box: Box, count: int, by: Person, at: datetime) -> tuple[int, int]:
    """Reserve the numbers of `count` more paper ballots; returns the first and the last."""
    box = Box.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=box.pk)
    served(box.meeting, by, at)
    if box.closed_at is not None or box.method != Method.SECRET:
        raise NotYet([_("只有还没有封存的无记名投票才印带编号的选票")])
    first, box.printed = box.printed + 1, box.printed + count
    box.save(update_fields=["printed"])
    return first, box.printed


def _mark_of(box: Box, elector: Elector, channel: str, by: Person, choice: str = "") -> Mark:
    return Mark(
        elector=elector,
        box=box,
        person_id=elector.person_id,
        division_code=elector.division_code,
        channel=channel,
        choice=choice,
        marked_by=by,
    )


def _mark(box: Box, elector: Elector, channel: str, by: Person, *, choice: str = "") -> None:
    """The one row for which paper and online race. The database looks once more whether the box is open."""
    row = _mark_of(box, elector, channel, by, choice)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        if diag is not None and diag.sqlstate == "23001":
            raise NotYet([diag.message_primary]) from error
        before = Mark.objects.filter(elector=elector).first()
        if before is None:
            raise
        raise AlreadyVoted(
            [
                _("册号%(number)s已经用“%(channel)s”领过票，一人一票")
                % {"number": elector.number, "channel": Channel(before.channel).label}
            ]
        ) from error
