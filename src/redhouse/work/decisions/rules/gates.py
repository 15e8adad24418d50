"""Who may do what with a matter, and what a gate still lacks. Who closes a step, the run's own rules say."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.messages.rules import missing_receipts
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import open_step
from redhouse.ground.process.rules import Missing, may_close, missing_before
from redhouse.work.decisions.enums import CheckItem
from redhouse.work.decisions.models import Matter
from redhouse.work.decisions.queries.gates import coverage, informing_of, matter_of, unanswered


def may_open_any(person: Person | None, thing: object = None, *, on: date) -> bool:
    return bool(reach_of(person, Verb.OPEN_MATTERS, on))


def may_open_matter(person: Person, division_code: str, *, on: date) -> bool:
    return may(person, Verb.OPEN_MATTERS, division_code, on)


def may_work_on(person: Person, matter: Matter, *, on: date) -> bool:
    """Whoever may close the open step also prepares it: informs, explains, checks, files papers."""
    step = open_step(matter.run)
    return step is not None and may_close(person, step, on)


def may_explain(person: Person, matter: Matter, *, on: date) -> bool:
    """Members of the Party in that place explain at the door; so does whoever owes the step."""
    step = open_step(matter.run)
    if step is None or step.kind != StepKind.PARTY_LEAD:
        return False
    tied = person.memberships.as_of(on).filter(division_code__startswith=matter.division_code[:12]).exists()
    return tied or may_close(person, step, on)


def may_answer(person: Person, matter: Matter, *, on: date) -> bool:
    """Opinions are answered by who may open matters there."""
    return may(person, Verb.OPEN_MATTERS, matter.division_code, on)


def may_speak(person: Person, matter: Matter, *, on: date) -> bool:
    """Whoever may see a running matter may say something about it."""
    return matter.run.ending == ""


@missing_before(StepKind.PARTY_INFORM)
def missing_informing(step: RunStep, outcome: str, on: date) -> list[Missing]:
    """先知: a notice went out, and everyone on its list has confirmed."""
    if outcome != Outcome.INFORMED or matter_of(step) is None:
        return []
    informing = informing_of(step)
    if informing is None:
        return [Missing(_("还没有把事项通知应知的党员"), owed_by=_("党支部书记"), mend=_("先发先知通知"))]
    return [
        Missing(sentence, owed_by=_("名单上的党员"), mend=_("请本人确认，或代记书面、电话、上门送达"))
        for sentence in missing_receipts(informing.notice)
    ]


@missing_before(StepKind.PARTY_LEAD)
def missing_leading(step: RunStep, outcome: str, on: date) -> list[Missing]:
    """先做: the matter was explained to the set share of households, and every opinion has its answer."""
    if outcome != Outcome.LED or matter_of(step) is None:
        return []
    seen = coverage(step)
    missing = []
    if seen.lacks > 0:
        missing.append(
            Missing(
                ngettext("还差%(n)s户没有说明（%(done)s／%(all)s，最低%(least)s%%）",
                         "还差%(n)s户没有说明（%(done)s／%(all)s，最低%(least)s%%）", seen.lacks)
                % {"n": seen.lacks, "done": seen.explained, "all": seen.households, "least": seen.least},
                owed_by=_("联系这些户的党员"),
                mend=_("上门说明后登记"),
            )
        )  # fmt: skip
    if open_ones := unanswered(step.run_id):
        missing.append(
            Missing(
                ngettext("还有%(n)s条意见没有答复", "还有%(n)s条意见没有答复", open_ones) % {"n": open_ones},
                owed_by=_("提出事项的组织"),
                mend=_("在“意见”里逐条答复"),
            )
        )
    return missing


@missing_before(StepKind.SUPERVISION_CHECK)
def missing_check(step: RunStep, outcome: str, on: date) -> list[Missing]:
    """监督审查: every item of the list was looked at. What is not met is a comment, no veto."""
    if outcome != Outcome.CHECKED or matter_of(step) is None:
        return []
    done = set(step.checks.values_list("item", flat=True))
    left = [item for item in CheckItem if item not in done]
    if not left:
        return []
    sentence = ngettext("核对单还差%(n)s项：%(items)s", "核对单还差%(n)s项：%(items)s", len(left))
    items = "、".join(str(item.label).partition("：")[0] for item in left)
    return [Missing(sentence % {"n": len(left), "items": items}, owed_by=_("监督委员"), mend=_("逐项核对"))]
