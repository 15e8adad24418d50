"""What one owes of matters: steps, an office at a sitting, doors, answers, evidence from the board, a word on the
town's own versions."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Meeting
from redhouse.ground.process.queries import open_for, owed_by, procedure_of
from redhouse.ground.process.queries.meetings import unended_with
from redhouse.kit.today import now
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.disclosure import clock_of, ends_due, unended_steps
from redhouse.work.decisions.queries.gates import led_in_villages_of, with_unanswered
from redhouse.work.decisions.queries.homes import unexplained
from redhouse.work.decisions.queries.power_list import drafts_to_approve
from redhouse.work.decisions.rules import may_answer


@source
def steps(person: Person, on: date) -> Iterable[Owed]:
    """Open steps that this person may close; suspended matters wait. Two queries besides those of `open_for`."""
    owed = [step for step in open_for(person, on, cases=False) if step.run.suspended_on is None]
    if not owed:
        return
    matters = {matter.run_id: matter for matter in Matter.objects.filter(run__in={step.run_id for step in owed})}
    for step in owed:
        matter, rule = matters.get(step.run_id), procedure_of(step.run.version).by_key[step.key]
        if matter is not None:
            yield Owed(
                title=matter.title,
                sub=f"{step.run.version.code}　{step.run.host.name}",
                step=rule.name,
                how=_("打开事项，看还差什么，再办结这一步"),
                clause=rule.clauses[0].text if rule.clauses else "",
                link=reverse("decisions:matter", args=[matter.pk]),
                action=_("去办"),
                due_on=step.due_on,
                from_on=step.opened_on,
            )


@source
def sittings(person: Person, on: date) -> Iterable[Owed]:
    """An office at a sitting, from the day it is convened until it has ended; and one's own vote there, which is a
    right and no debt, until one's ballot is taken or the vote is over. One query."""
    for meeting in unended_with(person, now()):
        if meeting.serves:
            yield _office(meeting, person)
        if meeting.may_vote:
            yield _vote(meeting)


def _office(meeting: Meeting, person: Person) -> Owed:
    offices = {
        _("主持会议"): meeting.chair_id,
        _("会议记录"): meeting.recorder_id,
        _("监票"): meeting.scrutineer_id,
    }
    held = [office for office, holder in offices.items() if holder == person.pk]
    return Owed(
        title=meeting.occasion.title,
        sub=_("会议"),
        step="、".join(held or [_("录票")]),
        how=_("打开会议，看还差什么，到计票、散会为止"),
        link=reverse("decisions:meeting", args=[meeting.pk]),
        action=_("去会议"),
        due_on=timezone.localdate(meeting.occasion.from_at),
        from_on=meeting.convened_on,
    )


def _vote(meeting: Meeting) -> Owed:
    box = getattr(meeting, "box", None)
    return Owed(
        title=meeting.occasion.title,
        sub=_("会议"),
        step=_("表决"),
        how=_("投票已经开始，每人一票") if box else _("到时签到，听完再投票"),
        link=reverse("decisions:meeting", args=[meeting.pk]),
        action=_("去投票") if box else _("看会议"),
        due_on=None if box else timezone.localdate(meeting.occasion.from_at),
        due_at=box.closes_at if box else None,
        from_on=meeting.convened_on,
        is_right=True,
    )


@source
def doors(person: Person, on: date) -> Iterable[Owed]:
    """先做: homes in one's care to which a matter of one's own village is still to be explained. One query while no
    matter of the village stands there, else three."""
    matters = list(led_in_villages_of(person, on))
    waiting = unexplained(matters, person, on)
    for matter in matters:
        if homes := waiting[matter.pk]:
            yield Owed(
                title=matter.title,
                sub=ngettext("%(n)s户没有说明", "%(n)s户没有说明", homes) % {"n": homes},
                step=_("上门说明"),
                how=_("上门说明来龙去脉，记下表态和意见"),
                link=reverse("decisions:explain", args=[matter.pk]),
                action=_("看门牌"),
                due_on=matter.lead_due_on,
                from_on=matter.led_from,
            )


@source
def opinions(person: Person, on: date) -> Iterable[Owed]:
    """Opinions on running matters that nobody has answered. One query, none for who opens no matters."""
    answering = (matter for matter in with_unanswered(person, on) if may_answer(person, matter, on=on))
    for matter in answering:
        yield Owed(
            title=matter.title,
            sub=ngettext("%(n)s条意见", "%(n)s条意见", matter.waiting) % {"n": matter.waiting},
            step=_("答复意见"),
            how=_("逐条写明采纳不采纳、为什么"),
            link=reverse("decisions:opinions", args=[matter.pk]),
            action=_("去答复"),
            from_on=matter.raised_on,
        )


@source
def boards(person: Person, on: date) -> Iterable[Owed]:
    """Sheets whose period is over and whose board nobody photographed yet. A sheet that has to be put up is an open
    step, and stands above."""
    steps = owed_by(person, on, among=unended_steps())
    for due in ends_due(steps, on) if steps else ():
        assert due.sheet is not None
        yield Owed(
            title=due.matter.title,
            sub=str(due.sheet.publicity.get_kind_display()),
            step=_("期满的照片"),
            how=_("公示期满，拍一张公开栏，存为期满的照片"),
            clause=clock_of(due.step, due.due_on).clause.text,
            link=reverse("decisions:disclosure", args=[due.matter.pk]),
            action=_("去存照片"),
            due_on=due.due_on,
            from_on=due.sheet.since,
        )


@source
def drafts(person: Person, on: date) -> Iterable[Owed]:
    """The town's own versions that wait for this leader; there is no last day for saying no or yes."""
    for draft in drafts_to_approve(person, on):
        yield Owed(
            title=procedure_of(draft.base).name,
            sub=draft.code,
            step=_("批准增订版本"),
            how=_("看清改了哪些、理由是什么，批准或不批准"),
            link=reverse("decisions:draft", args=[draft.pk]),
            action=_("去看"),
            from_on=draft.drafted_on,
        )
