"""Objections: raised by people themselves, or keyed in for those who wrote on paper; answered one by one."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages.actions import send_notice
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import Run
from redhouse.work.decisions import facts
from redhouse.work.decisions.enums import ObjectionChannel
from redhouse.work.decisions.models import Matter, Objection
from redhouse.work.decisions.queries.disclosure import answer_days
from redhouse.work.decisions.rules import may_answer_objection, may_key_in_objection, may_object


def raise_objection(*, matter: Matter, text: str, by: Person, on: date) -> Objection:
    """Somebody of the village objects for themselves. Raises PermissionDenied, ValidationError."""
    if not may_object(by, matter, on=on):
        raise PermissionDenied(_("异议由本村（社区）的人在事项办结前提出；别处的人可以书面提出，由村里代填"))
    return _add(matter, text, ObjectionChannel.ONLINE, person=by, name="", by=by, on=on)


def key_in_objection(
    *, matter: Matter, text: str, by: Person, on: date, person: Person | None = None, name: str = ""
) -> Objection:
    """Write down what came on paper; `person` where the register knows them, else `name` (sealed), or neither."""
    if not may_key_in_objection(by, matter, on=on):
        raise PermissionDenied(_("书面异议由村、社负责人或监督委员会、监事会代填"))
    return _add(matter, text, ObjectionChannel.PAPER, person=person, name=name.strip(), by=by, on=on)


@transaction.atomic
def _add(
    matter: Matter, text: str, channel: ObjectionChannel, *, person: Person | None, name: str, by: Person, on: date
) -> Objection:
    Run.objects.select_for_update(of=("self",)).get(pk=matter.run_id)
    with everything():
        number = Objection.objects.filter(matter=matter).count() + 1
        row = Objection(
            matter=matter,
            number=number,
            person=person,
            name=name,
            division_code=matter.division_code,
            channel=channel,
            text=text.strip(),
            raised_on=on,
            due_on=on + timedelta(days=answer_days(matter.run.version)),
            entered_by=by,
        )
        row.full_clean(exclude=["matter", "person", "entered_by"])
        row.save()
    _record(facts.OBJECTION_RAISED, row, by, on, channel)
    return row


@transaction.atomic
def answer_objection(*, objection: Objection, answer: str, is_upheld: bool, by: Person, on: date) -> Objection:
    """Answer once; whoever objected is told. Raises PermissionDenied, NotYet, ValidationError."""
    with everything():
        row = Objection.objects.select_for_update(of=("self",)).select_related("matter__run").get(pk=objection.pk)
        if not may_answer_objection(by, row, on=on):
            raise PermissionDenied(_("异议由监督委员会、监事会或村、社负责人答复，不能答复自己提的"))
        if row.answered_on is not None:
            raise NotYet([_("这件异议已经答复过")])
        row.answer, row.is_upheld, row.answered_on, row.answered_by = answer.strip(), is_upheld, on, by
        row.full_clean(exclude=["matter", "person", "entered_by", "answered_by"])
        row.save()
        person = row.person
    _record(facts.OBJECTION_ANSWERED, row, by, on, "upheld" if is_upheld else "explained")
    if person is not None:
        send_notice(
            kind=NoticeKind.REPLY,
            title=_("您的异议有了答复：%(title)s") % {"title": row.matter.line},
            text="",
            link=reverse("decisions:object", args=[row.matter_id]),
            people=[person],
            division_code=row.division_code,
            by=by,
            on=on,
            dedup=f"decisions.objection.{row.pk}",
        )
    return row


def _record(kind: str, objection: Objection, by: Person, on: date, label: str) -> None:
    """Who objects stands in the room, behind the wall: the fact names whoever wrote it down, and that only where it
    was written down for somebody else, or answered."""
    own = kind == facts.OBJECTION_RAISED and label == ObjectionChannel.ONLINE
    ledger.record(
        kind,
        happened_on=on,
        division_code=objection.division_code,
        by=None if own else by.pk,
        subject=objection.matter.run_id,
        object=objection.pk,
        label=label,
    )
