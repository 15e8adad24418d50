"""Before a meeting: draw the roll, hear objections, close it, convene; the list of an election."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Space
from redhouse.ground.process.actions import elections, rolls
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import Roll, RunStep
from redhouse.ground.process.procedure import Step
from redhouse.ground.process.queries.rolls import roll_for, step_for, suggested
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules import may_close
from redhouse.ground.process.rules.rolls import may_keep_roll
from redhouse.ground.process.rules.votes import vote_after
from redhouse.kit.today import SHANGHAI
from redhouse.web.verbs import Doing, Done, verb
from redhouse.work.decisions.verbs import words
from redhouse.work.decisions.verbs.words import whole

ROLL = "rolls/{roll_id}"
KEEPING: dict[str, Any] = {"rule": may_keep_roll, "who": gettext_lazy("名册由办理这一步的人管")}


def vote_of(step: RunStep) -> Step | None:
    """The vote for which a roll is drawn while the run waits here: at a notice, a vote or a party meeting."""
    rule = procedure_of(step.run.version).by_key[step.key]
    return vote_after(step) if step.kind == StepKind.NOTICE else (rule if rule.rule else None)


def officers_of(roll: Roll) -> list[Person]:
    """Who could serve the meeting: holders of posts in the place, and who owes the steps of the run."""
    with everything():
        here = Person.objects.filter(posts__body__division_code__startswith=roll.division_code[:12]).distinct()
        return list(here.order_by("pk")[:100])


@verb(
    gettext_lazy("造名册"), "steps/{step_id}/roll", step_for, words.DrawForm, rule=may_close,
    who=gettext_lazy("名册由办理这一步的人造"),
)  # fmt: skip
def draw_roll(step: RunStep, do: Doing) -> Done:
    """Drawn from the registers for the day that is asked."""
    vote, day = vote_of(step), do.said["vote_on"]
    if vote is None:
        raise NotYet([_("这一步没有表决")])
    rows = suggested(step.run, vote, day)
    roll, refused = rolls.draw_roll(step=step, step_key=vote.key, rows=rows, vote_on=day, by=do.by, on=do.on)
    said = _("名册已造：%(n)s人。") % {"n": len(rows) - len(refused)}
    return Done(said, {"roll": roll.pk}, [str(refusal) for refusal in refused])


@verb(gettext_lazy("对名册提出异议"), f"{ROLL}/object", roll_for, words.RollObjectionForm)
def object_to_roll(roll: Roll, do: Doing) -> str:
    rolls.raise_roll_objection(roll=roll, text=do.said["text"], by=do.by, on=do.on)
    return _("异议已提交，定册前会答复您。")


@verb(gettext_lazy("答复名册异议"), f"{ROLL}/answer", roll_for, words.RollAnswerForm, **KEEPING)
def answer_roll_objection(roll: Roll, do: Doing) -> str:
    said = do.said
    with everything():
        row = roll.objections.filter(pk=said["objection"] or 0).first()
    if row is None:
        raise NotYet([_("没有这条异议")])
    rolls.answer_roll_objection(
        objection=row, answer=said["answer"], is_upheld=said["upheld"] == "yes", by=do.by, on=do.on
    )
    return _("已答复。")


@verb(gettext_lazy("定册"), f"{ROLL}/close", roll_for, **KEEPING)
def close_roll(roll: Roll, do: Doing) -> str:
    rolls.close_roll(roll=roll, by=do.by, on=do.on)
    return _("已定册，从此不能再改。")


@verb(gettext_lazy("召集会议"), f"{ROLL}/convene", roll_for, words.ConveneForm, **KEEPING)
def convene(roll: Roll, do: Doing) -> Done:
    """Time, place, officers, agenda; then the notice goes to everybody on the roll."""
    said, officers = do.said, {}
    begins = _moment(roll.vote_on, said["from"])
    for name in ("chair", "recorder", "scrutineer"):
        with everything():
            found = Person.objects.filter(pk=said[name] or 0).first()
        if found is None:
            raise NotYet([_("请选主持人、记录人、监票人")])
        officers[name] = found
    meeting = acts.convene_meeting(
        roll=roll,
        title=said["title"].strip() or _("会议"),
        from_at=begins,
        until_at=begins + timedelta(hours=said["hours"] or 3),
        space=Space.objects.filter(pk=said["space"] or 0).first(),
        agenda=said["agenda"].splitlines()[:20],
        link="/decisions/meetings/{id}/",
        is_online=said["online"] == "yes",
        by=do.by,
        on=do.on,
        **officers,
    )
    came = {"meeting": meeting.pk}
    if meeting.notice_id is not None:
        came["notice"] = meeting.notice_id
    return Done(_("已召集，通知已发给名册上的每个人。"), came)


def _moment(day: date, text: str) -> datetime:
    hour, _colon, minute = text.partition(":")
    hours, minutes = whole(hour) or 0, whole(minute) or 0
    return datetime(day.year, day.month, day.day, min(hours, 23), min(minutes, 59), tzinfo=SHANGHAI)


@verb(gettext_lazy("列入职务"), f"{ROLL}/seats", roll_for, words.SeatForm, **KEEPING)
def add_seat(roll: Roll, do: Doing) -> str:
    elections.add_seat(roll=roll, name=do.said["name"][:20], posts=do.said["posts"] or 0, by=do.by, on=do.on)
    return _("已列入。")


@verb(gettext_lazy("列入候选人"), f"{ROLL}/candidates", roll_for, words.CandidateForm, **KEEPING)
def name_candidate(roll: Roll, do: Doing) -> str:
    """By the number on the roll: who stands votes too."""
    with everything():
        elector = roll.electors.select_related("roll").filter(number=do.said["number"] or 0).first()
    seat = roll.seats.filter(pk=do.said["seat"] or 0).first()
    if elector is None or seat is None:
        raise NotYet([_("请选职务，写名册上的册号")])
    row = elections.name_candidate(seat=seat, elector=elector, by=do.by, on=do.on)
    return _("已列为%(n)s号候选人。") % {"n": row.number}
