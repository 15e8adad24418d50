"""Who puts things up, who may object, who answers; and what a step lacks until everything hung long enough."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import BACKWARD, Outcome, Role, StepKind
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import open_step, roles_of, step_rule, waiting_for
from redhouse.ground.process.rules import Missing, may_close, missing_before
from redhouse.work.decisions.enums import PUBLICITY_OF, Phase
from redhouse.work.decisions.models import Matter, MatterArchive, Objection, Publicity
from redhouse.work.decisions.queries.disclosure import (
    Sheet,
    current_sheet,
    sheets_of,
    unanswered_objections,
    upheld_objections,
)
from redhouse.work.decisions.queries.gates import matter_of
from redhouse.work.decisions.queries.openness import is_of_village

POSTERS = {Role.REC_DIRECTOR, Role.VILLAGE_DIRECTOR, Role.VILLAGE_SECRETARY, Role.BRANCH_SECRETARY}
KEEPERS = POSTERS | {Role.SUPERVISOR, Role.REC_SUPERVISOR, Role.TOWN_ORG_OFFICE}


def may_post(person: Person, matter: Matter, *, on: date) -> bool:
    """Whoever may close the open step, and the heads of village and society, put sheets up and bring the evidence."""
    step = open_step(matter.run)
    if step is not None and may_close(person, step, on):
        return True
    return not roles_of(person, matter.run, on).isdisjoint(POSTERS)


def may_object(person: Person, matter: Matter, *, on: date) -> bool:
    """People of the village whose matter it is, while it runs; who they are the register says, not the door they
    came through."""
    return not matter.run.ending and is_of_village(person, matter)


def may_key_in_objection(person: Person, matter: Matter, *, on: date) -> bool:
    """For anyone who wrote on paper: heads and supervisors of the place."""
    return not matter.run.ending and not roles_of(person, matter.run, on).isdisjoint(KEEPERS)


def may_answer_objection(person: Person, objection: Objection, *, on: date) -> bool:
    """The supervisors of society and village answer, with the heads; nobody answers an objection of their own."""
    return objection.person_id != person.pk and not roles_of(person, objection.matter.run, on).isdisjoint(KEEPERS)


def may_archive(person: Person, matter: Matter, *, on: date) -> bool:
    step = open_step(matter.run)
    return step is not None and step.kind == StepKind.ARCHIVE and may_close(person, step, on)


@missing_before(*PUBLICITY_OF)
def missing_posting(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """A publicity is posted when a photograph shows it on the board."""
    if outcome != Outcome.POSTED or matter_of(step) is None:
        return
    sheet = current_sheet(step)
    who = "、".join(str(role.label) for role in step_rule(step).owed_by)
    if sheet is None:
        yield Missing(_("还没有公示稿"), owed_by=who, mend=_("在“公开”里拟稿、打印"))
    elif sheet.start is None:
        yield Missing(_("公示稿还没有张贴照片"), owed_by=who, mend=_("张贴后拍公开栏，上传照片"))


@missing_before(*(kind for kind in StepKind if kind not in {StepKind.BRANCH, StepKind.END}))
def missing_restarted_clock(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """A material amendment starts the period of its sheet anew, and an amendment that does not hang yet delays it."""
    if outcome in BACKWARD or not Publicity.objects.filter(run_step__run=step.run_id, amends__isnull=False).exists():
        return
    for waiting in waiting_for(step):
        sheet = current_sheet(waiting.step)
        if sheet is None or sheet.publicity.amends_id is None:
            continue
        name = step_rule(waiting.step).name
        if sheet.start is None:
            yield Missing(_("“%(step)s”的更正稿还没有张贴") % {"step": name}, mend=_("张贴更正稿并上传照片"))
        elif sheet.last_on is not None and on <= sheet.last_on and sheet.last_on > waiting.last_on:
            yield Missing(
                _("“%(step)s”有实质更正，公示期从%(since)s重新计算，至%(last)s止")
                % {"step": name, "since": sheet.since, "last": sheet.last_on}
            )


@missing_before(StepKind.OBJECTION)
def missing_settlement(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Settled: every objection was answered and none stands. Upheld: one does."""
    matter = matter_of(step)
    if matter is None:
        return
    upheld = upheld_objections(matter.pk, step.opened_on)
    if outcome == Outcome.UPHELD and not upheld:
        yield Missing(_("还没有哪一件异议答复为“成立”"), mend=_("先在“公开”里答复"))
    if outcome != Outcome.SETTLED:
        return
    yield from _unanswered(matter, on)
    if upheld:
        sentence = ngettext("有%(n)s件异议成立：应以“异议成立”办结", "有%(n)s件异议成立：应以“异议成立”办结", upheld)
        yield Missing(sentence % {"n": upheld})
    decision = [s for s in sheets_of(matter) if s.publicity.run_step.kind == StepKind.DECISION_PUBLICITY]
    yield from _not_ended(decision[-1:], on)


@missing_before(StepKind.EXECUTE)
def missing_answers(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Nothing is executed while an objection waits for its answer."""
    matter = matter_of(step)
    if outcome == Outcome.EXECUTED and matter is not None:
        yield from _unanswered(matter, on)


@missing_before(StepKind.ARCHIVE)
def missing_archive(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """Every sheet hung to its end with evidence, every objection was answered, and the dossier is made."""
    matter = matter_of(step)
    if outcome != Outcome.ARCHIVED or matter is None:
        return
    yield from missing_before_dossier(matter, on)
    if not MatterArchive.objects.filter(matter=matter).exists():
        yield Missing(_("档案还没有封存"), mend=_("在“公开”里点“封存归档”，这一步随之办结"))


def missing_before_dossier(matter: Matter, on: date) -> Iterable[Missing]:
    yield from _not_ended([sheet for sheet in sheets_of(matter) if not sheet.amended], on)
    yield from _unanswered(matter, on)


def missing_for_photo(sheet: Sheet, phase: str, on: date) -> Iterable[str]:
    """Why evidence of this phase cannot be added on `on`."""
    if sheet.amended:
        yield _("这张公示稿已有更正稿，照片请存在更正稿下")
    if phase == Phase.END and sheet.start is None:
        yield _("先存张贴时的照片")
    elif phase == Phase.END and not sheet.period_over(on):
        yield _("公示期到%(last)s止，期满后再拍期满的照片") % {"last": sheet.last_on}


def _not_ended(sheets: Iterable[Sheet], on: date) -> Iterable[Missing]:
    for sheet in sheets:
        if sheet.start is not None and sheet.end is None:
            yield Missing(
                _("《%(title)s》还没有期满的照片") % {"title": sheet.publicity.title.replace("\n", "")},
                mend=_("期满后拍公开栏，上传照片"),
            )


def _unanswered(matter: Matter, on: date) -> Iterable[Missing]:
    waiting = unanswered_objections(matter.pk)
    if not waiting:
        return
    late = sum(on > one.due_on for one in waiting)
    sentence = ngettext("还有%(n)s件异议没有答复", "还有%(n)s件异议没有答复", len(waiting)) % {"n": len(waiting)}
    if late:
        sentence += ngettext("，其中%(n)s件已超期", "，其中%(n)s件已超期", late) % {"n": late}
    yield Missing(sentence, owed_by=_("监督委员会、监事会"), mend=_("在“公开”里逐件答复"))
