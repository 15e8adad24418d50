"""What is done inside the gates: inform, explain, gather opinions, check."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.messages.actions import send_notice
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.people.models import Household, Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import open_step, step_rule
from redhouse.kit.divisions import is_within
from redhouse.work.decisions import facts
from redhouse.work.decisions.enums import Channel, CheckItem, Stance
from redhouse.work.decisions.models import Check, Explanation, Informing, Matter, Opinion
from redhouse.work.decisions.queries.gates import members_to_inform
from redhouse.work.decisions.rules import may_answer, may_explain, may_work_on


@transaction.atomic
def inform_members(*, matter: Matter, by: Person, on: date) -> Informing:
    """先知: tell every member of the place, once for each time the gate opens. Repeating it changes nothing."""
    step = _at(matter, StepKind.PARTY_INFORM)
    _ask(may_work_on(by, matter, on=on), _("先知通知由欠这一步的人发出"))
    members = members_to_inform(matter)
    if not members:
        raise NotYet(
            [_("%(name)s还没有登记党员，先知无人可知：请先在“党员与组织”登记") % {"name": matter.run.host.name}]
        )
    notice = send_notice(
        kind=NoticeKind.PARTY_INFORM,
        title=_("先知：%(title)s") % {"title": matter.line},
        text=matter.summary,
        link=reverse("decisions:matter", args=[matter.pk]),
        people=members,
        division_code=matter.division_code,
        by=by,
        on=on,
        due_on=step.due_on,
        dedup=f"decisions.inform.{step.pk}",
    )
    informing, is_new = Informing.objects.get_or_create(run_step=step, defaults={"notice": notice})
    if is_new:
        _record(facts.MEMBERS_INFORMED, matter, by, on, quantity=len(members))
    return informing


@transaction.atomic
def explain_matter(
    *, matter: Matter, household: Household, stance: Stance, by: Person, on: date, opinion: str = ""
) -> Explanation:
    """先做: `by` explained the matter to a household of the place; what was said becomes an opinion to be answered."""
    step = _at(matter, StepKind.PARTY_LEAD)
    _ask(may_explain(by, matter, on=on), _("由本村（社区）的党员上门说明"))
    if not is_within(household.division_code, matter.division_code):
        raise ValidationError({"household": _("这一户不在事项的范围里")})
    row = Explanation(
        run_step=step,
        household=household,
        division_code=household.division_code,
        member=by,
        stance=stance,
        explained_on=on,
    )
    row.full_clean(exclude=["run_step", "household", "member"])
    with in_words(row):
        row.save()
    _record(facts.MATTER_EXPLAINED, matter, by, on, object=household.pk, label=stance)
    if opinion.strip():
        record_opinion(matter=matter, text=opinion, channel=Channel.DOOR, person=household.head, by=by, on=on)
    return row


@dataclass(frozen=True)
class Door:
    """A household at which a member explained the matter, and what it said."""

    household_id: int
    member_id: int
    stance: Stance


@transaction.atomic
def explain_matter_at(*, matter: Matter, doors: Collection[Door], by: Person, on: date) -> int:
    """先做: key in the list of doors that the members brought back; doors that were explained at before stay as they
    are. Returns how many are new. Raises PermissionDenied, and NotYet for a household or a member of another place."""
    step = _at(matter, StepKind.PARTY_LEAD)
    _ask(may_work_on(by, matter, on=on), _("先做的名单由欠这一步的人登记"))
    with everything():
        homes = dict(
            Household.objects.filter(pk__in=[door.household_id for door in doors]).values_list("pk", "division_code")
        )
        members = {person.pk for person in members_to_inform(matter)}
        known = set(step.explanations.values_list("household_id", flat=True))
        here = {pk for pk, code in homes.items() if is_within(code, matter.division_code)}
        if not ({door.household_id for door in doors} <= here and {door.member_id for door in doors} <= members):
            raise NotYet([_("名单里有不在事项范围里的户，或不是本村（社区）党员的说明人")])
        new = {door.household_id: door for door in doors if door.household_id not in known}
        Explanation.objects.bulk_create(
            Explanation(
                run_step=step,
                household_id=pk,
                division_code=homes[pk],
                member_id=door.member_id,
                stance=door.stance,
                explained_on=on,
            )
            for pk, door in new.items()
        )
    ledger.record_many(
        (
            facts.MATTER_EXPLAINED, matter.division_code, on, door.member_id, by.pk, matter.pk, pk, 1,
            str(door.stance),
        )
        for pk, door in new.items()
    )  # fmt: skip
    return len(new)


@transaction.atomic
def record_opinion(
    *, matter: Matter, text: str, channel: Channel, person: Person | None, by: Person, on: date
) -> Opinion:
    """What somebody said; `person` is who said it, `by` who wrote it down."""
    if matter.run.ending:
        raise NotYet([_("这件事项已经办结，不再收意见")])
    row = Opinion(
        matter=matter,
        person=person,
        division_code=matter.division_code,
        channel=channel,
        text=text.strip(),
        raised_on=on,
        entered_by=by,
    )
    row.full_clean(exclude=["matter", "person", "entered_by"])
    with everything():  # who writes down what was said at a door may lack the reach to its people
        row.save()
    _record(facts.OPINION_RECORDED, matter, by, on, label=channel)
    return row


@transaction.atomic
def answer_opinion(*, opinion: Opinion, answer: str, is_adopted: bool, by: Person, on: date) -> Opinion:
    """Answer once; whoever spoke is told. Raises NotYet where it was answered before."""
    row = Opinion.objects.select_for_update().select_related("matter__run").get(pk=opinion.pk)
    _ask(may_answer(by, row.matter, on=on), _("意见由提出事项的组织答复"))
    if row.answered_on is not None:
        raise NotYet([_("这条意见已经答复过")])
    row.answer, row.is_adopted, row.answered_on, row.answered_by = answer.strip(), is_adopted, on, by
    row.full_clean(exclude=["matter", "person", "entered_by", "answered_by"])
    row.save()
    label = "adopted" if is_adopted else "explained"
    _record(facts.OPINION_ANSWERED, row.matter, by, on, label=label)
    if row.person_id is not None:
        with everything():  # whoever spoke is told, also where they live beyond the answerer's wall
            speaker = Person.objects.get(pk=row.person_id)
        send_notice(
            kind=NoticeKind.REPLY,
            title=_("您的意见有了答复：%(title)s") % {"title": row.matter.line},
            text="",
            link=reverse("decisions:opinions", args=[row.matter_id]),
            people=[speaker],
            division_code=row.division_code,
            by=by,
            on=on,
            dedup=f"decisions.answer.{row.pk}",
        )
    return row


@transaction.atomic
def check_items(*, matter: Matter, marks: Mapping[CheckItem, tuple[bool, str]], by: Person, on: date) -> int:
    """监督审查: write down item by item whether it is met, with a note where it is not; returns how many are done.

    An item may be looked at again while the step is open: the newer look takes the place of the older.
    """
    step = _at(matter, StepKind.SUPERVISION_CHECK)
    _ask(may_work_on(by, matter, on=on), _("由村（居）务监督委员会核对"))
    for item, (is_met, note) in marks.items():
        row = Check.objects.filter(run_step=step, item=item).first() or Check(run_step=step, item=item)
        row.is_met, row.note, row.checked_on, row.checked_by = is_met, note.strip(), on, by
        row.full_clean(exclude=["run_step", "checked_by"])
        row.save()
    done = step.checks.count()
    _record(facts.SUPERVISORS_CHECKED, matter, by, on, quantity=len(marks))
    return done


def _at(matter: Matter, kind: StepKind) -> RunStep:
    """The open step, if it is of this kind."""
    step = open_step(matter.run)
    if step is None or step.kind != kind:
        now = step_rule(step).name if step else _("办结")
        raise NotYet([_("事项现在在“%(now)s”，不在“%(step)s”") % {"now": now, "step": kind.label}])
    return step


def _ask(allowed: bool, who: str) -> None:
    if not allowed:
        raise PermissionDenied(who)


def _record(
    kind: str, matter: Matter, by: Person, on: date, *, object: int | None = None, quantity: int = 1, label: str = ""
) -> None:
    ledger.record(
        kind,
        happened_on=on,
        division_code=matter.division_code,
        by=by.pk,
        subject=matter.pk,
        object=object,
        quantity=quantity,
        label=label,
    )
